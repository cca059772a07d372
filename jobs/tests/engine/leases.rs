//! The lease of a process, and the fence of its acknowledgements.

use std::time::Duration;

use jobs::{Waker, inspect::JobState};
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;

use crate::lab::{self, Do, Patient, Work};

pub async fn lose_every_session(db: &PgPool) {
    sqlx::query(
        "update jobs.session set ended_at = now(), end_reason = 'lost' where ended_at is null",
    )
    .execute(db)
    .await
    .unwrap();
}

async fn effect_table(db: &PgPool) {
    sqlx::raw_sql("create table effect (what text)").execute(db).await.unwrap();
}

async fn effects(db: &PgPool) -> Vec<String> {
    sqlx::query_scalar("select what from effect").fetch_all(db).await.unwrap()
}

#[tokio::test]
async fn a_process_that_missed_its_lease_stops_its_attempts_and_goes_on_with_a_new_session() {
    let (db, lab, runtime) = lab::start().await;
    let patient = Patient(Do::Wait("w".into()));
    let job = jobs::enqueue(&mut db.acquire().await.unwrap(), &patient).await.unwrap().id;
    let running = tokio::spawn(async move { runtime.run_until_idle().await });
    lab.sees("w began").await;
    lose_every_session(&db).await;
    // Only an attempt that was stopped can begin anew: nobody passed the gate.
    lab.sees_times("w began", 2).await;
    lab.gate.open(1);
    running.await.unwrap().unwrap();
    assert_eq!(lab.notes(), ["w began", "w began", "w ended"]);
    assert_eq!(lab::attempts(&db, job).await, [(1, "lost".into()), (2, "completed".into())]);
    let mut conn = db.acquire().await.unwrap();
    assert_eq!(jobs::inspect::sessions(&mut conn).await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_effect_and_its_acknowledgement_commit_together() {
    let (db, lab, runtime) = lab::start().await;
    effect_table(&db).await;
    let job = lab::enqueue(&db, &Work::new(Do::Effect)).await;
    lab.gate.open(1);
    runtime.run_until_idle().await.unwrap();
    assert_eq!(effects(&db).await, ["once"]);
    assert_eq!(lab::state(&db, job).await, JobState::Completed);
}

#[tokio::test]
async fn an_effect_whose_transaction_rolls_back_leaves_the_job_to_be_tried_again() {
    let (db, _, runtime) = lab::start().await;
    effect_table(&db).await;
    let job = lab::enqueue(&db, &Work::new(Do::EffectRolledBack)).await;
    runtime.run_until_idle().await.unwrap();
    assert!(effects(&db).await.is_empty());
    assert_eq!(lab::state(&db, job).await, JobState::Retrying);
}

#[tokio::test]
async fn an_attempt_that_no_longer_holds_its_job_cannot_commit_its_effect() {
    let (db, lab, runtime) = lab::start().await;
    effect_table(&db).await;
    let job = Patient(Do::Effect);
    let job = jobs::enqueue(&mut db.acquire().await.unwrap(), &job).await.unwrap().id;
    let running = tokio::spawn(async move { runtime.run_until_idle().await });
    lab.sees("effect began").await;
    // As if another process had rescued the job while this one was not looking.
    sqlx::query("update jobs.job set session = -1 where id = $1")
        .bind(job.0)
        .execute(&db.pool)
        .await
        .unwrap();
    lab.gate.open(1);
    lab.sees("fenced").await;
    // Outcomes are acknowledged in order: with a later one, the fenced one has been refused, too.
    let other = lab::enqueue(&db, &Work::note("other")).await;
    while lab::state(&db, other).await != JobState::Completed {
        tokio::task::yield_now().await;
    }
    sqlx::query("update jobs.job set session = null").execute(&db.pool).await.unwrap();
    lab.sees_times("effect began", 2).await;
    lab.gate.open(1);
    running.await.unwrap().unwrap();
    assert_eq!(effects(&db).await, ["once"]);
    assert_eq!(lab::attempts(&db, job).await, [(2, "completed".into())]);
}

#[tokio::test]
async fn an_outcome_that_comes_too_late_changes_nothing() {
    let (db, lab, runtime) = lab::start().await;
    let patient = Patient(Do::Wait("w".into()));
    let job = jobs::enqueue(&mut db.acquire().await.unwrap(), &patient).await.unwrap().id;
    let running = tokio::spawn(async move { runtime.run_until_idle().await });
    lab.sees("w began").await;
    sqlx::query("update jobs.job set session = -1").execute(&db.pool).await.unwrap();
    lab.gate.open(1);
    lab.sees("w ended").await;
    // The process goes on with other work, and the job is still the other session's.
    let other = lab::enqueue(&db, &Work::note("other")).await;
    lab.sees("other").await;
    while lab::state(&db, other).await != JobState::Completed {
        tokio::task::yield_now().await;
    }
    assert_eq!(lab::state(&db, job).await, JobState::Running);
    sqlx::query("update jobs.job set session = null").execute(&db.pool).await.unwrap();
    lab.gate.open(1);
    running.await.unwrap().unwrap();
    assert_eq!(lab::state(&db, job).await, JobState::Completed);
}

#[tokio::test]
async fn a_process_that_stops_lets_its_jobs_end_and_starts_no_new_ones() {
    let (db, lab, _) = lab::start().await;
    // One slot, and it is taken: no fetch is under way when the process is asked to stop.
    let pools =
        vec![jobs::runtime::Pool::new("lab").queues([lab::QUEUE, lab::OTHER]).concurrency(1)];
    let settings = lab::settings();
    let runtime = jobs::runtime::Runtime::new(
        db.pool.clone(),
        lab::catalogue(),
        lab.clone(),
        pools,
        settings,
    )
    .unwrap();
    let job = jobs::enqueue(&mut db.acquire().await.unwrap(), &Patient(Do::Wait("w".into())))
        .await
        .unwrap()
        .id;
    let stop = CancellationToken::new();
    let token = stop.clone();
    let running = tokio::spawn(async move { runtime.run(token).await });
    lab.sees("w began").await;
    stop.cancel();
    let late = lab::enqueue(&db, &Work::note("late")).await;
    Waker::new(&db).wake(lab::QUEUE);
    lab.gate.open(1);
    running.await.unwrap();
    assert_eq!(lab::state(&db, job).await, JobState::Completed);
    assert_eq!(lab::state(&db, late).await, JobState::Available);
    assert_eq!(lab.notes(), ["w began", "w ended"]);
}

#[tokio::test]
async fn jobs_that_outlast_the_grace_go_back_to_their_queue_uncounted() {
    let (db, lab, _) = lab::start().await;
    let pools = vec![
        jobs::runtime::Pool::new("lab")
            .queues([lab::QUEUE, lab::OTHER])
            .grace(Duration::from_millis(50)),
    ];
    let runtime = jobs::runtime::Runtime::new(
        db.pool.clone(),
        lab::catalogue(),
        lab.clone(),
        pools,
        lab::settings(),
    )
    .unwrap();
    let job = jobs::enqueue(&mut db.acquire().await.unwrap(), &Patient(Do::Wait("w".into())))
        .await
        .unwrap()
        .id;
    let stop = CancellationToken::new();
    let token = stop.clone();
    let running = tokio::spawn(async move { runtime.run(token).await });
    lab.sees("w began").await;
    stop.cancel();
    running.await.unwrap();
    let back = lab::view(&db, job).await;
    assert_eq!(back.state, JobState::Available);
    assert_eq!((back.attempt, back.attempts_allowed), (1, 9));
    assert_eq!(lab::attempts(&db, job).await, [(1, "interrupted".into())]);
}
