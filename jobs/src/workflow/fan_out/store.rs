//! Rows of items.

use serde_json::Value;
use sqlx::{PgConnection, query, query_scalar};
use uuid::Uuid;

use super::NewItem;
use crate::{JobId, RunId};

/// Which item of which step of which run.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'a> {
    pub run: RunId,
    pub step: &'a str,
    pub key: &'a str,
}

/// How many items have not ended; `None` before the list is decided.
pub(super) async fn open(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
) -> Result<Option<i32>, sqlx::Error> {
    query_scalar!("select items_open from jobs.step where run = $1 and name = $2", run.0, step)
        .fetch_one(conn)
        .await
}

pub(super) async fn insert(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
    items: &[NewItem],
    jobs: &[Uuid],
) -> Result<(), sqlx::Error> {
    let keys: Vec<&str> = items.iter().map(|item| item.key.as_str()).collect();
    let inputs: Vec<&Value> = items.iter().map(|item| &item.value).collect();
    query!(
        "insert into jobs.step_item (run, step, key, position, input, job)
        select $1, $2, key, position - 1, input, job
        from unnest($3::text[], $4::jsonb[], $5::uuid[])
            with ordinality as new (key, input, job, position)",
        run.0,
        step,
        &keys as _,
        &inputs as _,
        jobs
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn set_open(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
    items: usize,
) -> Result<(), sqlx::Error> {
    query!(
        "update jobs.step set items_open = $3, state = 'running', code = null, error = null,
            finished_at = null
        where run = $1 and name = $2",
        run.0,
        step,
        i32::try_from(items).unwrap_or(i32::MAX)
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Marks an item as under way and gives what it is; `None` when this job must not do it.
pub(super) async fn begin(
    conn: &mut PgConnection,
    at: At<'_>,
    job: JobId,
) -> Result<Option<Value>, sqlx::Error> {
    query_scalar!(
        "update jobs.step_item item set state = 'running', attempts = item.attempts + 1,
            started_at = coalesce(item.started_at, jobs.now())
        from jobs.run
        where run.id = item.run and run.state = 'running'
            and item.run = $1 and item.step = $2 and item.key = $3 and item.job = $4
            and item.state in ('pending', 'running')
        returning item.input",
        at.run.0,
        at.step,
        at.key,
        job.0
    )
    .fetch_optional(conn)
    .await
}

/// Shows the latest error of an item that will be tried again.
pub(super) async fn note_failure(
    conn: &mut PgConnection,
    at: At<'_>,
    job: JobId,
    code: Option<&str>,
    error: &str,
) -> Result<(), sqlx::Error> {
    query!(
        "update jobs.step_item set code = $5, error = $6
        where run = $1 and step = $2 and key = $3 and job = $4 and state = 'running'",
        at.run.0,
        at.step,
        at.key,
        job.0,
        code,
        error
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How an item ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct End<'a> {
    pub state: &'static str,
    pub output: Option<&'a Value>,
    pub code: Option<&'a str>,
    pub error: Option<&'a str>,
}

/// Ends an item; false when it has ended before or is another job's now.
pub(super) async fn end(
    conn: &mut PgConnection,
    at: At<'_>,
    job: JobId,
    end: End<'_>,
) -> Result<bool, sqlx::Error> {
    let ended = query!(
        "update jobs.step_item set state = $5, output = $6, code = $7, error = $8,
            finished_at = jobs.now()
        where run = $1 and step = $2 and key = $3 and job = $4
            and state in ('pending', 'running')",
        at.run.0,
        at.step,
        at.key,
        job.0,
        end.state,
        end.output,
        end.code,
        end.error
    )
    .execute(conn)
    .await?;
    Ok(ended.rows_affected() == 1)
}

/// Counts one item off, and says how many have not ended.
pub(super) async fn count_off(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
) -> Result<Option<i32>, sqlx::Error> {
    query_scalar!(
        "update jobs.step set items_open = items_open - 1
        where run = $1 and name = $2 returning items_open",
        run.0,
        step
    )
    .fetch_one(conn)
    .await
}

/// What the items handed on, in their order; `None` when not all of them completed.
pub(super) async fn joined(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
) -> Result<Option<Value>, sqlx::Error> {
    query_scalar!(
        r#"select case when bool_and(state = 'completed') is not false then
            coalesce(jsonb_agg(
                jsonb_build_object('key', key, 'output', coalesce(output, 'null'))
                order by position), '[]')
        end as joined
        from jobs.step_item where run = $1 and step = $2"#,
        run.0,
        step
    )
    .fetch_one(conn)
    .await
}

/// How many items there are, how many of them failed or were refused, and the first of those.
#[derive(Debug)]
pub(super) struct Toll {
    pub items: i64,
    pub failed: i64,
    pub refused: i64,
    pub key: String,
    pub code: Option<String>,
    pub error: Option<String>,
}

pub(super) async fn toll(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
) -> Result<Option<Toll>, sqlx::Error> {
    sqlx::query_as!(
        Toll,
        r#"select key, code, error, items as "items!", failed as "failed!", refused as "refused!"
        from (
            select key, code, error, state, position,
                count(*) over () as items,
                count(*) filter (where state = 'failed') over () as failed,
                count(*) filter (where state = 'refused') over () as refused
            from jobs.step_item where run = $1 and step = $2
        ) item
        where state in ('failed', 'refused')
        order by state, position
        limit 1"#,
        run.0,
        step
    )
    .fetch_optional(conn)
    .await
}

/// Whether the step has items that failed, were refused or were cancelled.
pub(crate) async fn is_incomplete(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
) -> Result<bool, sqlx::Error> {
    query_scalar!(
        r#"select exists (
            select from jobs.step_item where run = $1 and step = $2 and state <> 'completed'
        ) as "incomplete!""#,
        run.0,
        step
    )
    .fetch_one(conn)
    .await
}

/// The keys of the items that neither completed nor were refused, in order.
pub(super) async fn unfinished(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
) -> Result<Vec<String>, sqlx::Error> {
    query_scalar!(
        "select key from jobs.step_item
        where run = $1 and step = $2 and state in ('pending', 'running', 'failed')
        order by position",
        run.0,
        step
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn hand_to(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
    keys: &[String],
    jobs: &[Uuid],
) -> Result<(), sqlx::Error> {
    query!(
        "update jobs.step_item item set state = 'pending', job = new.job, output = null,
            started_at = null, finished_at = null, code = null, error = null
        from unnest($3::text[], $4::uuid[]) as new (key, job)
        where item.run = $1 and item.step = $2 and item.key = new.key",
        run.0,
        step,
        keys,
        jobs
    )
    .execute(conn)
    .await?;
    Ok(())
}
