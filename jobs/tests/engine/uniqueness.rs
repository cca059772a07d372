use std::time::Duration;

use jobs::{Job, Unique, inspect::JobState};
use serde::{Deserialize, Serialize};

use crate::lab::{self, Do, Lab, Work};

#[tokio::test]
async fn a_duplicate_returns_the_job_that_exists() {
    let (db, lab, runtime) = lab::start().await;
    let mut tx = db.begin().await.unwrap();
    let first = jobs::enqueue(&mut tx, &Work::keyed(Do::Note("a".into()), "k")).await.unwrap();
    let second = jobs::enqueue(&mut tx, &Work::keyed(Do::Note("b".into()), "k")).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!first.existing);
    assert!(second.existing);
    assert_eq!(first.id, second.id);
    runtime.run_until_idle().await.unwrap();
    assert_eq!(lab.notes(), ["a"]);
}

#[tokio::test]
async fn duplicates_within_one_batch_are_one_job() {
    let (db, lab, runtime) = lab::start().await;
    let batch: Vec<Work> =
        ["x", "y", "x"].map(|key| Work::keyed(Do::Note(key.into()), key)).to_vec();
    let enqueued = jobs::enqueue_many(&mut db.acquire().await.unwrap(), &batch).await.unwrap();
    assert_eq!(enqueued[0].id, enqueued[2].id);
    runtime.run_until_idle().await.unwrap();
    let mut notes = lab.notes();
    notes.sort();
    assert_eq!(notes, ["x", "y"]);
}

#[tokio::test]
async fn the_key_is_free_again_when_the_job_has_finished_whatever_its_end() {
    let (db, lab, runtime) = lab::start().await;
    for task in [Do::Note("done".into()), Do::Refuse, Do::GiveUp] {
        let first = lab::enqueue(&db, &Work::keyed(task.clone(), "k")).await;
        runtime.run_until_idle().await.unwrap();
        let second = lab::enqueue(&db, &Work::keyed(task, "k")).await;
        assert_ne!(first, second);
        runtime.run_until_idle().await.unwrap();
    }
    assert_eq!(lab.notes(), ["done", "done"]);
}

#[tokio::test]
async fn a_duplicate_of_a_running_job_makes_it_run_once_more() {
    let (db, lab, runtime) = lab::start().await;
    let work = Work::keyed(Do::Wait("w".into()), "k");
    let first = lab::enqueue(&db, &work).await;
    let running = tokio::spawn(async move { runtime.run_until_idle().await });
    lab.sees("w began").await;
    for _ in 0..3 {
        assert_eq!(lab::enqueue(&db, &work).await, first);
    }
    lab.gate.open(2);
    running.await.unwrap().unwrap();
    assert_eq!(lab.notes(), ["w began", "w ended", "w began", "w ended"]);
}

#[tokio::test]
async fn a_duplicate_of_a_waiting_job_keeps_it_from_starting_before_the_commit() {
    let (db, lab, runtime) = lab::start().await;
    let work = Work::keyed(Do::Note("ran".into()), "k");
    let job = lab::enqueue(&db, &work).await;
    let mut tx = db.begin().await.unwrap();
    jobs::enqueue(&mut tx, &work).await.unwrap();
    let running = tokio::spawn(async move { runtime.run_until_idle().await });
    // A job enqueued later runs; the one whose row the transaction holds does not.
    lab::enqueue(&db, &Work::note("later")).await;
    lab.sees("later").await;
    assert_eq!(lab::state(&db, job).await, JobState::Available);
    tx.commit().await.unwrap();
    running.await.unwrap().unwrap();
    assert_eq!(lab.notes(), ["later", "ran"]);
}

#[tokio::test]
async fn an_acknowledgement_does_not_wait_for_a_transaction_that_holds_the_key() {
    let (db, lab, runtime) = lab::start().await;
    let work = Work::keyed(Do::Wait("w".into()), "k");
    lab::enqueue(&db, &work).await;
    let running = tokio::spawn(async move { runtime.run_until_idle().await });
    lab.sees("w began").await;
    let mut tx = db.begin().await.unwrap();
    jobs::enqueue(&mut tx, &work).await.unwrap();
    lab.gate.open(1);
    lab.sees("w ended").await;
    let other = lab::enqueue(&db, &Work::note("other")).await;
    lab.sees("other").await;
    while lab::state(&db, other).await != JobState::Completed {
        tokio::task::yield_now().await;
    }
    tx.commit().await.unwrap();
    lab.gate.open(1);
    running.await.unwrap().unwrap();
    assert_eq!(lab.notes().iter().filter(|note| *note == "w ended").count(), 2);
}

/// The same for an hour.
#[derive(Serialize, Deserialize)]
struct Hourly;

impl Job<Lab> for Hourly {
    const NAME: &'static str = "lab.hourly";
    const QUEUE: jobs::Queue = lab::QUEUE;
    const ABOUT: &'static str = "At most once an hour.";
    const RUNBOOK: &'static str = "none";

    fn unique(&self) -> Unique {
        Unique::by("it").within(Duration::from_hours(1))
    }

    async fn run(self, lab: &Lab, _: &jobs::Attempt) -> Result<jobs::Outcome, jobs::Failure> {
        lab.note("hourly");
        lab.gate.pass().await;
        Ok(jobs::Outcome::Done)
    }
}

#[tokio::test]
async fn a_key_with_a_period_outlives_its_job_and_ends_with_the_period() {
    let (db, lab, _) = lab::start().await;
    let runtime = lab::runtime_of(&db, &lab, lab::catalogue().job::<Hourly>());
    let enqueue = async || jobs::enqueue(&mut db.acquire().await.unwrap(), &Hourly).await.unwrap();
    let first = enqueue().await;
    lab.gate.open(3);
    runtime.run_until_idle().await.unwrap();
    assert_eq!(enqueue().await.id, first.id);
    lab::advance(&db, Duration::from_mins(61)).await;
    assert!(!enqueue().await.existing);
    runtime.run_until_idle().await.unwrap();
    assert_eq!(lab.notes(), ["hourly", "hourly"]);
}

#[tokio::test]
async fn a_duplicate_within_the_period_of_a_running_job_is_not_run_again() {
    let (db, lab, _) = lab::start().await;
    let runtime = lab::runtime_of(&db, &lab, lab::catalogue().job::<Hourly>());
    let first = jobs::enqueue(&mut db.acquire().await.unwrap(), &Hourly).await.unwrap();
    let running = tokio::spawn(async move { runtime.run_until_idle().await });
    lab.sees("hourly").await;
    let second = jobs::enqueue(&mut db.acquire().await.unwrap(), &Hourly).await.unwrap();
    assert_eq!((second.id, second.existing), (first.id, true));
    lab.gate.open(3);
    running.await.unwrap().unwrap();
    assert_eq!(lab.notes(), ["hourly"]);
}

#[tokio::test]
async fn concurrent_duplicates_are_one_job() {
    let (db, lab, runtime) = lab::start().await;
    let work = Work::keyed(Do::Note("one".into()), "k");
    let enqueues = (0..5).map(|_| lab::enqueue(&db, &work));
    let ids = futures::future::join_all(enqueues).await;
    assert!(ids.iter().all(|id| *id == ids[0]));
    runtime.run_until_idle().await.unwrap();
    assert_eq!(lab.notes(), ["one"]);
}
