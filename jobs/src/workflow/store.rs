//! Rows of runs and steps.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{PgConnection, query, query_as, query_scalar};

use super::outline::Outline;
use crate::{JobId, RunId};

/// The arguments of a job that advances a run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StepArgs {
    pub run: RunId,
    /// `None` for the first step of the definition.
    pub step: Option<String>,
    /// The item of a step that fanned out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
}

impl StepArgs {
    /// Of the job that executes a whole step, or decides its items.
    pub fn of_step(run: RunId, step: impl Into<String>) -> Self {
        Self { run, step: Some(step.into()), item: None }
    }

    pub fn to_json(&self) -> String {
        serde_json::json!(self).to_string()
    }
}

/// A run, for as long as the transaction holds its lock.
#[derive(Debug)]
pub(crate) struct LockedRun {
    pub state: String,
    pub tags: Option<Vec<String>>,
    pub traceparent: Option<String>,
}

pub(crate) async fn lock_run(
    conn: &mut PgConnection,
    run: RunId,
) -> Result<Option<LockedRun>, sqlx::Error> {
    query_as!(
        LockedRun,
        "select state, tags, traceparent from jobs.run where id = $1 for update",
        run.0
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn input(
    conn: &mut PgConnection,
    run: RunId,
) -> Result<Option<Value>, sqlx::Error> {
    query_scalar!("select input from jobs.run where id = $1", run.0).fetch_optional(conn).await
}

/// Writes the definition's steps down, so that people see from the start what will happen.
pub(super) async fn lay_out(
    conn: &mut PgConnection,
    run: RunId,
    outline: &Outline,
) -> Result<(), sqlx::Error> {
    let steps = &outline.steps;
    let names: Vec<String> = steps.iter().map(|step| step.name.to_owned()).collect();
    let kinds: Vec<String> = steps.iter().map(|step| step.kind.as_str().to_owned()).collect();
    let queues: Vec<String> = steps.iter().map(|step| step.queue.to_owned()).collect();
    let priorities: Vec<i16> = steps.iter().map(|step| step.policy.priority.rank()).collect();
    let attempts: Vec<i16> = steps.iter().map(|step| step.policy.max_attempts()).collect();
    query!(
        "insert into jobs.step (run, name, kind, queue, priority, max_attempts, position)
        select $1, name, kind, queue, priority, max_attempts, position - 1
        from unnest($2::text[], $3::text[], $4::text[], $5::int2[], $6::int2[])
            with ordinality as s (name, kind, queue, priority, max_attempts, position)
        on conflict do nothing",
        run.0,
        &names,
        &kinds,
        &queues,
        &priorities,
        &attempts
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What the earlier steps handed on.
pub(super) async fn outputs(
    conn: &mut PgConnection,
    run: RunId,
) -> Result<HashMap<String, Value>, sqlx::Error> {
    let rows = query!(
        r#"select name, coalesce(output, 'null') as "output!" from jobs.step
        where run = $1 and state = 'completed'"#,
        run.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.output)).collect())
}

/// Marks a step as under way. False when it must not run: it is completed, or its run has ended.
pub(super) async fn begin(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
    job: JobId,
) -> Result<bool, sqlx::Error> {
    let begun = query!(
        "update jobs.step set state = 'running', attempts = attempts + 1, job = $3,
            started_at = coalesce(started_at, jobs.now()), input = coalesce(step.input, run.input)
        from jobs.run
        where run.id = step.run and run.state = 'running'
            and step.run = $1 and step.name = $2 and step.state in ('pending', 'running')",
        run.0,
        step,
        job.0
    )
    .execute(&mut *conn)
    .await?;
    if begun.rows_affected() == 1 {
        query!("update jobs.run set step = $2, updated_at = jobs.now() where id = $1", run.0, step)
            .execute(conn)
            .await?;
    }
    Ok(begun.rows_affected() == 1)
}

/// Shows the latest error of a step that will be tried again.
pub(super) async fn note_failure(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
    code: Option<&str>,
    error: &str,
) -> Result<(), sqlx::Error> {
    query!(
        "update jobs.step set code = $3, error = $4
        where run = $1 and name = $2 and state = 'running'",
        run.0,
        step,
        code,
        error
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether this job is the one that has begun the step, and the step has not ended since. Asked
/// under the run's lock: after a cancellation and a retry, an older job may still be under way.
pub(super) async fn is_executed_by(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
    job: JobId,
) -> Result<bool, sqlx::Error> {
    query_scalar!(
        r#"select exists (
            select from jobs.step
            where run = $1 and name = $2 and job = $3 and state = 'running'
        ) as "executed!""#,
        run.0,
        step,
        job.0
    )
    .fetch_one(conn)
    .await
}

/// Whether a step that this job gave up is under way all the same: after a cancellation and a retry
/// another job executes it, or jobs of its items do. Asked under the run's lock.
pub(super) async fn is_superseded(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
    job: JobId,
) -> Result<bool, sqlx::Error> {
    query_scalar!(
        r#"select exists (
            select from jobs.step left join jobs.job on job.id = step.job
            where step.run = $1 and step.name = $2
                and (step.items_open > 0 or job.id <> $3)
        ) as "superseded!""#,
        run.0,
        step,
        job.0
    )
    .fetch_one(conn)
    .await
}

/// Hands a step over to another job.
pub(crate) async fn set_executor(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
    job: JobId,
) -> Result<(), sqlx::Error> {
    query!("update jobs.step set job = $3 where run = $1 and name = $2", run.0, step, job.0)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn mark_completed(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
    output: &Value,
) -> Result<(), sqlx::Error> {
    query!(
        "update jobs.step set state = 'completed', output = $3, finished_at = jobs.now(),
            started_at = coalesce(started_at, jobs.now()), code = null, error = null
        where run = $1 and name = $2",
        run.0,
        step,
        output
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The oldest signal of this name that no wait has taken yet; taken by this call.
pub(super) async fn take_signal(
    conn: &mut PgConnection,
    run: RunId,
    name: &str,
) -> Result<Option<Value>, sqlx::Error> {
    query_scalar!(
        "update jobs.signal set consumed_at = jobs.now()
        where (run, name, dedupe_key) = (
            select run, name, dedupe_key from jobs.signal
            where run = $1 and name = $2 and consumed_at is null
            order by received_at, dedupe_key limit 1)
        returning payload",
        run.0,
        name
    )
    .fetch_optional(conn)
    .await
}
