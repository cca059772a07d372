use std::time::Duration;

use jobs::{
    JobId,
    inspect::JobState,
    steer::{self, Cancelling, SteerError},
};

use crate::lab::{self, Do, Patient, Work};

#[tokio::test]
async fn a_waiting_job_is_cancelled_at_once_and_frees_its_key() {
    let (db, lab, runtime) = lab::start().await;
    let work = Work::keyed(Do::Note("never".into()), "k");
    let job = lab::enqueue(&db, &work).await;
    let mut conn = db.acquire().await.unwrap();
    assert_eq!(steer::cancel_job(&mut conn, job).await.unwrap(), Cancelling::Cancelled);
    runtime.run_until_idle().await.unwrap();
    assert!(lab.notes().is_empty());
    assert_eq!(lab::state(&db, job).await, JobState::Cancelled);
    assert_ne!(lab::enqueue(&db, &work).await, job);
}

#[tokio::test]
async fn a_running_job_is_stopped_wherever_it_runs() {
    let (db, lab, runtime) = lab::start().await;
    let mut conn = db.acquire().await.unwrap();
    let job = jobs::enqueue(&mut conn, &Patient(Do::Wait("w".into()))).await.unwrap().id;
    let running = tokio::spawn(async move { runtime.run_until_idle().await });
    lab.sees("w began").await;
    assert_eq!(steer::cancel_job(&mut conn, job).await.unwrap(), Cancelling::Requested);
    running.await.unwrap().unwrap();
    assert_eq!(lab.notes(), ["w began"]);
    assert_eq!(lab::state(&db, job).await, JobState::Cancelled);
}

#[tokio::test]
async fn a_job_that_waits_for_its_time_can_be_run_now() {
    let (db, lab, runtime) = lab::start().await;
    let mut conn = db.acquire().await.unwrap();
    let later = Duration::from_hours(1);
    let job = jobs::enqueue_in(&mut conn, &Work::note("now"), later).await.unwrap().id;
    steer::retry_job(&mut conn, job).await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert_eq!(lab.notes(), ["now"]);
}

#[tokio::test]
async fn what_a_jobs_state_does_not_allow_is_refused_with_the_reason() {
    let (db, _, runtime) = lab::start().await;
    let mut conn = db.acquire().await.unwrap();
    let done = lab::enqueue(&db, &Work::note("x")).await;
    runtime.run_until_idle().await.unwrap();
    let refused = steer::retry_job(&mut conn, done).await.unwrap_err();
    assert!(matches!(refused, SteerError::WrongState("completed")));
    let refused = steer::cancel_job(&mut conn, done).await.unwrap_err();
    assert!(matches!(refused, SteerError::WrongState("completed")));
    let refused = steer::cancel_job(&mut conn, JobId::new()).await.unwrap_err();
    assert!(matches!(refused, SteerError::NoSuchJob(_)));
}

#[tokio::test]
async fn a_dead_job_whose_successor_has_its_key_cannot_be_retried() {
    let (db, _, runtime) = lab::start().await;
    let mut conn = db.acquire().await.unwrap();
    let dead = lab::enqueue(&db, &Work::keyed(Do::Refuse, "k")).await;
    runtime.run_until_idle().await.unwrap();
    let successor = lab::enqueue(&db, &Work::keyed(Do::Refuse, "k")).await;
    let refused = steer::retry_job(&mut conn, dead).await.unwrap_err();
    assert!(matches!(refused, SteerError::Replaced(job) if job == successor));
}
