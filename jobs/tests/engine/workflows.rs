use jobs::inspect::{self, JobFilter, RunFilter, RunState, StepState};

use crate::{
    lab,
    trip::{self, Trip},
};

#[tokio::test]
async fn steps_run_in_order_and_hand_on_what_they_found() {
    let (db, lab, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip::default()).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(lab.notes(), ["pack", "book"]);
    let waiting = trip::run(&db, run).await;
    assert_eq!((waiting.state, waiting.step.as_deref()), (RunState::Waiting, Some("confirmed")));
    trip::confirm(&db, run, "7a").await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(lab.notes()[2..], ["travel", "travels on \"7a\" with pack 1"]);
    let done = trip::run(&db, run).await;
    assert_eq!((done.state, done.step), (RunState::Completed, None));
    let steps = trip::steps(&db, run).await;
    assert!(steps.iter().all(|step| step.state == StepState::Completed));
    assert!(steps.iter().all(|step| step.finished_at >= step.started_at));
    assert_eq!(steps[3].output, Some("travel 1".into()));
}

#[tokio::test]
async fn a_run_that_is_rolled_back_never_was() {
    let (db, lab, runtime) = trip::start().await;
    let mut tx = db.begin().await.unwrap();
    jobs::workflow::start(&mut tx, &Trip::default()).await.unwrap();
    tx.rollback().await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert!(lab.notes().is_empty());
}

#[tokio::test]
async fn a_failed_step_is_tried_again_alone_and_shows_its_attempts() {
    let (db, lab, runtime) = trip::start().await;
    let run = trip::depart(&db, &trip::failing("book", 1)).await;
    runtime.run_until_idle().await.unwrap();
    let steps = trip::steps(&db, run).await;
    assert_eq!(
        (steps[1].state, steps[1].code.as_deref()),
        (StepState::Running, Some("trip.trouble"))
    );
    let mut conn = db.acquire().await.unwrap();
    jobs::clock::advance_to_next_due(&mut conn).await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert_eq!(lab.notes(), ["pack", "book", "book"]);
    let steps = trip::steps(&db, run).await;
    assert_eq!((steps[1].attempts, steps[1].error.as_deref()), (2, None));
    let attempts = inspect::attempts(&mut conn, &[steps[1].job.unwrap()]).await.unwrap();
    let outcomes: Vec<_> = attempts.iter().map(|attempt| attempt.outcome.as_str()).collect();
    assert_eq!(outcomes, ["failed", "completed"]);
}

#[tokio::test]
async fn a_step_that_keeps_failing_fails_the_run_and_the_product_hears_of_it() {
    let (db, lab, runtime) = trip::start().await;
    let run = trip::depart(&db, &trip::failing("pack", 1_000_000)).await;
    lab::run_to_the_end(&db, &runtime).await;
    let failed = trip::run(&db, run).await;
    assert_eq!((failed.state, failed.step.as_deref()), (RunState::Failed, Some("pack")));
    assert_eq!(failed.code.as_deref(), Some("trip.trouble"));
    assert_eq!(lab.notes(), ["pack", "pack", "hook: pack Some(\"trip.trouble\")"]);
    assert_eq!(trip::failed_trips(&db).await, ["pack"]);
    let steps = trip::steps(&db, run).await;
    assert_eq!(steps[0].state, StepState::Failed);
    assert!(steps[1..].iter().all(|step| step.state == StepState::Pending));
}

#[tokio::test]
async fn a_permanent_failure_fails_the_run_at_once() {
    let (db, lab, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip { permanent: true, ..trip::failing("book", 1) }).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Failed);
    assert_eq!(lab.notes(), ["pack", "book", "hook: book Some(\"trip.trouble\")"]);
}

#[tokio::test]
async fn a_hook_that_panics_is_called_again_and_the_run_fails_all_the_same() {
    let (db, lab, runtime) = trip::start().await;
    let mut trip = Trip { permanent: true, ..trip::failing("pack", 1_000_000) };
    trip.failures.insert("hook".into(), 1);
    let run = trip::depart(&db, &trip).await;
    lab::run_to_the_end(&db, &runtime).await;
    assert_eq!(trip::run(&db, run).await.state, RunState::Failed);
    let told = lab.notes().iter().filter(|note| note.starts_with("hook")).count();
    assert_eq!(
        (told, trip::failed_trips(&db).await.as_slice()),
        (2, ["pack".to_owned()].as_slice())
    );
}

