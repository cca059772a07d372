//! Moving a run on, in the transaction that completes a step.

use serde_json::Value;
use sqlx::{PgConnection, query, query_scalar};

use super::{
    outline::{Kind, Outline, StepOutline},
    store::{self, LockedRun, StepArgs},
};
use crate::{
    JobId, RunId,
    enqueue::{NewJob, RunAt},
    finish::{self, Ending, Held},
    queue_store,
};

/// Finishes the step's job, records its output and enqueues what follows. False when the caller
/// no longer holds the job, or its run has ended.
pub(super) async fn complete(
    conn: &mut PgConnection,
    held: &Held,
    run: RunId,
    step: &str,
    output: &Value,
    outline: &Outline,
) -> Result<bool, sqlx::Error> {
    let Some(locked) = store::lock_run(conn, run).await? else { return Ok(false) };
    if locked.state != "running"
        || !store::is_executed_by(conn, run, step, held.job).await?
        || !finish::one(conn, held, &Ending::completed()).await?
    {
        return Ok(false);
    }
    store::mark_completed(conn, run, step, output).await?;
    onward(conn, run, &locked, outline).await?;
    Ok(true)
}

/// Enqueues the first step that is not completed, parks the run at a wait, or completes the run.
/// The caller holds the run's lock.
pub(super) async fn onward(
    conn: &mut PgConnection,
    run: RunId,
    locked: &LockedRun,
    outline: &Outline,
) -> Result<(), sqlx::Error> {
    loop {
        let Some(name) = next_step(conn, run).await? else {
            return complete_run(conn, run).await;
        };
        let Some(next) = outline.step(&name) else {
            return Err(sqlx::Error::Protocol(format!(
                "run {run} has a step `{name}` that {} does not define",
                outline.job_name
            )));
        };
        let Kind::Wait(deadline) = next.kind else {
            let job = step_job(run, locked, outline, next, None);
            return hand_to(conn, run, next, job).await;
        };
        let Some(payload) = store::take_signal(conn, run, next.name).await? else {
            let timer = step_job(run, locked, outline, next, Some(RunAt::After(deadline)));
            return park(conn, run, next, timer).await;
        };
        store::mark_completed(conn, run, next.name, &payload).await?;
    }
}

async fn next_step(conn: &mut PgConnection, run: RunId) -> Result<Option<String>, sqlx::Error> {
    query_scalar!(
        "select name from jobs.step where run = $1 and state <> 'completed'
        order by position limit 1",
        run.0
    )
    .fetch_optional(conn)
    .await
}

async fn complete_run(conn: &mut PgConnection, run: RunId) -> Result<(), sqlx::Error> {
    query!(
        "update jobs.run set state = 'completed', step = null, code = null, error = null,
            updated_at = jobs.now(), finished_at = jobs.now()
        where id = $1",
        run.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn hand_to(
    conn: &mut PgConnection,
    run: RunId,
    step: &StepOutline,
    job: NewJob,
) -> Result<(), sqlx::Error> {
    query!(
        "update jobs.step set state = 'pending', job = $3, code = null, error = null
        where run = $1 and name = $2",
        run.0,
        step.name,
        job.id.0
    )
    .execute(&mut *conn)
    .await?;
    set_state(conn, run, "running", step.name).await?;
    insert(conn, job).await
}

async fn park(
    conn: &mut PgConnection,
    run: RunId,
    step: &StepOutline,
    timer: NewJob,
) -> Result<(), sqlx::Error> {
    let timer_id = timer.id.0;
    insert(conn, timer).await?;
    query!(
        "update jobs.step set state = 'waiting', job = $3, started_at = jobs.now(),
            deadline_at = (select run_at from jobs.job where id = $3), code = null, error = null
        where run = $1 and name = $2",
        run.0,
        step.name,
        timer_id
    )
    .execute(&mut *conn)
    .await?;
    set_state(conn, run, "waiting", step.name).await
}

pub(super) async fn set_state(
    conn: &mut PgConnection,
    run: RunId,
    state: &str,
    step: &str,
) -> Result<(), sqlx::Error> {
    query!(
        "update jobs.run set state = $2, step = $3, updated_at = jobs.now() where id = $1",
        run.0,
        state,
        step
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn insert(conn: &mut PgConnection, job: NewJob) -> Result<(), sqlx::Error> {
    // Its arguments are written already and it has no unique key, so only the database can fail.
    queue_store::insert(conn, vec![job]).await
}

pub(super) fn step_job(
    run: RunId,
    locked: &LockedRun,
    outline: &Outline,
    step: &StepOutline,
    run_at: Option<RunAt>,
) -> NewJob {
    NewJob {
        id: JobId::new(),
        queue: step.queue.to_owned(),
        name: outline.job_name.clone(),
        priority: step.policy.priority.rank(),
        max_attempts: step.policy.max_attempts(),
        run_at,
        args: StepArgs::of_step(run, step.name).to_json(),
        tags: locked.tags.clone(),
        traceparent: locked.traceparent.clone(),
        unique_key: None,
        unique_within: None,
        run: Some(run.0),
    }
}
