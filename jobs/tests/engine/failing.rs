use std::time::Duration;

use jobs::inspect::JobState;

use crate::lab::{self, Dawdle, Do, Work};

#[tokio::test]
async fn a_failed_job_waits_for_its_backoff_and_tries_again() {
    let (db, lab, runtime) = lab::start().await;
    let job = lab::enqueue(&db, &Work::new(Do::Fail(2))).await;
    runtime.run_until_idle().await.unwrap();
    let retrying = lab::view(&db, job).await;
    assert_eq!(retrying.state, JobState::Retrying);
    assert_eq!(retrying.code.as_deref(), Some("lab.on_fire"));
    let wait = retrying.run_at - retrying.started_at.unwrap();
    assert!((5.0..=10.5).contains(&wait.as_seconds_f64()), "between half and all of 10 s: {wait}");
    lab::run_to_the_end(&db, &runtime).await;
    assert_eq!(lab.notes(), ["attempt 1", "attempt 2", "attempt 3"]);
    let history = lab::attempts(&db, job).await;
    assert_eq!(history, [(1, "failed".into()), (2, "failed".into()), (3, "completed".into())]);
}

#[tokio::test]
async fn a_job_whose_attempts_are_used_up_is_dead_and_keeps_its_error() {
    let (db, lab, runtime) = lab::start().await;
    let job = lab::enqueue(&db, &Work::new(Do::Fail(99))).await;
    lab::run_to_the_end(&db, &runtime).await;
    assert_eq!(lab.notes().len(), 5);
    let dead = lab::view(&db, job).await;
    assert_eq!(dead.state, JobState::Dead);
    assert_eq!((dead.attempt, dead.attempts_allowed), (5, 5));
    assert_eq!(dead.error.as_deref(), Some("the disk is on fire"));
    assert_eq!(lab::attempts(&db, job).await.len(), 5);
}

#[tokio::test]
async fn a_permanent_failure_is_not_tried_again() {
    let (db, _, runtime) = lab::start().await;
    let job = lab::enqueue(&db, &Work::new(Do::Refuse)).await;
    runtime.run_until_idle().await.unwrap();
    let dead = lab::view(&db, job).await;
    assert_eq!((dead.state, dead.attempt), (JobState::Dead, 1));
    assert_eq!(dead.code.as_deref(), Some("lab.refused"));
}

#[tokio::test]
async fn a_panic_is_a_failed_attempt() {
    let (db, _, runtime) = lab::start().await;
    let job = lab::enqueue(&db, &Work::new(Do::Panic)).await;
    runtime.run_until_idle().await.unwrap();
    let retrying = lab::view(&db, job).await;
    assert_eq!(retrying.state, JobState::Retrying);
    assert_eq!(retrying.code.as_deref(), Some("job.panicked"));
    assert_eq!(retrying.error.as_deref(), Some("panicked: a bug in the job"));
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_stopped_and_has_failed() {
    let (db, _, runtime) = lab::start().await;
    let job = jobs::enqueue(&mut db.acquire().await.unwrap(), &Dawdle).await.unwrap().id;
    runtime.run_until_idle().await.unwrap();
    let retrying = lab::view(&db, job).await;
    assert_eq!(retrying.state, JobState::Retrying);
    assert_eq!(retrying.code.as_deref(), Some("job.timed_out"));
}

#[tokio::test]
async fn a_snoozed_job_rests_and_its_attempt_does_not_count() {
    let (db, lab, runtime) = lab::start().await;
    let job = lab::enqueue(&db, &Work::new(Do::Snooze)).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(lab::state(&db, job).await, JobState::Scheduled);
    lab::advance(&db, Duration::from_secs(61)).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(lab.notes(), ["attempt 1", "attempt 1"]);
    let history = lab::attempts(&db, job).await;
    assert_eq!(history, [(1, "snoozed".into()), (2, "completed".into())]);
}

#[tokio::test]
async fn a_job_may_find_that_it_is_no_longer_wanted() {
    let (db, _, runtime) = lab::start().await;
    let job = lab::enqueue(&db, &Work::new(Do::GiveUp)).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(lab::state(&db, job).await, JobState::Cancelled);
}

#[tokio::test]
async fn staff_retry_a_dead_job_with_all_its_attempts() {
    let (db, lab, runtime) = lab::start().await;
    let job = lab::enqueue(&db, &Work::new(Do::Fail(3))).await;
    sqlx::query("update jobs.job set attempt = 4").execute(&db.pool).await.unwrap();
    sqlx::query("update jobs.job set args = jsonb_set(args, '{task,Fail}', '9')")
        .execute(&db.pool)
        .await
        .unwrap();
    runtime.run_until_idle().await.unwrap();
    assert_eq!(lab::state(&db, job).await, JobState::Dead);

    let mut tx = db.begin().await.unwrap();
    jobs::steer::retry_job(&mut tx, job).await.unwrap();
    tx.commit().await.unwrap();
    runtime.run_until_idle().await.unwrap();
    let again = lab::view(&db, job).await;
    assert_eq!(again.state, JobState::Retrying);
    assert_eq!((again.attempt, again.attempts_allowed), (6, 10));
    assert_eq!(lab.notes(), ["attempt 5", "attempt 1"]);
}
