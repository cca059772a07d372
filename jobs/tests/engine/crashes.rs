//! `kill -9` of a real process.

use std::time::{Duration, Instant};

use jobs::inspect::JobState;

use crate::{
    lab,
    site::{self, Hang, Process, Suicide, Watch},
};

const LEASE: Duration = Duration::from_secs(2);

#[tokio::test]
async fn the_jobs_of_a_killed_process_are_run_by_another() {
    let db = site::database().await;
    let mut watch = Watch::new(&db).await;
    site::halt_at(&db, "hang").await;
    let job = jobs::enqueue(&mut db.acquire().await.unwrap(), &Hang).await.unwrap().id;
    let process = Process::start(&db, LEASE);
    watch.sees("hang").await;
    process.kill();
    site::halt_nowhere(&db).await;

    let killed = Instant::now();
    site::runtime(&db, LEASE).unwrap().run_until_idle().await.unwrap();
    assert!(killed.elapsed() < Duration::from_secs(6), "took {:?}", killed.elapsed());
    assert_eq!(lab::state(&db, job).await, JobState::Completed);
    let attempts = lab::attempts(&db, job).await;
    assert_eq!(attempts, [(1, "lost".into()), (2, "completed".into())]);
}

#[tokio::test]
async fn with_default_settings_the_jobs_of_a_killed_process_run_again_within_30_seconds() {
    let db = site::database().await;
    let mut watch = Watch::new(&db).await;
    site::halt_at(&db, "hang").await;
    jobs::enqueue(&mut db.acquire().await.unwrap(), &Hang).await.unwrap();
    let lease = jobs::runtime::Settings::default().lease;
    let process = Process::start(&db, lease);
    watch.sees("hang").await;
    let other = Process::start(&db, lease);
    process.kill();
    let killed = Instant::now();
    watch.sees("hang").await;
    assert!(killed.elapsed() < Duration::from_secs(30), "took {:?}", killed.elapsed());
    other.kill();
}

#[tokio::test]
async fn a_job_that_kills_its_process_each_time_ends_dead() {
    let db = site::database().await;
    let job = jobs::enqueue(&mut db.acquire().await.unwrap(), &Suicide).await.unwrap().id;
    for _ in 0..3 {
        Process::start(&db, Duration::from_millis(300)).ends().await;
    }
    site::runtime(&db, Duration::from_millis(300)).unwrap().run_until_idle().await.unwrap();
    let dead = lab::view(&db, job).await;
    assert_eq!(dead.state, JobState::Dead);
    assert_eq!(dead.code.as_deref(), Some("process.lost"));
    assert_eq!((dead.attempt, dead.attempts_allowed), (3, 3));
    let lost: Vec<_> = (1..=3).map(|number| (number, "lost".to_owned())).collect();
    assert_eq!(lab::attempts(&db, job).await, lost);
}
