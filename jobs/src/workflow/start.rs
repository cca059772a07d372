//! Starting a run.

use sqlx::{PgConnection, query};

use super::{job_name, store::StepArgs};
use crate::{
    EnqueueError, JobId, RunId, WorkflowInput, attempt,
    enqueue::{NewJob, written},
    queue_store, trace,
};

/// Starts a run inside the caller's transaction; its first step is due at the commit.
pub async fn start<I: WorkflowInput>(
    tx: &mut PgConnection,
    input: &I,
) -> Result<RunId, EnqueueError> {
    let run = RunId::new();
    let input_json = serde_json::to_value(input)
        .map_err(|source| EnqueueError::Arguments { name: I::NAME, source })?;
    let tags = written(&input.tags());
    let traceparent = trace::current();
    query!(
        "insert into jobs.run (
            id, name, version, queue, subject, input, tags, traceparent, started_by, created_at,
            updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, jobs.now(), jobs.now())",
        run.0,
        I::NAME,
        i32::try_from(I::VERSION).unwrap_or(i32::MAX),
        I::QUEUE.name(),
        input.subject(),
        input_json,
        tags.as_deref(),
        traceparent,
        attempt::current_job().map(|job| job.0),
    )
    .execute(&mut *tx)
    .await?;
    queue_store::insert_one(tx, first_job::<I>(run, tags, traceparent)).await?;
    Ok(run)
}

/// The run's first job names no step: only the definition knows which comes first.
fn first_job<I: WorkflowInput>(
    run: RunId,
    tags: Option<Vec<String>>,
    traceparent: Option<String>,
) -> NewJob {
    let policy = I::policy();
    NewJob {
        id: JobId::new(),
        queue: I::QUEUE.name().to_owned(),
        name: job_name(I::NAME, I::VERSION),
        priority: policy.priority.rank(),
        max_attempts: policy.max_attempts(),
        run_at: None,
        args: StepArgs { run, step: None, item: None }.to_json(),
        tags,
        traceparent,
        unique_key: None,
        unique_within: None,
        run: Some(run.0),
    }
}
