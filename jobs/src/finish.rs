//! Moving jobs from the hot table to history, fenced by the session that holds them.
//!
//! Lock order everywhere: a unique key before its job, a run before its jobs.

use std::sync::Arc;

use sqlx::{PgConnection, query, query_scalar};
use uuid::Uuid;

use crate::JobId;

/// A job, and who must hold it.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub job: JobId,
    /// `None`: nobody runs it.
    pub session: Option<i64>,
    pub unique_key: Option<Arc<str>>,
}

/// How a job ends for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ending<'a> {
    pub state: &'static str,
    pub code: Option<&'a str>,
    pub error: Option<&'a str>,
}

impl Ending<'static> {
    pub const fn completed() -> Self {
        Self { state: "completed", code: None, error: None }
    }

    pub const fn cancelled() -> Self {
        Self { state: "cancelled", code: None, error: None }
    }
}

impl<'a> Ending<'a> {
    pub const fn dead(code: Option<&'a str>, error: &'a str) -> Self {
        Self { state: "dead", code, error: Some(error) }
    }
}

/// Moves one job to history. False when its session no longer holds it.
pub(crate) async fn one(
    conn: &mut PgConnection,
    held: &Held,
    ending: &Ending<'_>,
) -> Result<bool, sqlx::Error> {
    if let Some(key) = &held.unique_key {
        query!("select 1 as one from jobs.unique_key where key = $1 for update", key.as_ref())
            .fetch_optional(&mut *conn)
            .await?;
    }
    let gone = query_scalar!(
        r#"
        with gone as (
            delete from jobs.job where id = $1 and session is not distinct from $2 returning *
        ), kept as (
            insert into jobs.finished_job (
                id, queue, name, state, priority, run_at, created_at, started_at, finished_at,
                session, attempt, attempts_before, max_attempts, args, tags, traceparent,
                unique_key, run, code, error)
            select id, queue, name, $3, priority, run_at, created_at, started_at, jobs.now(),
                session, attempt, attempts_before, max_attempts, args, tags, traceparent,
                unique_key, run, $4, $5
            from gone
        ), again as (
            insert into jobs.job (
                id, queue, name, priority, run_at, created_at, max_attempts, args, tags,
                traceparent, unique_key, run)
            select $6, queue, name, priority, jobs.now(), jobs.now(), max_attempts, args, tags,
                traceparent, unique_key, run
            from gone where run_again
        ), moved as (
            update jobs.unique_key k set job = $6
            from gone where k.key = gone.unique_key and k.job = gone.id and gone.run_again
        ), freed as (
            delete from jobs.unique_key k using gone
            where k.key = gone.unique_key and k.job = gone.id
                and k.expires_at is null and not gone.run_again
        )
        select count(*) as "count!" from gone
        "#,
        held.job.0,
        held.session,
        ending.state,
        ending.code,
        ending.error,
        Uuid::now_v7(),
    )
    .fetch_one(conn)
    .await?;
    Ok(gone == 1)
}
