use jobs::{
    inspect::{ItemCounts, RunState, StepKind, StepState},
    runtime::Runtime,
};

use crate::{
    harvest::{self, Trouble, trees_of},
    lab,
    trip::{run, steps},
};

#[tokio::test]
async fn a_step_is_done_for_each_item_and_later_steps_read_what_they_handed_on_in_order() {
    let (db, lab, runtime) = harvest::start().await;
    let trees = trees_of(&[("pear", Trouble::None), ("fig", Trouble::None)]);
    let id = harvest::begin(&db, &trees).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(run(&db, id).await.state, RunState::Completed);
    let mut notes = lab.notes();
    notes[1..3].sort();
    notes[4..].sort();
    let press = r#"press [("pear", 4), ("fig", 3)]"#;
    assert_eq!(notes, ["list", "pick fig", "pick pear", press, "fill fig", "fill pear"]);
    assert_eq!(harvest::picked(&db).await, ["fig", "pear"]);

    let steps = steps(&db, id).await;
    assert_eq!((steps[0].kind, steps[1].kind), (StepKind::FanOut, StepKind::Work));
    assert!(steps.iter().all(|step| step.state == StepState::Completed));
    assert_eq!(steps[0].items, Some(ItemCounts { total: 2, completed: 2, failed: 0 }));
    let items = harvest::items(&db, id, "pick").await;
    assert_eq!(items[0].output, Some(4.into()));
    assert!(items.iter().all(|item| item.finished_at >= item.started_at && item.attempts == 1));
}

#[tokio::test]
async fn without_items_the_run_goes_straight_on() {
    let (db, lab, runtime) = harvest::start().await;
    let id = harvest::begin(&db, &trees_of(&[])).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(run(&db, id).await.state, RunState::Completed);
    assert_eq!(lab.notes(), ["list", "press []"]);
    let none = Some(ItemCounts { total: 0, completed: 0, failed: 0 });
    assert!(steps(&db, id).await.iter().all(|step| step.items == none || step.name == "press"));
}

#[tokio::test]
async fn items_do_not_wait_for_each_other() {
    let (db, lab, runtime) = harvest::start().await;
    let trees =
        trees_of(&[("fig", Trouble::Wait), ("pear", Trouble::Wait), ("plum", Trouble::None)]);
    let id = harvest::begin(&db, &trees).await;
    let running = tokio::spawn(async move { runtime.run_until_idle().await });
    lab.sees("fig waits").await;
    lab.sees("pear waits").await;
    lab::until(async || harvest::standing(&db, id).await[2] == "plum completed").await;
    assert_eq!(harvest::standing(&db, id).await[..2], ["fig running", "pear running"]);
    lab.gate.open(2);
    running.await.unwrap().unwrap();
    assert_eq!(run(&db, id).await.state, RunState::Completed);
}

#[tokio::test]
async fn many_workers_join_a_step_once() {
    let (db, lab, _) = harvest::start().await;
    let names: Vec<String> = (0..60).map(|number| format!("tree-{number:02}")).collect();
    let trees: Vec<_> = names.iter().map(|name| (name.as_str(), Trouble::None)).collect();
    let id = harvest::begin(&db, &trees_of(&trees)).await;
    let workers = [(); 3].map(|()| lab::runtime_of(&db.pool, &lab, harvest::catalogue()));
    futures::future::join_all(workers.iter().map(Runtime::run_until_idle)).await;
    workers[0].run_until_idle().await.unwrap();
    assert_eq!(run(&db, id).await.state, RunState::Completed);
    assert_eq!(harvest::picked(&db).await, names);
    let presses = lab.notes().iter().filter(|note| note.starts_with("press")).count();
    assert_eq!(presses, 1);
    let jobs: i64 =
        sqlx::query_scalar("select count(*) from jobs.finished_job where run is not null")
            .fetch_one(&db.pool)
            .await
            .unwrap();
    assert_eq!(jobs, 3 + 2 * 60, "one a step, and one an item");
}

#[tokio::test]
async fn an_item_is_tried_again_alone_whatever_went_wrong() {
    let (db, lab, runtime) = harvest::start().await;
    let trees = trees_of(&[
        ("fig", Trouble::Fail(2)),
        ("pear", Trouble::Panic(1)),
        ("plum", Trouble::Dawdle(1)),
        ("quince", Trouble::Snooze(4)),
    ]);
    let id = harvest::begin(&db, &trees).await;
    runtime.run_until_idle().await.unwrap();
    let fig = &harvest::items(&db, id, "pick").await[0];
    assert_eq!(fig.code.as_deref(), Some("harvest.ladder"), "the latest trouble is seen");
    lab::run_to_the_end(&db, &runtime).await;
    assert_eq!(run(&db, id).await.state, RunState::Completed);
    assert_eq!(harvest::picked(&db).await, ["fig", "pear", "plum", "quince"]);
    let attempts: Vec<_> =
        harvest::items(&db, id, "pick").await.iter().map(|item| item.attempts).collect();
    assert_eq!(attempts, [3, 2, 2, 5]);
    assert_eq!(lab.notes().iter().filter(|note| *note == "list").count(), 1);
}

