//! Keeping history as long as each job's policy says, and no longer.

use std::time::Duration;

use sqlx::{PgConnection, PgPool, query, query_scalar};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{Runtime, connections::keeping};
use crate::{Catalogue, Retention, clock::interval};

const EVERY: Duration = Duration::from_mins(10);
/// Rows deleted by one statement, so that none holds its locks for long.
const CHUNK: i64 = 5_000;
/// Firings of a schedule that are kept.
const FIRINGS: i64 = 200;

impl<S: Send + Sync + 'static> Runtime<S> {
    /// Deletes what is older than its retention, as every process does every ten minutes. Says
    /// how many jobs and runs went.
    pub async fn sweep_history(&self) -> Result<u64, sqlx::Error> {
        sweep(keeping(&self.db).open().await?, &self.catalogue).await
    }
}

/// Sweeps until stopped.
pub(super) async fn keep<S: Send + Sync + 'static>(
    db: PgPool,
    catalogue: &Catalogue<S>,
    stop: CancellationToken,
) {
    let mut line = keeping(&db);
    while stop.run_until_cancelled(sleep(EVERY)).await.is_some() {
        let swept = match line.open().await {
            Ok(conn) => sweep(conn, catalogue).await,
            Err(error) => Err(error),
        };
        match swept {
            Ok(0) => line.well(),
            Ok(rows) => tracing::info!(rows, "swept history that was older than its retention"),
            Err(error) => {
                tracing::warn!(%error, "sweeping failed; it goes on at its next turn");
                line.broke();
            }
        }
    }
}

/// Unless another process is at it.
async fn sweep<S: Send + Sync + 'static>(
    conn: &mut PgConnection,
    catalogue: &Catalogue<S>,
) -> Result<u64, sqlx::Error> {
    let mine = query_scalar!(
        r#"select pg_try_advisory_lock(hashtextextended('jobs.sweep', 0)) as "mine!""#
    )
    .fetch_one(&mut *conn)
    .await?;
    if !mine {
        return Ok(0);
    }
    let swept = sweep_all(conn, catalogue).await;
    query_scalar!("select pg_advisory_unlock(hashtextextended('jobs.sweep', 0))")
        .fetch_one(conn)
        .await?;
    swept
}

async fn sweep_all<S: Send + Sync + 'static>(
    conn: &mut PgConnection,
    catalogue: &Catalogue<S>,
) -> Result<u64, sqlx::Error> {
    let mut swept = 0;
    let mut known = Vec::new();
    for listing in catalogue.listings() {
        let names = [listing.name.clone()];
        swept += sweep_names(conn, &names, false, listing.policy.retention).await?;
        known.push(listing.name.clone());
    }
    // Jobs that this program does not know keep the default.
    swept += sweep_names(conn, &known, true, Retention::default()).await?;
    query!("delete from jobs.unique_key where expires_at <= jobs.now()")
        .execute(&mut *conn)
        .await?;
    query!(
        "delete from jobs.firing where (kind <> 'by_hand' or job is not null) and id <= (
            select id from jobs.firing newer where newer.schedule = firing.schedule
            order by id desc offset $1 limit 1)",
        FIRINGS
    )
    .execute(&mut *conn)
    .await?;
    query!("delete from jobs.session where settled_at < now() - interval '100 days'")
        .execute(&mut *conn)
        .await?;
    query!("delete from jobs.cancellation where requested_at < now() - interval '1 day'")
        .execute(&mut *conn)
        .await?;
    Ok(swept)
}

/// Sweeps the jobs and runs of these names, or of all others.
async fn sweep_names(
    conn: &mut PgConnection,
    names: &[String],
    others: bool,
    retention: Retention,
) -> Result<u64, sqlx::Error> {
    let mut swept = 0;
    for (states, kept) in [
        (["completed", "cancelled", "refused"].as_slice(), retention.finished),
        (["dead", "failed"].as_slice(), retention.dead),
    ] {
        let states: Vec<String> = states.iter().map(|state| (*state).to_owned()).collect();
        loop {
            let jobs = sweep_jobs(conn, names, others, &states, kept).await?;
            swept += jobs;
            if jobs < CHUNK.unsigned_abs() {
                break;
            }
        }
        swept += sweep_runs(conn, names, others, &states, kept).await?;
    }
    Ok(swept)
}

async fn sweep_jobs(
    conn: &mut PgConnection,
    names: &[String],
    others: bool,
    states: &[String],
    kept: Duration,
) -> Result<u64, sqlx::Error> {
    let swept = query_scalar!(
        r#"
        with old as (
            delete from jobs.finished_job where ctid = any (array(
                select ctid from jobs.finished_job
                where (name = any ($1)) <> $2 and state = any ($3)
                    and finished_at < jobs.now() - $4::interval
                limit $5))
            returning id
        ), attempts as (
            delete from jobs.attempt using old where attempt.job = old.id
        )
        select count(*) as "count!" from old
        "#,
        names,
        others,
        states,
        interval(kept),
        CHUNK
    )
    .fetch_one(conn)
    .await?;
    Ok(swept.unsigned_abs())
}

async fn sweep_runs(
    conn: &mut PgConnection,
    names: &[String],
    others: bool,
    states: &[String],
    kept: Duration,
) -> Result<u64, sqlx::Error> {
    let swept = query!(
        "delete from jobs.run
        where ((name || '@' || version) = any ($1)) <> $2 and state = any ($3)
            and finished_at < jobs.now() - $4::interval",
        names,
        others,
        states,
        interval(kept)
    )
    .execute(conn)
    .await?;
    Ok(swept.rows_affected())
}
