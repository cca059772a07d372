use std::time::Duration;

use jobs::{
    RunId,
    inspect::{RunState, StepState},
    workflow::{SignalError, Signalled},
};

use crate::{
    lab,
    trip::{self, DEADLINE, Trip},
};

#[tokio::test]
async fn a_signal_that_comes_before_the_wait_is_found_there() {
    let (db, lab, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip::default()).await;
    assert_eq!(trip::confirm(&db, run, "1a").await, Signalled::Received);
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Completed);
    assert!(lab.notes().contains(&"travels on \"1a\" with pack 1".to_owned()));
}

#[tokio::test]
async fn a_signal_that_comes_twice_counts_once() {
    let (db, lab, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip::default()).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::confirm(&db, run, "1a").await, Signalled::Received);
    assert_eq!(trip::confirm(&db, run, "1a").await, Signalled::Duplicate);
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::confirm(&db, run, "1a").await, Signalled::Duplicate);
    assert_eq!(trip::confirm(&db, run, "2b").await, Signalled::TooLate);
    runtime.run_until_idle().await.unwrap();
    assert_eq!(lab.notes().iter().filter(|note| *note == "travel").count(), 1);
}

#[tokio::test]
async fn a_signal_in_a_transaction_that_rolls_back_was_never_sent() {
    let (db, _, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip::default()).await;
    runtime.run_until_idle().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    jobs::workflow::signal(&mut tx, run, "confirmed", &"x".into(), "x").await.unwrap();
    tx.rollback().await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Waiting);
}

#[tokio::test]
async fn a_signal_to_nobody_is_an_error() {
    let (db, _, _runtime) = trip::start().await;
    let mut conn = db.acquire().await.unwrap();
    let nobody = RunId::new();
    let sent = jobs::workflow::signal(&mut conn, nobody, "confirmed", &"x".into(), "x").await;
    assert!(matches!(sent, Err(SignalError::NoSuchRun(run)) if run == nobody));
}

#[tokio::test]
async fn a_signal_of_another_name_does_not_end_the_wait() {
    let (db, _, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip::default()).await;
    runtime.run_until_idle().await.unwrap();
    let mut conn = db.acquire().await.unwrap();
    jobs::workflow::signal(&mut conn, run, "cancelled", &"x".into(), "x").await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Waiting);
}

#[tokio::test]
async fn a_wait_whose_deadline_passes_fails_the_run_visibly() {
    let (db, lab, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip::default()).await;
    runtime.run_until_idle().await.unwrap();
    lab::advance(&db, DEADLINE.saturating_sub(Duration::from_secs(5))).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Waiting);
    lab::advance(&db, Duration::from_secs(6)).await;
    runtime.run_until_idle().await.unwrap();
    let failed = trip::run(&db, run).await;
    assert_eq!((failed.state, failed.code.as_deref()), (RunState::Failed, Some("wait.timed_out")));
    assert_eq!(trip::steps(&db, run).await[2].state, StepState::Failed);
    assert_eq!(lab.notes()[2..], ["hook: confirmed Some(\"wait.timed_out\")"]);
    assert_eq!(trip::failed_trips(&db).await, ["confirmed"]);
}

#[tokio::test]
async fn a_signal_just_before_the_deadline_wins() {
    let (db, _, runtime) = trip::start().await;
    let run = trip::depart(&db, &Trip::default()).await;
    runtime.run_until_idle().await.unwrap();
    lab::advance(&db, DEADLINE + Duration::from_secs(1)).await;
    trip::confirm(&db, run, "9z").await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Completed);
}

#[tokio::test]
async fn signal_and_deadline_at_once_leave_one_result() {
    for _ in 0..10 {
        let (db, _, runtime) = trip::start().await;
        let run = trip::depart(&db, &Trip::default()).await;
        runtime.run_until_idle().await.unwrap();
        lab::advance(&db, DEADLINE + Duration::from_secs(1)).await;
        let (ran, _) = tokio::join!(runtime.run_until_idle(), trip::confirm(&db, run, "9z"));
        ran.unwrap();
        runtime.run_until_idle().await.unwrap();
        let run = trip::run(&db, run).await;
        let failed = trip::failed_trips(&db).await.len();
        match run.state {
            RunState::Completed => assert_eq!(failed, 0),
            RunState::Failed => assert_eq!(failed, 1),
            other => panic!("neither went through: {other:?}"),
        }
    }
}