#[tokio::test]
async fn a_run_whose_input_cannot_be_used_ends_as_refused_and_asks_for_nobody() {
    let (db, lab, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip { refused: true, ..trip::failing("book", 1) }).await;
    runtime.run_until_idle().await.unwrap();
    let refused = trip::run(&db, run).await;
    assert_eq!((refused.state, refused.step.as_deref()), (RunState::Refused, Some("book")));
    assert_eq!(refused.code.as_deref(), Some("trip.trouble"));
    assert!(refused.finished_at.is_some());
    assert_eq!(lab.notes(), ["pack", "book", "hook: book Some(\"trip.trouble\")"]);
    let steps = trip::steps(&db, run).await;
    assert_eq!((steps[0].state, steps[1].state), (StepState::Completed, StepState::Refused));

    let mut conn = db.acquire().await.unwrap();
    assert!(inspect::failed_runs(&mut conn).await.unwrap().is_empty());
    assert!(inspect::dead_jobs(&mut conn).await.unwrap().is_empty());
    let again = jobs::steer::retry_run(&mut conn, run, &jobs::steer::From::All).await;
    assert!(matches!(again, Err(jobs::steer::SteerError::WrongState("refused"))), "{again:?}");
}

#[tokio::test]
async fn a_run_whose_input_cannot_be_read_fails_visibly() {
    let (db, _, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip::default()).await;
    sqlx::query(r#"update jobs.run set input = '{"failures": 7}'"#)
        .execute(&db.pool)
        .await
        .unwrap();
    runtime.run_until_idle().await.unwrap();
    let failed = trip::run(&db, run).await;
    assert_eq!((failed.state, failed.code.as_deref()), (RunState::Failed, Some("job.undecodable")));
}

#[tokio::test]
async fn a_failing_hook_puts_the_failure_off_and_it_happens_later() {
    let (db, lab, runtime) = trip::start().await;
    sqlx::raw_sql("alter table failed_trip rename to away").execute(&db.pool).await.unwrap();
    let run = trip::depart(&db, &Trip { permanent: true, ..trip::failing("pack", 9) }).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Running);
    sqlx::raw_sql("alter table away rename to failed_trip").execute(&db.pool).await.unwrap();
    lab::run_to_the_end(&db, &runtime).await;
    assert_eq!(trip::run(&db, run).await.state, RunState::Failed);
    assert_eq!(trip::failed_trips(&db).await, ["pack"]);
    assert!(lab.notes().len() >= 2);
}

#[tokio::test]
async fn runs_and_their_jobs_are_found() {
    let (db, _, runtime) = trip::start().await;
    let first = trip::depart(&db, &Trip::default()).await;
    let second = trip::depart(&db, &Trip { permanent: true, ..trip::failing("pack", 9) }).await;
    runtime.run_until_idle().await.unwrap();
    let mut conn = db.acquire().await.unwrap();
    let mut found = async |filter: RunFilter| {
        let page = inspect::runs(&mut conn, &filter, None, 50).await.unwrap();
        page.items.into_iter().map(|run| run.id).collect::<Vec<_>>()
    };
    assert_eq!(found(RunFilter::default()).await, [second, first]);
    let failed = RunFilter { state: Some(RunState::Failed), ..RunFilter::default() };
    assert_eq!(found(failed).await, [second]);
    let subject = RunFilter { subject: Some("rome".into()), ..RunFilter::default() };
    assert_eq!(found(subject).await, [second, first]);
    let tagged = RunFilter { tag: Some("city=paris".into()), ..RunFilter::default() };
    assert!(found(tagged).await.is_empty());
    let of_run = JobFilter { run: Some(first), ..JobFilter::default() };
    let jobs = inspect::jobs(&mut conn, &of_run, None, 50).await.unwrap().items;
    assert_eq!(jobs.len(), 3, "two steps and the timer of the wait");
}

#[tokio::test]
async fn a_version_this_program_does_not_know_waits_for_one_that_does() {
    let (db, lab, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip::default()).await;
    sqlx::query("update jobs.job set name = 'trip@2'").execute(&db.pool).await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert!(lab.notes().is_empty());
    sqlx::query("update jobs.job set name = 'trip@1'").execute(&db.pool).await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Waiting);
}
