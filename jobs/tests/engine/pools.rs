use std::sync::Arc;

use jobs::{
    Catalogue, CatalogueError, Schedule, Waker,
    runtime::{Pool, Runtime},
};
use tokio_util::sync::CancellationToken;

use crate::lab::{self, Do, Lab, OTHER, Patient, QUEUE, Work};

fn runtime(lab: &Arc<Lab>, pools: Vec<Pool>) -> Runtime<Lab> {
    Runtime::new(lab.db.clone(), lab::catalogue(), lab.clone(), pools, lab::settings()).unwrap()
}

#[tokio::test]
async fn a_full_pool_does_not_hold_up_another() {
    let (db, lab, _) = lab::start().await;
    let pools = vec![
        Pool::new("a").queue(QUEUE).concurrency(2),
        Pool::new("b").queue(OTHER).concurrency(2),
    ];
    let runtime = runtime(&lab, pools);
    let mut conn = db.acquire().await.unwrap();
    for n in 0..4 {
        jobs::enqueue(&mut conn, &Patient(Do::Wait(n.to_string()))).await.unwrap();
    }
    let running = tokio::spawn(async move { runtime.run_until_idle().await });
    lab.sees("0 began").await;
    lab.sees("1 began").await;
    for _ in 0..20 {
        jobs::enqueue(&mut conn, &Work::note("quick")).await.unwrap();
    }
    Waker::new(&db).wake(QUEUE);
    lab.sees_times("quick", 20).await;
    assert!(!lab.notes().contains(&"2 began".to_owned()), "two slots, no more");
    lab.gate.open(4);
    running.await.unwrap().unwrap();
    lab.sees("3 ended").await;
}

#[tokio::test]
async fn a_pool_never_runs_more_jobs_than_it_has_slots() {
    let (db, lab, _) = lab::start().await;
    let runtime = runtime(&lab, vec![Pool::new("b").queue(OTHER).concurrency(3)]);
    let mut conn = db.acquire().await.unwrap();
    for _ in 0..9 {
        jobs::enqueue(&mut conn, &Patient(Do::Wait("w".into()))).await.unwrap();
    }
    let running = tokio::spawn(async move { runtime.run_until_idle().await });
    for held in [3, 6, 9] {
        lab.sees_times("w began", held).await;
        let began = lab.notes().iter().filter(|note| *note == "w began").count();
        assert_eq!(began, held, "no more than three at once");
        lab.gate.open(3);
    }
    running.await.unwrap().unwrap();
}

#[tokio::test]
async fn several_processes_share_a_queue_and_run_each_job_once() {
    let (db, lab, _) = lab::start().await;
    let work: Vec<Work> = (0..2000).map(|n| Work::note(&n.to_string())).collect();
    jobs::enqueue_many(&mut db.acquire().await.unwrap(), &work).await.unwrap();
    let runtimes = [(); 3].map(|()| lab::runtime(&db, &lab));
    let [a, b, c] = &runtimes;
    let (a, b, c) = tokio::join!(a.run_until_idle(), b.run_until_idle(), c.run_until_idle());
    a.and(b).and(c).unwrap();
    let mut notes: Vec<usize> = lab.notes().iter().map(|note| note.parse().unwrap()).collect();
    notes.sort_unstable();
    assert_eq!(notes, (0..2000).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_paused_queue_is_left_alone_until_it_is_resumed() {
    let (db, lab, runtime) = lab::start().await;
    let mut conn = db.acquire().await.unwrap();
    jobs::steer::pause_queue(&mut conn, QUEUE.name(), Some("repairs")).await.unwrap();
    lab::enqueue(&db, &Work::note("held")).await;
    runtime.run_until_idle().await.unwrap();
    assert!(lab.notes().is_empty());
    let queues = jobs::inspect::queues(&mut conn).await.unwrap();
    assert_eq!((queues[0].available, queues[0].paused_at.is_some()), (1, true));
    jobs::steer::resume_queue(&mut conn, QUEUE.name()).await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert_eq!(lab.notes(), ["held"]);
}

#[test]
fn a_job_without_a_pool_is_found_by_the_catalogues_check() {
    let pools = [Pool::new("a").queue(QUEUE)];
    let unserved = CatalogueError::Unserved { name: "lab.patient".into(), queue: "other" };
    assert_eq!(lab::catalogue().check(&pools), Err(unserved));
    assert_eq!(lab::catalogue().check(&lab::pools()), Ok(()));
}

#[test]
fn two_jobs_of_one_name_and_a_wrong_cron_expression_are_found() {
    let twice = lab::catalogue().job::<Work>();
    assert_eq!(twice.check(&lab::pools()), Err(CatalogueError::Duplicate("lab.work".into())));
    let wrong = Schedule::new("nightly", "every night", || Work::note("x"));
    let wrong = Catalogue::<Lab>::new().schedule(wrong).check(&[]);
    assert!(matches!(wrong, Err(CatalogueError::Schedule { name: "nightly", .. })));
}

#[tokio::test]
async fn stopping_before_anything_began_ends_at_once() {
    let (_db, _, runtime) = lab::start().await;
    let stop = CancellationToken::new();
    stop.cancel();
    runtime.run(stop).await;
}
