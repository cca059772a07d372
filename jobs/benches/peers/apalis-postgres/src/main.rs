//! apalis-postgres as it ships: `peer-apalis-postgres <database url> <count>` prints one JSON line.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Instant,
};

use apalis::{layers::WorkerBuilderExt, prelude::*};
use apalis_postgres::{Config, PgPool, PostgresStorage};

/// Its batch and concurrency, the best of those that were tried.
const AT_ONCE: usize = 500;
const QUEUE: &str = "bench";

#[tokio::main]
async fn main() -> Result<(), BoxDynError> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().ok_or("the first argument is the database's address")?;
    let count: usize = arguments.next().ok_or("the second argument is a count")?.parse()?;
    let pool = PgPool::connect(&url).await?;
    PostgresStorage::setup(&pool).await?;
    fill(&pool, count).await?;

    let config = Config::default().queue(QUEUE).batch_size(AT_ONCE);
    let backend = PostgresStorage::<usize>::new(&pool).with_config(config);
    let left = Arc::new(AtomicUsize::new(count));
    let began = Instant::now();
    let worker =
        WorkerBuilder::new("bench").backend(backend).data(left).concurrency(AT_ONCE).build(noop);
    worker.run().await?;
    let seconds = began.elapsed().as_secs_f64();
    println!(r#"{{"version":"1.0.0","seconds":{seconds}}}"#);
    Ok(())
}

async fn noop(
    _: usize,
    left: Data<Arc<AtomicUsize>>,
    worker: WorkerContext,
) -> Result<(), BoxDynError> {
    if left.fetch_sub(1, Relaxed) == 1 {
        worker.stop()?;
    }
    Ok(())
}

async fn fill(pool: &PgPool, count: usize) -> Result<(), BoxDynError> {
    let mut tx = pool.begin().await?;
    let numbers: Vec<usize> = (0..count).collect();
    for chunk in numbers.chunks(1000) {
        let tasks = chunk
            .iter()
            .map(|n| Ok(TaskBuilder::new(serde_json::to_vec(n)?).build()))
            .collect::<Result<Vec<_>, serde_json::Error>>()?;
        apalis_postgres::queries::push_tasks(&mut *tx, QUEUE, tasks).await?;
    }
    tx.commit().await?;
    sqlx::query("vacuum analyze").execute(pool).await?;
    Ok(())
}
