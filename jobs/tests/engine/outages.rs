//! The database goes away and comes back.

use jobs::{Waker, inspect::JobState};
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;

use crate::lab::{self, Do, Patient, Work};

/// Ends every connection to this database but the one that asks.
async fn cut_all_connections(db: &PgPool) {
    sqlx::query(
        "select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()",
    )
    .execute(db)
    .await
    .unwrap();
}

#[tokio::test]
async fn pools_heal_when_their_connections_are_cut() {
    let (db, lab, runtime) = lab::start().await;
    let stop = CancellationToken::new();
    let token = stop.clone();
    let running = tokio::spawn(async move { runtime.run(token).await });
    let waker = Waker::new(&db);
    for round in 0..3 {
        let note = format!("round {round}");
        lab::enqueue(&db, &Work::note(&note)).await;
        waker.wake(lab::QUEUE);
        lab.sees(&note).await;
        cut_all_connections(&db).await;
    }
    stop.cancel();
    running.await.unwrap();
}

#[tokio::test]
async fn outcomes_of_jobs_that_ended_during_an_outage_are_recorded_after_it() {
    let (db, lab, runtime) = lab::start().await;
    let patient = Patient(Do::Wait("w".into()));
    let job = jobs::enqueue(&mut db.acquire().await.unwrap(), &patient).await.unwrap().id;
    let running = tokio::spawn(async move { runtime.run_until_idle().await });
    lab.sees("w began").await;
    cut_all_connections(&db).await;
    lab.gate.open(1);
    lab.sees("w ended").await;
    // The test's own watching connection was cut, too, so idleness may be reported as an error.
    let _ = running.await.unwrap();
    lab::runtime(&db, &lab).run_until_idle().await.unwrap();
    assert_eq!(lab::state(&db, job).await, JobState::Completed);
    assert_eq!(lab.notes(), ["w began", "w ended"]);
}