#[tokio::test]
async fn a_list_that_cannot_be_told_is_asked_again_like_any_step() {
    let (db, lab, runtime) = harvest::start().await;
    let mut trees = trees_of(&[("fig", Trouble::None)]);
    trees.lost = 1;
    let id = harvest::begin(&db, &trees).await;
    lab::run_to_the_end(&db, &runtime).await;
    assert_eq!(run(&db, id).await.state, RunState::Completed);
    assert_eq!(lab.notes()[..2], ["list", "list"]);

    trees.lost = 1_000_000;
    let id = harvest::begin(&db, &trees).await;
    lab::run_to_the_end(&db, &runtime).await;
    let failed = run(&db, id).await;
    assert_eq!((failed.state, failed.step.as_deref()), (RunState::Failed, Some("pick")));
    assert_eq!(failed.code.as_deref(), Some("harvest.lost"));
    assert_eq!(steps(&db, id).await[0].items, None);
}

#[tokio::test]
async fn two_items_of_one_key_fail_the_run_before_any_is_done() {
    let (db, lab, runtime) = harvest::start().await;
    let trees = trees_of(&[("fig", Trouble::None), ("fig", Trouble::None)]);
    let id = harvest::begin(&db, &trees).await;
    runtime.run_until_idle().await.unwrap();
    let failed = run(&db, id).await;
    assert_eq!(
        (failed.state, failed.code.as_deref()),
        (RunState::Failed, Some("workflow.duplicate_item"))
    );
    assert_eq!(lab.notes(), ["list", "hook: pick Some(\"workflow.duplicate_item\")"]);
}

#[tokio::test]
async fn when_an_item_fails_the_others_go_on_to_their_end_and_then_the_run_fails() {
    let (db, lab, runtime) = harvest::start().await;
    let trees = trees_of(&[
        ("fig", Trouble::FailForGood(1)),
        ("pear", Trouble::Wait),
        ("plum", Trouble::Fail(9)),
    ]);
    let id = harvest::begin(&db, &trees).await;
    let stepping = tokio::spawn(async move { (runtime.run_until_idle().await, runtime) });
    lab.sees("pear waits").await;
    lab::until(async || harvest::standing(&db, id).await[0] == "fig failed").await;
    assert_eq!(run(&db, id).await.state, RunState::Running, "the others are under way");
    lab.gate.open(1);
    let (_, runtime) = stepping.await.unwrap();
    lab::run_to_the_end(&db, &runtime).await;

    let failed = run(&db, id).await;
    assert_eq!((failed.state, failed.step.as_deref()), (RunState::Failed, Some("pick")));
    assert_eq!(failed.code.as_deref(), Some("harvest.fell"), "the first item's that failed");
    let error = failed.error.unwrap();
    assert_eq!(error, "2 of 3 items failed; `fig`: the tree fell");
    assert_eq!(harvest::standing(&db, id).await, ["fig failed", "pear completed", "plum failed"]);
    assert_eq!(harvest::failed_harvests(&db).await, ["pick"]);
    let steps = steps(&db, id).await;
    assert_eq!(steps[0].items, Some(ItemCounts { total: 3, completed: 1, failed: 2 }));
    assert_eq!((steps[0].state, steps[1].state), (StepState::Failed, StepState::Pending));
}

#[tokio::test]
async fn a_failing_hook_undoes_no_items_effect_and_is_called_again() {
    let (db, _, runtime) = harvest::start().await;
    sqlx::raw_sql("alter table failed_harvest rename to away").execute(&db.pool).await.unwrap();
    let trees = trees_of(&[("fig", Trouble::FailForGood(1)), ("pear", Trouble::None)]);
    let id = harvest::begin(&db, &trees).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(run(&db, id).await.state, RunState::Running);
    assert_eq!(harvest::picked(&db).await, ["pear"]);
    sqlx::raw_sql("alter table away rename to failed_harvest").execute(&db.pool).await.unwrap();
    lab::run_to_the_end(&db, &runtime).await;
    assert_eq!(run(&db, id).await.state, RunState::Failed);
    assert_eq!(harvest::failed_harvests(&db).await, ["pick"]);
}

#[tokio::test]
async fn refused_items_refuse_the_run_once_all_have_ended_unless_others_failed() {
    let (db, _, runtime) = harvest::start().await;
    let rose = ("rose", Trouble::Refuse);
    let refused = harvest::begin(&db, &trees_of(&[rose, ("fig", Trouble::Fail(1))])).await;
    let failed = harvest::begin(&db, &trees_of(&[rose, ("elm", Trouble::FailForGood(9))])).await;
    lab::run_to_the_end(&db, &runtime).await;
    let run_refused = run(&db, refused).await;
    assert_eq!(
        (run_refused.state, run_refused.code.as_deref()),
        (RunState::Refused, Some("harvest.rose"))
    );
    assert_eq!(harvest::standing(&db, refused).await, ["rose refused", "fig completed"]);
    let run_failed = run(&db, failed).await;
    assert_eq!(
        (run_failed.state, run_failed.code.as_deref()),
        (RunState::Failed, Some("harvest.fell"))
    );
}
