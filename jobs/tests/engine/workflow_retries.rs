use std::time::Duration;

use jobs::{
    RunId,
    inspect::{RunState, StepState},
    steer::{self, From, SteerError},
};
use sqlx::PgPool;

use crate::{
    lab,
    trip::{self, DEADLINE, Trip},
};

async fn retry(db: &PgPool, run: RunId, from: From) -> Result<(), SteerError> {
    let mut tx = db.begin().await.unwrap();
    let retried = steer::retry_run(&mut tx, run, &from).await;
    tx.commit().await.unwrap();
    retried
}

#[tokio::test]
async fn the_failed_step_and_what_follows_are_done_again() {
    let (db, lab, runtime) = trip::start().await;
    let run = trip::depart(&db, &trip::failing("book", 2)).await;
    lab::run_to_the_end(&db, &runtime).await;
    assert_eq!(trip::run(&db, run).await.state, RunState::Failed);
    retry(&db, run, From::FailedAndAfter).await.unwrap();
    trip::confirm(&db, run, "1a").await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Completed);
    assert_eq!(lab.notes().iter().filter(|note| *note == "pack").count(), 1);
}

#[tokio::test]
async fn a_wait_that_timed_out_is_resumed_and_a_late_signal_counts() {
    let (db, _, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip::default()).await;
    runtime.run_until_idle().await.unwrap();
    lab::advance(&db, DEADLINE + Duration::from_secs(1)).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Failed);
    trip::confirm(&db, run, "late").await;
    retry(&db, run, From::FailedAndAfter).await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Completed);
}

#[tokio::test]
async fn replaying_the_step_before_a_wait_sets_old_signals_aside() {
    let (db, lab, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip::default()).await;
    runtime.run_until_idle().await.unwrap();
    lab::advance(&db, DEADLINE + Duration::from_secs(1)).await;
    runtime.run_until_idle().await.unwrap();
    trip::confirm(&db, run, "old").await;
    retry(&db, run, From::Step("book".into())).await.unwrap();
    runtime.run_until_idle().await.unwrap();
    // Replaying one step leaves the rest as it was: the late signal still belongs to the wait.
    assert_eq!(trip::run(&db, run).await.state, RunState::Completed);
    assert!(lab.notes().contains(&"travels on \"old\" with pack 1".to_owned()));

    retry(&db, run, From::All).await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Waiting, "the old signal is spent");
    trip::confirm(&db, run, "new").await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Completed);
    assert!(lab.notes().contains(&"travels on \"new\" with pack 2".to_owned()));
}

#[tokio::test]
async fn one_step_of_a_completed_run_is_done_again_alone() {
    let (db, lab, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip::default()).await;
    trip::confirm(&db, run, "1a").await;
    runtime.run_until_idle().await.unwrap();
    retry(&db, run, From::Step("book".into())).await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Completed);
    let count = |step: &str| lab.notes().iter().filter(|note| *note == step).count();
    assert_eq!((count("pack"), count("book"), count("travel")), (1, 2, 1));
}

#[tokio::test]
async fn what_a_runs_state_does_not_allow_is_refused() {
    let (db, _, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip::default()).await;
    let refused = retry(&db, run, From::All).await.unwrap_err();
    assert!(matches!(refused, SteerError::WrongState("running")));
    runtime.run_until_idle().await.unwrap();
    let refused = retry(&db, run, From::Step("fly".into())).await.unwrap_err();
    assert!(matches!(refused, SteerError::NoSuchStep(step) if step == "fly"));
    let job = trip::steps(&db, run).await[2].job.unwrap();
    let refused = steer::cancel_job(&mut db.acquire().await.unwrap(), job).await.unwrap_err();
    assert!(matches!(refused, SteerError::BelongsToRun(owner) if owner == run));
}

#[tokio::test]
async fn a_waiting_run_can_be_cancelled_and_a_cancelled_one_begun_anew() {
    let (db, lab, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip::default()).await;
    runtime.run_until_idle().await.unwrap();
    steer::cancel_run(&mut db.acquire().await.unwrap(), run).await.unwrap();
    lab::advance(&db, DEADLINE * 2).await;
    runtime.run_until_idle().await.unwrap();
    let cancelled = trip::run(&db, run).await;
    assert_eq!((cancelled.state, cancelled.code), (RunState::Cancelled, None));
    assert!(trip::failed_trips(&db).await.is_empty());

    retry(&db, run, From::All).await.unwrap();
    trip::confirm(&db, run, "2b").await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Completed);
    assert!(trip::steps(&db, run).await.iter().all(|step| step.state == StepState::Completed));
    assert_eq!(lab.notes().iter().filter(|note| *note == "pack").count(), 2);
}
