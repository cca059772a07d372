//! How fast a backlog of jobs that do nothing is drained.

use std::time::Instant;

use sqlx::Executor;

use crate::{
    Result,
    databases::Database,
    ours, peers,
    report::{Report, median},
};

const JOBS: usize = 100_000;
/// apalis-postgres is an order of magnitude slower; it gets fewer jobs, so that a run ends.
const JOBS_OF_APALIS: usize = 20_000;
const ROUNDS: usize = 3;
/// Slots of our pool: one fetch takes as many jobs as there are free.
const CONCURRENCY: usize = 500;

pub async fn measure(report: &mut Report) -> Result<()> {
    let graphile = peers::graphile_worker().await?;
    let apalis = peers::apalis_postgres().await?;
    let (mut mine, mut theirs, mut loops, mut stock) = (vec![], vec![], vec![], vec![]);
    let mut version = String::new();
    for round in 1..=ROUNDS {
        mine.push(ours_per_second().await?);
        let database = Database::new().await?;
        let figures = peers::run_graphile_worker(&graphile, "drain", &database.url, JOBS).await?;
        database.drop().await?;
        theirs.push(per_second(JOBS, figures.seconds));
        version = figures.version;
        loops.push(server_side_loop().await?);
        let database = Database::new().await?;
        let figures = peers::run_apalis_postgres(&apalis, &database.url, JOBS_OF_APALIS).await?;
        database.drop().await?;
        stock.push(per_second(JOBS_OF_APALIS, figures.seconds));
        eprintln!("round {round} of {ROUNDS}: {mine:.0?} {theirs:.0?} {loops:.0?} {stock:.0?}");
    }
    let mine = median(&mine);
    let unit = "jobs/s";
    let graphile = format!(
        "graphile-worker {version} (npm), localQueue 500, completeJobBatchDelay 100 ms, concurrency 24"
    );
    report.add("jobs_drain_100k", mine, median(&theirs), unit, &graphile);
    let in_server = "plpgsql loop of the same statements in batches of 500, no client";
    report.add("jobs_drain_100k_vs_server_side_loop", mine, median(&loops), unit, in_server);
    let apalis = "apalis-postgres 1.0.0 as it ships, batch and concurrency 500, 20k jobs";
    report.add("jobs_drain_vs_apalis_postgres", mine, median(&stock), unit, apalis);
    Ok(())
}

async fn ours_per_second() -> Result<f64> {
    let (database, pool) = Database::migrated().await?;
    ours::fill(&pool, JOBS).await?;
    let took = ours::drain(&pool, JOBS, CONCURRENCY).await?;
    pool.close().await;
    database.drop().await?;
    Ok(per_second(JOBS, took.as_secs_f64()))
}

async fn server_side_loop() -> Result<f64> {
    let (database, pool) = Database::migrated().await?;
    ours::fill(&pool, JOBS).await?;
    pool.execute(include_str!("../peers/drain.sql")).await?;
    let began = Instant::now();
    pool.execute("call drain()").await?;
    let took = began.elapsed().as_secs_f64();
    pool.close().await;
    database.drop().await?;
    Ok(per_second(JOBS, took))
}

#[expect(clippy::cast_precision_loss, reason = "a hundred thousand fits a float")]
fn per_second(jobs: usize, seconds: f64) -> f64 {
    jobs as f64 / seconds
}
