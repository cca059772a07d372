use std::time::{Duration, Instant};

use jobs::Waker;
use tokio_util::sync::CancellationToken;

use crate::lab::{self, Work};

#[tokio::test]
async fn a_delayed_job_waits_for_its_time_on_the_databases_clock() {
    let (db, lab, runtime) = lab::start().await;
    let mut conn = db.acquire().await.unwrap();
    jobs::enqueue_in(&mut conn, &Work::note("later"), Duration::from_hours(1)).await.unwrap();
    let at = jobs::clock::now(&mut conn).await.unwrap() + Duration::from_hours(2);
    jobs::enqueue_at(&mut conn, &Work::note("latest"), at).await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert!(lab.notes().is_empty());
    lab::advance(&db, Duration::from_mins(61)).await;
    runtime.run_until_idle().await.unwrap();
    assert_eq!(lab.notes(), ["later"]);
    lab::run_to_the_end(&db, &runtime).await;
    assert_eq!(lab.notes(), ["later", "latest"]);
}

#[tokio::test]
async fn delayed_jobs_are_never_early_and_hardly_late_on_an_idle_pool() {
    let (db, lab, runtime) = lab::start().await;
    let stop = CancellationToken::new();
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { runtime.run(stop).await }
    });
    let waker = Waker::new(&db);
    lab::enqueue(&db, &Work::note("warm")).await;
    waker.wake(lab::QUEUE);
    lab.sees("warm").await;
    let mut conn = db.acquire().await.unwrap();
    for delay in 0..100 {
        let wait = Duration::from_millis(100 + 13 * delay);
        jobs::enqueue_in(&mut conn, &Work::note("on time"), wait).await.unwrap();
    }
    waker.wake(lab::QUEUE);
    lab.sees_times("on time", 100).await;
    stop.cancel();
    running.await.unwrap();
    let mut late: Vec<f64> = sqlx::query_scalar(
        "select extract(epoch from started_at - run_at)::float8 * 1000 from jobs.finished_job
        where run_at > created_at",
    )
    .fetch_all(&db.pool)
    .await
    .unwrap();
    late.sort_by(f64::total_cmp);
    assert_eq!(late.len(), 100);
    assert!(late[0] >= 0.0, "never early: {} ms", late[0]);
    // The median, because other tests run beside; `make bench-jobs` measures the p99.
    assert!(late[50] <= 20.0, "the median is late by {} ms", late[50]);
}

#[tokio::test]
async fn an_idle_pool_starts_a_job_when_woken_and_finds_it_by_polling_when_not() {
    let db = crate::database::Database::new().await;
    let lab = lab::Lab::new(&db);
    let settings = jobs::runtime::Settings { poll: Duration::from_secs(3), ..lab::settings() };
    let pools = lab::pools();
    let runtime = jobs::runtime::Runtime::new(
        db.pool.clone(),
        lab::catalogue(),
        lab.clone(),
        pools,
        settings,
    )
    .unwrap();
    let stop = CancellationToken::new();
    let token = stop.clone();
    let running = tokio::spawn(async move { runtime.run(token).await });
    let waker = Waker::new(&db);
    lab::enqueue(&db, &Work::note("polled")).await;
    lab.sees("polled").await;
    let woken = Instant::now();
    lab::enqueue(&db, &Work::note("woken")).await;
    waker.wake(lab::QUEUE);
    lab.sees("woken").await;
    assert!(woken.elapsed() < Duration::from_secs(1), "took {:?}", woken.elapsed());
    stop.cancel();
    running.await.unwrap();
}
