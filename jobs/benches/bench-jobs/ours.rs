//! Our side: a job that does nothing, and a runtime with everything on.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use jobs::{
    Attempt, Catalogue, Failure, Job, Outcome, Queue,
    runtime::{Pool, Runtime, Settings},
};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::Result;

pub const QUEUE: Queue = Queue::new("bench");

/// Does nothing, and says when.
#[derive(Debug, Serialize, Deserialize)]
pub struct Noop {
    pub n: usize,
}

/// Counts what is done.
pub struct Counter {
    left: AtomicUsize,
    pub all_done: CancellationToken,
    pub started: mpsc::UnboundedSender<Instant>,
}

impl Job<Counter> for Noop {
    const NAME: &'static str = "bench.noop";
    const QUEUE: Queue = QUEUE;
    const ABOUT: &'static str = "Does nothing.";
    const RUNBOOK: &'static str = "none";

    async fn run(self, counter: &Counter, _: &Attempt) -> std::result::Result<Outcome, Failure> {
        // Nobody listens while throughput is measured.
        let _ = counter.started.send(Instant::now());
        if counter.left.fetch_sub(1, Relaxed) == 1 {
            counter.all_done.cancel();
        }
        Ok(Outcome::Done)
    }
}

/// A runtime that is done after this many jobs.
pub fn runtime(
    db: &PgPool,
    jobs: usize,
    concurrency: usize,
) -> Result<(Runtime<Counter>, Arc<Counter>, mpsc::UnboundedReceiver<Instant>)> {
    let (started, starts) = mpsc::unbounded_channel();
    let left = AtomicUsize::new(jobs);
    let counter = Arc::new(Counter { left, all_done: CancellationToken::new(), started });
    let pools = vec![Pool::new("bench").queue(QUEUE).concurrency(concurrency)];
    let catalogue = Catalogue::new().job::<Noop>();
    let settings = Settings::default();
    let runtime = Runtime::new(db.clone(), catalogue, counter.clone(), pools, settings)?;
    Ok((runtime, counter, starts))
}

/// Enqueues this many jobs, in transactions of a thousand.
pub async fn fill(db: &PgPool, jobs: usize) -> Result<()> {
    let numbers: Vec<usize> = (0..jobs).collect();
    for chunk in numbers.chunks(1000) {
        let batch: Vec<Noop> = chunk.iter().map(|n| Noop { n: *n }).collect();
        jobs::enqueue_many(&mut *db.acquire().await?, &batch).await?;
    }
    sqlx::query("vacuum analyze jobs.job").execute(db).await?;
    Ok(())
}

/// Runs until all jobs are done and acknowledged. The runtime's start and stop count.
pub async fn drain(db: &PgPool, jobs: usize, concurrency: usize) -> Result<Duration> {
    let (runtime, counter, starts) = runtime(db, jobs, concurrency)?;
    drop(starts);
    let began = Instant::now();
    runtime.run(counter.all_done.clone()).await;
    let took = began.elapsed();
    let kept: i64 = sqlx::query_scalar(
        "select count(*) from jobs.finished_job where state = 'completed' and attempt = 1",
    )
    .fetch_one(db)
    .await?;
    if usize::try_from(kept)? == jobs {
        Ok(took)
    } else {
        Err(format!("{kept} of {jobs} done").into())
    }
}
