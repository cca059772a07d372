//! Business time: the database's clock plus an offset that only tests move.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, postgres::types::PgInterval, query, query_scalar};

/// The time in this database. Constant within a transaction, like SQL's `now()`.
pub async fn now(conn: &mut PgConnection) -> Result<DateTime<Utc>, sqlx::Error> {
    query_scalar!(r#"select jobs.now() as "now!""#).fetch_one(conn).await
}

/// Moves this database's business time forward and wakes every pool. For tests.
pub async fn advance(conn: &mut PgConnection, by: Duration) -> Result<(), sqlx::Error> {
    query!("update jobs.clock set ahead = ahead + $1", interval(by)).execute(&mut *conn).await?;
    query!("select pg_notify('jobs_wake', '*')").execute(conn).await?;
    Ok(())
}

/// Moves business time forward to the moment when the next waiting job is due, and says how far
/// that was; `None` when no job waits for its time. For tests.
pub async fn advance_to_next_due(conn: &mut PgConnection) -> Result<Option<Duration>, sqlx::Error> {
    let ahead = query_scalar!(
        r#"select min(run_at) - jobs.now() from jobs.job where session is null and run_at > jobs.now()"#
    )
    .fetch_one(&mut *conn)
    .await?;
    let Some(ahead) = ahead else { return Ok(None) };
    let ahead = duration(&ahead) + Duration::from_millis(1);
    advance(conn, ahead).await?;
    Ok(Some(ahead))
}

/// As Postgres writes it; months and years do not occur in ours.
pub(crate) fn interval(duration: Duration) -> PgInterval {
    let microseconds = i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
    PgInterval { months: 0, days: 0, microseconds }
}

/// Of a difference between two timestamps, which has days and microseconds only; never negative.
pub(crate) fn duration(interval: &PgInterval) -> Duration {
    const DAY: i64 = 24 * 60 * 60 * 1_000_000;
    let microseconds = i64::from(interval.days) * DAY + interval.microseconds;
    Duration::from_micros(u64::try_from(microseconds).unwrap_or(0))
}
