//! How late delayed jobs start on an idle pool.

use std::time::Duration;

use jobs::Waker;

use crate::{
    Result,
    databases::Database,
    ours::{self, Noop},
    report::{Report, percentile},
};

const SAMPLES: usize = 300;
/// What is promised, in milliseconds.
const LIMIT: f64 = 20.0;

pub async fn measure(report: &mut Report) -> Result<()> {
    let (database, pool) = Database::migrated().await?;
    let (runtime, counter, starts) = ours::runtime(&pool, SAMPLES, 24)?;
    drop(starts);
    let stop = counter.all_done.clone();
    let running = tokio::spawn(async move { runtime.run(stop).await });
    let mut connection = pool.acquire().await?;
    for n in 0..SAMPLES {
        let wait = Duration::from_millis(500 + 17 * n as u64);
        jobs::enqueue_in(&mut connection, &Noop { n }, wait).await?;
    }
    Waker::new(&pool).wake(ours::QUEUE);
    running.await?;
    let late: Vec<f64> = sqlx::query_scalar(
        "select extract(epoch from started_at - run_at)::float8 * 1000 from jobs.finished_job",
    )
    .fetch_all(&mut *connection)
    .await?;
    if late.iter().any(|late| *late < 0.0) {
        return Err("a delayed job started early".into());
    }
    let peer = "the promised limit";
    report.add("jobs_delayed_lateness_p50", percentile(&late, 50), LIMIT, "ms", peer);
    report.add("jobs_delayed_lateness_p99", percentile(&late, 99), LIMIT, "ms", peer);
    drop(connection);
    pool.close().await;
    database.drop().await
}
