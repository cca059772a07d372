//! The processes that run jobs.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::{PgConnection, query};

use crate::clock::duration;

/// A process that runs jobs, or did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionView {
    /// Its number; a process that missed its lease goes on under a new one.
    pub id: i64,
    /// Host and process id.
    pub process: String,
    /// The pools it runs.
    pub pools: Vec<String>,
    /// The program's version.
    pub version: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it last said that it lives.
    pub seen_at: DateTime<Utc>,
    /// For how long it said nothing.
    pub silent_for: Duration,
    /// How long it may say nothing before its jobs are given to others.
    pub lease: Duration,
    /// When it stopped or was given up.
    pub ended_at: Option<DateTime<Utc>>,
    /// `stopped` or `lost`.
    pub end_reason: Option<String>,
    /// Jobs that it runs now.
    pub running: i64,
}

/// The processes that live, and those that ended within the last day; the newest first, at most
/// 200.
pub async fn sessions(conn: &mut PgConnection) -> Result<Vec<SessionView>, sqlx::Error> {
    let rows = query!(
        r#"
        with running as (
            select session, count(*) as jobs from jobs.job where session is not null group by session
        )
        select id, process, pools, version, started_at, seen_at, lease, ended_at, end_reason,
            greatest(clock_timestamp() - seen_at, interval '0') as "silent_for!",
            coalesce(running.jobs, 0) as "running!"
        from jobs.session left join running on running.session = session.id
        where ended_at is null or ended_at > now() - interval '1 day'
        order by id desc limit 200
        "#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| SessionView {
            id: row.id,
            process: row.process,
            pools: row.pools,
            version: row.version,
            started_at: row.started_at,
            seen_at: row.seen_at,
            silent_for: duration(&row.silent_for),
            lease: duration(&row.lease),
            ended_at: row.ended_at,
            end_reason: row.end_reason,
            running: row.running,
        })
        .collect())
}
