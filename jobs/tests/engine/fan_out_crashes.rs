//! Processes that die while items are done: each item's effect happens once, and the join once.

use std::time::Duration;

use jobs::{
    RunId,
    inspect::RunState,
    steer::{self, From},
};
use proptest::prelude::*;

use crate::{
    database::Database,
    lab,
    leases::lose_every_session,
    site::{self, Paint, Process, Room, Watch},
    trip,
};

const LEASE: Duration = Duration::from_secs(2);

/// `kill -9` when this point is reached; then another process goes on.
async fn survives_a_kill_at(point: &str) {
    let db = site::database().await;
    let mut watch = Watch::new(&db).await;
    site::halt_at(&db, point).await;
    let mut conn = db.acquire().await.unwrap();
    let room = |name: &str| Room { name: name.to_owned(), failures: 0 };
    let rooms = ["attic", "hall", "kitchen"].map(room).to_vec();
    let run = jobs::workflow::start(&mut conn, &Paint { rooms }).await.unwrap();
    let process = Process::start(&db, LEASE);
    watch.sees(point).await;
    process.kill();
    site::halt_nowhere(&db).await;

    paint_to_the_end(&db, run).await;
    assert_eq!(site::effects(&db).await, ["attic", "hall", "kitchen", "moved into 3"]);
}

#[tokio::test]
async fn killed_while_the_items_are_decided() {
    survives_a_kill_at("rooms begun").await;
}

#[tokio::test]
async fn killed_before_the_effect_of_an_item() {
    survives_a_kill_at("hall begun").await;
}

#[tokio::test]
async fn killed_before_the_commit_of_an_item_that_holds_the_runs_lock() {
    survives_a_kill_at("hall uncommitted").await;
}

#[tokio::test]
async fn killed_after_the_commit_of_an_item() {
    survives_a_kill_at("hall committed").await;
}

#[tokio::test]
async fn killed_just_after_the_join() {
    survives_a_kill_at("moved into 3 begun").await;
}

/// More failures than a job has attempts fail the run; staff do it again.
fn any_rooms() -> impl Strategy<Value = Vec<Room>> {
    prop::collection::vec(prop_oneof![2 => Just(0), 1 => 1..6i64], 0..8).prop_map(|failures| {
        let room = |(number, failures)| Room { name: format!("room {number}"), failures };
        failures.into_iter().enumerate().map(room).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 16, ..ProptestConfig::default() })]

    #[test]
    fn whatever_fails_and_whoever_dies_each_item_happens_once_and_the_join_once(
        rooms in any_rooms(), deaths in prop::collection::vec(1..12i64, 0..3),
    ) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let db = site::database().await;
            let mut conn = db.acquire().await.unwrap();
            let paint = Paint { rooms: rooms.clone() };
            let run = jobs::workflow::start(&mut conn, &paint).await.unwrap();
            for points in deaths {
                die_after(&db, run, points).await;
            }
            paint_to_the_end(&db, run).await;
            let mut effects: Vec<_> = rooms.iter().map(|room| room.name.clone()).collect();
            effects.insert(0, format!("moved into {}", rooms.len()));
            assert_eq!(site::effects(&db).await, effects);
        });
    }
}

/// A process that is killed when it has passed so many points, or the run has ended.
async fn die_after(db: &Database, run: RunId, points: i64) {
    let seen = async || {
        let count = sqlx::query_scalar::<_, i64>("select count(*) from seen");
        count.fetch_one(&db.pool).await.unwrap()
    };
    let until = seen().await + points;
    let process = Process::start(db, LEASE);
    lab::until(async || {
        seen().await >= until || trip::run(db, run).await.state != RunState::Running
    })
    .await;
    process.kill();
    lose_every_session(db).await;
}

/// Another process goes on, and staff do again what failed.
async fn paint_to_the_end(db: &Database, run: RunId) {
    let runtime = site::runtime(db, LEASE).unwrap();
    let mut conn = db.acquire().await.unwrap();
    loop {
        runtime.run_until_idle().await.unwrap();
        jobs::clock::advance_to_next_due(&mut conn).await.unwrap();
        match trip::run(db, run).await.state {
            RunState::Completed => return,
            RunState::Failed => {
                let mut tx = db.begin().await.unwrap();
                steer::retry_run(&mut tx, run, &From::FailedAndAfter).await.unwrap();
                tx.commit().await.unwrap();
            }
            _ => {}
        }
    }
}
