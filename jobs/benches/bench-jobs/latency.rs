//! How long a job waits for an idle pool, its enqueuing and commit included.

use std::time::{Duration, Instant};

use jobs::Waker;
use tokio::time::sleep;

use crate::{
    Result,
    databases::Database,
    ours::{self, Noop},
    peers,
    report::{Report, percentile},
};

const SAMPLES: usize = 300;
const WARM_UP: usize = 20;
const ROUNDS: usize = 3;

pub async fn measure(report: &mut Report) -> Result<()> {
    let graphile = peers::graphile_worker().await?;
    let (mut mine, mut theirs) = (vec![], vec![]);
    let mut version = String::new();
    for _ in 0..ROUNDS {
        mine.extend(our_latencies().await?);
        let database = Database::new().await?;
        let figures =
            peers::run_graphile_worker(&graphile, "latency", &database.url, SAMPLES).await?;
        database.drop().await?;
        theirs.extend(figures.milliseconds);
        version = figures.version;
    }
    let peer = format!("graphile-worker {version} (npm), concurrency 24, LISTEN/NOTIFY");
    for percent in [50, 99] {
        let name = format!("jobs_pickup_latency_p{percent}");
        let (mine, theirs) = (percentile(&mine, percent), percentile(&theirs, percent));
        report.add(&name, mine, theirs, "ms", &peer);
    }
    Ok(())
}

async fn our_latencies() -> Result<Vec<f64>> {
    let (database, pool) = Database::migrated().await?;
    let (runtime, counter, mut starts) = ours::runtime(&pool, usize::MAX, 24)?;
    let stop = counter.all_done.clone();
    let running = tokio::spawn(async move { runtime.run(stop).await });
    let waker = Waker::new(&pool);
    let mut connection = pool.acquire().await?;
    let mut milliseconds = Vec::new();
    for n in 0..SAMPLES + WARM_UP {
        sleep(Duration::from_millis(10 + (n as u64 % 7))).await;
        let began = Instant::now();
        jobs::enqueue(&mut connection, &Noop { n }).await?;
        waker.wake(ours::QUEUE);
        let started = starts.recv().await.ok_or("the runtime ended")?;
        milliseconds.push((started - began).as_secs_f64() * 1000.0);
    }
    counter.all_done.cancel();
    running.await?;
    drop(connection);
    pool.close().await;
    database.drop().await?;
    Ok(milliseconds.split_off(WARM_UP))
}
