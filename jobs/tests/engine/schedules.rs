use std::{sync::Arc, time::Duration};

use jobs::{Missed, Schedule, Waker, runtime::Runtime};
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
    let schedules = jobs::inspect::schedules(&mut conn).await.unwrap();
    assert_eq!(schedules[0].expression, "0 0 * * * *");
}

#[tokio::test]
async fn missed_ticks_are_made_up_for_as_declared() {
    for (missed, ticks) in [(Missed::Skip, 0), (Missed::Once, 1), (Missed::All, 5)] {
        let (db, lab, _) = lab::start().await;
        // On the half hour, so that no tick is less than a minute ago.
        sqlx::query(
            "update jobs.clock set ahead = date_trunc('hour', now()) + interval '90 min' - now()",
        )
        .execute(&db.pool)
        .await
        .unwrap();
        let runtime = runtime(&db, &lab, missed);
        runtime.run_until_idle().await.unwrap();
        lab::advance(&db, Duration::from_hours(5)).await;
        runtime.run_until_idle().await.unwrap();
        runtime.run_until_idle().await.unwrap();
        assert_eq!(lab.notes().len(), ticks, "{missed:?}");
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
