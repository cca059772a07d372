use std::time::Duration;

use jobs::{
    RunId,
    inspect::RunState,
    steer::{self, From, SteerError},
};
use sqlx::PgPool;

use crate::{
    harvest::{self, Trouble, trees_of},
    lab::{self, Lab},
    trip::run,
};

async fn retry(db: &PgPool, run: RunId, from: From) {
    let mut tx = db.begin().await.unwrap();
    steer::retry_run(&mut tx, run, &from).await.unwrap();
    tx.commit().await.unwrap();
}

async fn cancel(db: &PgPool, run: RunId) {
    let mut tx = db.begin().await.unwrap();
    steer::cancel_run(&mut tx, run).await.unwrap();
    tx.commit().await.unwrap();
}

/// How often each of these happened.
fn times<const N: usize>(lab: &Lab, notes: [&str; N]) -> [usize; N] {
    let all = lab.notes();
    notes.map(|note| all.iter().filter(|seen| seen.starts_with(note)).count())
}

const ALL: [&str; 6] = ["list", "pick fig", "pick pear", "press", "fill fig", "fill pear"];

#[tokio::test]
async fn only_the_failed_items_are_done_again_and_then_what_follows() {
    let (db, lab, runtime) = harvest::start().await;
    let trees = trees_of(&[("fig", Trouble::None), ("pear", Trouble::FailForGood(2))]);
    let id = harvest::begin(&db, &trees).await;
    runtime.run_until_idle().await.unwrap();
    retry(&db, id, From::FailedAndAfter).await;
    assert_eq!(harvest::standing(&db, id).await, ["fig completed", "pear pending"]);
    runtime.run_until_idle().await.unwrap();
    assert_eq!(run(&db, id).await.state, RunState::Failed);
    assert_eq!(harvest::failed_harvests(&db).await, ["pick", "pick"], "told each time");
    retry(&db, id, From::FailedAndAfter).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(run(&db, id).await.state, RunState::Completed);
    assert_eq!(times(&lab, ALL), [1, 1, 3, 1, 1, 1]);
    assert_eq!(harvest::picked(&db).await, ["fig", "pear"]);
    assert!(lab.notes().contains(&r#"press [("fig", 3), ("pear", 4)]"#.to_owned()));
}

#[tokio::test]
async fn a_list_that_could_not_be_told_is_asked_for_again() {
    let (db, lab, runtime) = harvest::start().await;
    let mut trees = trees_of(&[("fig", Trouble::None)]);
    trees.lost = 3;
    let id = harvest::begin(&db, &trees).await;
    lab::run_to_the_end(&db, &runtime).await;
    assert_eq!(run(&db, id).await.state, RunState::Failed);
    retry(&db, id, From::FailedAndAfter).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(run(&db, id).await.state, RunState::Completed);
    assert_eq!(times(&lab, ["list", "pick fig"]), [4, 1]);
}

#[tokio::test]
async fn a_step_done_again_alone_does_all_its_items_and_nothing_else() {
    let (db, lab, runtime) = harvest::start().await;
    let trees = trees_of(&[("fig", Trouble::None), ("pear", Trouble::None)]);
    let id = harvest::begin(&db, &trees).await;
    runtime.run_until_idle().await.unwrap();
    retry(&db, id, From::Step("pick".into())).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(run(&db, id).await.state, RunState::Completed);
    assert_eq!(times(&lab, ALL), [2, 2, 2, 1, 1, 1]);
}

#[tokio::test]
async fn a_step_and_all_after_it_do_all_their_items_again() {
    let (db, lab, runtime) = harvest::start().await;
    let trees = trees_of(&[("fig", Trouble::None), ("pear", Trouble::None)]);
    let id = harvest::begin(&db, &trees).await;
    runtime.run_until_idle().await.unwrap();
    retry(&db, id, From::StepAndAfter("press".into())).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(times(&lab, ALL), [1, 1, 1, 2, 2, 2]);
    retry(&db, id, From::All).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(run(&db, id).await.state, RunState::Completed);
    assert_eq!(times(&lab, ALL), [2, 2, 2, 3, 3, 3]);
}

#[tokio::test]
async fn a_completed_run_in_which_nothing_failed_does_everything_again() {
    let (db, lab, runtime) = harvest::start().await;
    let id = harvest::begin(&db, &trees_of(&[("fig", Trouble::None)])).await;
    runtime.run_until_idle().await.unwrap();
    retry(&db, id, From::FailedAndAfter).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(run(&db, id).await.state, RunState::Completed);
    assert_eq!(times(&lab, ["list", "pick fig", "press", "fill fig"]), [2, 2, 2, 2]);
}

#[tokio::test]
async fn a_failed_step_done_again_from_the_start_does_the_completed_items_too() {
    let (db, lab, runtime) = harvest::start().await;
    let trees = trees_of(&[("fig", Trouble::None), ("pear", Trouble::FailForGood(1))]);
    let id = harvest::begin(&db, &trees).await;
    runtime.run_until_idle().await.unwrap();
    retry(&db, id, From::StepAndAfter("pick".into())).await;
    assert!(harvest::items(&db, id, "pick").await.is_empty(), "they are decided anew");
    runtime.run_until_idle().await.unwrap();
    assert_eq!(run(&db, id).await.state, RunState::Completed);
    assert_eq!(times(&lab, ALL), [2, 2, 2, 1, 1, 1]);
}

#[tokio::test]
async fn cancelling_a_run_stops_its_items_and_a_retry_does_those_that_did_not_complete() {
    let (db, lab, runtime) = harvest::start().await;
    let trees =
        trees_of(&[("fig", Trouble::Wait), ("pear", Trouble::None), ("plum", Trouble::Snooze(1))]);
    let id = harvest::begin(&db, &trees).await;
    let running = tokio::spawn(async move { (runtime.run_until_idle().await, runtime) });
    lab.sees("fig waits").await;
    lab.sees("pick plum").await;
    lab::until(async || harvest::standing(&db, id).await[1] == "pear completed").await;
    cancel(&db, id).await;
    let (idle, runtime) = running.await.unwrap();
    idle.unwrap();
    lab::advance(&db, Duration::from_hours(1)).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(harvest::picked(&db).await, ["pear"]);
    assert_eq!(run(&db, id).await.state, RunState::Cancelled);
    assert!(harvest::failed_harvests(&db).await.is_empty());

    lab.gate.open(1);
    retry(&db, id, From::FailedAndAfter).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(run(&db, id).await.state, RunState::Completed);
    assert_eq!(harvest::picked(&db).await, ["fig", "pear", "plum"]);
    assert_eq!(times(&lab, ["list", "pick pear"]), [1, 1]);
}

#[tokio::test]
async fn an_item_that_was_cancelled_cannot_end_after_it_was_given_to_another_job() {
    let (db, lab, runtime) = harvest::start().await;
    let id = harvest::begin(&db, &trees_of(&[("fig", Trouble::Wait)])).await;
    let running = tokio::spawn(async move { runtime.run_until_idle().await });
    lab.sees("fig waits").await;
    let mut tx = db.begin().await.unwrap();
    steer::cancel_run(&mut tx, id).await.unwrap();
    // As if the process had not yet heard of it.
    sqlx::raw_sql("delete from jobs.cancellation").execute(&mut *tx).await.unwrap();
    steer::retry_run(&mut tx, id, &From::FailedAndAfter).await.unwrap();
    sqlx::raw_sql("delete from jobs.cancellation").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    lab.sees_times("fig waits", 2).await;
    lab.gate.open(1);
    lab.sees("fig fenced").await;
    lab.gate.open(9);
    running.await.unwrap().unwrap();
    assert_eq!(run(&db, id).await.state, RunState::Completed);
    assert_eq!(harvest::picked(&db).await, ["fig"]);
    assert_eq!(times(&lab, ["press"]), [1]);
}

#[tokio::test]
async fn the_job_of_an_item_is_steered_through_its_run() {
    let (db, _, runtime) = harvest::start().await;
    let id = harvest::begin(&db, &trees_of(&[("fig", Trouble::Snooze(1))])).await;
    runtime.run_until_idle().await.unwrap();
    let job = harvest::items(&db, id, "pick").await[0].job;
    let mut conn = db.acquire().await.unwrap();
    let refused = steer::cancel_job(&mut conn, job).await.unwrap_err();
    assert!(matches!(refused, SteerError::BelongsToRun(owner) if owner == id));
    let refused = steer::retry_run(&mut conn, id, &From::FailedAndAfter).await.unwrap_err();
    assert!(matches!(refused, SteerError::WrongState("running")));
}

#[tokio::test]
async fn items_of_a_version_that_a_program_does_not_know_wait_for_one_that_does() {
    let (db, lab, runtime) = harvest::start().await;
    let trees = trees_of(&[("fig", Trouble::Snooze(1)), ("pear", Trouble::None)]);
    let id = harvest::begin(&db, &trees).await;
    runtime.run_until_idle().await.unwrap();
    lab::advance(&db, Duration::from_mins(1)).await;
    lab::runtime(&db, &lab).run_until_idle().await.unwrap();
    assert_eq!(harvest::standing(&db, id).await, ["fig running", "pear completed"]);
    runtime.run_until_idle().await.unwrap();
    assert_eq!(run(&db, id).await.state, RunState::Completed);
}
