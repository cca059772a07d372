//! `kill -9` at every point of a workflow: it goes on with another process, each effect once.

use std::time::Duration;

use jobs::inspect::{self, RunState};

use crate::site::{self, Build, Process, Watch};

const LEASE: Duration = Duration::from_secs(2);

async fn survives_a_kill_at(point: &str) {
    let db = site::database().await;
    let mut watch = Watch::new(&db).await;
    site::halt_at(&db, point).await;
    let mut conn = db.acquire().await.unwrap();
    let run = jobs::workflow::start(&mut conn, &Build { house: "h1".into() }).await.unwrap();
    let process = Process::start(&db, LEASE);
    watch.sees(point).await;
    process.kill();
    site::halt_nowhere(&db).await;

    let runtime = site::runtime(&db, LEASE).unwrap();
    while inspect::run(&mut conn, run).await.unwrap().unwrap().state == RunState::Running {
        runtime.run_until_idle().await.unwrap();
        jobs::clock::advance_to_next_due(&mut conn).await.unwrap();
    }
    let run = inspect::run(&mut conn, run).await.unwrap().unwrap();
    assert_eq!(run.state, RunState::Completed, "{:?}", run.error);
    assert_eq!(site::effects(&db).await, ["ground", "walls"]);
    let steps = inspect::steps(&mut conn, run.id).await.unwrap();
    assert!(steps.iter().all(|step| step.state == inspect::StepState::Completed));
}

#[tokio::test]
async fn killed_before_the_effect_of_the_first_step() {
    survives_a_kill_at("ground begun").await;
}

#[tokio::test]
async fn killed_before_the_commit_of_the_first_step() {
    survives_a_kill_at("ground uncommitted").await;
}

#[tokio::test]
async fn killed_after_the_commit_of_the_first_step() {
    survives_a_kill_at("ground committed").await;
}

#[tokio::test]
async fn killed_within_the_second_step() {
    survives_a_kill_at("measure begun").await;
}

#[tokio::test]
async fn killed_before_the_commit_of_the_last_step() {
    survives_a_kill_at("walls uncommitted").await;
}

#[tokio::test]
async fn killed_after_the_commit_of_the_last_step() {
    survives_a_kill_at("walls committed").await;
}
