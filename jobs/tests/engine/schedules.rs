use std::{sync::Arc, time::Duration};

use jobs::{
    Missed, Schedule, Waker,
    inspect::{self, FiringKind},
    runtime::Runtime,
};
use tokio_util::sync::CancellationToken;

use crate::{
    database::Database,
    lab::{self, Lab, Work},
};

fn runtime(db: &Database, lab: &Arc<Lab>, missed: Missed) -> Runtime<Lab> {
    let schedule = Schedule::new("lab.hourly", "0 0 * * * *", || Work::note("tick")).missed(missed);
    lab::runtime_of(&db.pool, lab, lab::catalogue().schedule(schedule))
}

#[tokio::test]
async fn a_tick_fires_once_over_all_processes() {
    let (db, lab, _) = lab::start().await;
    let (a, b) = (runtime(&db, &lab, Missed::Once), runtime(&db, &lab, Missed::Once));
    for hour in 1..=3 {
        let (first, second) = tokio::join!(a.run_until_idle(), b.run_until_idle());
        first.and(second).unwrap();
        assert_eq!(lab.notes().len(), hour - 1);
        lab::advance(&db, Duration::from_hours(1)).await;
        let (first, second) = tokio::join!(a.run_until_idle(), b.run_until_idle());
        first.and(second).unwrap();
        // Whoever enqueued it, the other may have looked before: one of them runs it.
        a.run_until_idle().await.unwrap();
        assert_eq!(lab.notes().len(), hour);
    }
    let mut conn = db.acquire().await.unwrap();
    let firings = inspect::firings(&mut conn, "lab.hourly", 10).await.unwrap();
    assert_eq!(firings.len(), 3);
    assert!(firings.iter().all(|firing| firing.job.is_some()), "{firings:?}");
}

#[tokio::test]
async fn missed_ticks_are_made_up_for_as_declared() {
    for (missed, ticks) in [(Missed::Skip, 0), (Missed::Once, 1), (Missed::All, 5)] {
        let (db, lab, _) = lab::start().await;
        lab::half_past(&db).await;
        let runtime = runtime(&db, &lab, missed);
        runtime.run_until_idle().await.unwrap();
        lab::advance(&db, Duration::from_hours(5)).await;
        runtime.run_until_idle().await.unwrap();
        runtime.run_until_idle().await.unwrap();
        assert_eq!(lab.notes().len(), ticks, "{missed:?}");
        let mut conn = db.acquire().await.unwrap();
        let firings = inspect::firings(&mut conn, "lab.hourly", 10).await.unwrap();
        let made_up = firings.iter().filter(|firing| firing.kind == FiringKind::MadeUp).count();
        let skipped = firings.iter().filter(|firing| firing.kind == FiringKind::Skipped).count();
        assert_eq!((made_up, skipped), (ticks, 5 - ticks), "{missed:?}: none is forgotten");
        let seen = inspect::schedule(&mut conn, "lab.hourly").await.unwrap().unwrap();
        assert_eq!((seen.missed, seen.missed_recently), (missed, 5));
    }
}

#[tokio::test]
async fn running_processes_fire_ticks_by_themselves() {
    let (db, lab, _) = lab::start().await;
    let every_second = || Schedule::new("lab.often", "* * * * * *", || Work::note("tick"));
    let stop = CancellationToken::new();
    let processes = [(); 2].map(|()| {
        let runtime = lab::runtime_of(&db.pool, &lab, lab::catalogue().schedule(every_second()));
        let stop = stop.clone();
        tokio::spawn(async move { runtime.run(stop).await })
    });
    lab.sees_times("tick", 3).await;
    stop.cancel();
    for process in processes {
        process.await.unwrap();
    }
    let doubled: i64 = sqlx::query_scalar(
        "select count(*) - count(distinct date_trunc('second', created_at)) from jobs.finished_job",
    )
    .fetch_one(&db.pool)
    .await
    .unwrap();
    assert_eq!(doubled, 0, "no second has two ticks");
    drop(Waker::new(&db));
}
