use sqlx::{PgConnection, query, query_scalar};

use super::{SteerError, job::stop};
use crate::{
    JobId, RunId,
    enqueue::NewJob,
    finish::Held,
    queue_store,
    workflow::{StepArgs, is_incomplete, lock_run, redo_unfinished, set_executor},
};

/// How much of a run is done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// This step alone, with all its items; then the run goes on where it stood.
    Step(String),
    /// This step and all that follow it.
    StepAndAfter(String),
    /// The step that failed or is waited for, and all that follow it. Of a step that fanned out,
    /// only the items that did not complete.
    FailedAndAfter,
    /// Everything.
    All,
}

struct Target {
    name: String,
    position: i16,
    queue: String,
    priority: i16,
    max_attempts: i16,
}

/// Does (a part of) a run again. Allowed unless a step is due or under way just now, or the run's
/// input was refused.
///
/// Signals that came for waits that are done again are set aside, except for a wait at which the
/// run is resumed: a late signal still counts there.
pub async fn retry_run(tx: &mut PgConnection, run: RunId, from: &From) -> Result<(), SteerError> {
    let locked = lock_run(tx, run).await?.ok_or(SteerError::NoSuchRun(run))?;
    match locked.state.as_str() {
        "running" => return Err(SteerError::WrongState("running")),
        "refused" => return Err(SteerError::WrongState("refused")),
        _ => {}
    }
    let target = target(tx, run, from).await?;
    stop_jobs(tx, run).await?;
    let only_unfinished =
        *from == From::FailedAndAfter && is_incomplete(tx, run, &target.name).await?;
    reset_steps(tx, run, &target, from, only_unfinished).await?;
    query!(
        "update jobs.run set state = 'running', step = $2, code = null, error = null,
            updated_at = jobs.now(), finished_at = null
        where id = $1",
        run.0,
        target.name
    )
    .execute(&mut *tx)
    .await?;
    let job = step_job(tx, run, &target, locked.tags, locked.traceparent).await?;
    if only_unfinished && redo_unfinished(tx, run, &target.name, &job).await? {
        return Ok(());
    }
    set_executor(tx, run, &target.name, job.id).await?;
    queue_store::insert(tx, vec![job]).await?;
    Ok(())
}

/// Ends a run that is not completed; a step under way is stopped.
pub async fn cancel_run(tx: &mut PgConnection, run: RunId) -> Result<(), SteerError> {
    let locked = lock_run(tx, run).await?.ok_or(SteerError::NoSuchRun(run))?;
    match locked.state.as_str() {
        "completed" => return Err(SteerError::WrongState("completed")),
        "refused" => return Err(SteerError::WrongState("refused")),
        "cancelled" => return Err(SteerError::WrongState("cancelled")),
        _ => {}
    }
    stop_jobs(tx, run).await?;
    query!(
        "update jobs.run set state = 'cancelled', updated_at = jobs.now(), finished_at = jobs.now()
        where id = $1",
        run.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn target(tx: &mut PgConnection, run: RunId, from: &From) -> Result<Target, SteerError> {
    let wanted = match from {
        From::Step(name) | From::StepAndAfter(name) => Some(name.clone()),
        From::FailedAndAfter => {
            query_scalar!("select step from jobs.run where id = $1", run.0)
                .fetch_one(&mut *tx)
                .await?
        }
        From::All => None,
    };
    sqlx::query_as!(
        Target,
        "select name, position, queue, priority, max_attempts from jobs.step
        where run = $1 and ($2::text is null or name = $2) order by position limit 1",
        run.0,
        wanted
    )
    .fetch_optional(tx)
    .await?
    .ok_or_else(|| SteerError::NoSuchStep(wanted.unwrap_or_default()))
}

async fn stop_jobs(tx: &mut PgConnection, run: RunId) -> Result<(), SteerError> {
    let live =
        query_scalar!("select id from jobs.job where run = $1", run.0).fetch_all(&mut *tx).await?;
    for id in live {
        stop(tx, &Held { job: JobId(id), session: None, unique_key: None }).await?;
    }
    Ok(())
}

async fn reset_steps(
    tx: &mut PgConnection,
    run: RunId,
    target: &Target,
    from: &From,
    keep_items: bool,
) -> Result<(), sqlx::Error> {
    let only_it = matches!(from, From::Step(_));
    query!(
        "delete from jobs.step_item using jobs.step
        where step.run = $1 and step_item.run = $1 and step_item.step = step.name
            and ((step.position = $2 and not $4) or (step.position > $2 and not $3))",
        run.0,
        target.position,
        only_it,
        keep_items
    )
    .execute(&mut *tx)
    .await?;
    query!(
        "update jobs.step set state = 'pending', output = null, started_at = null,
            finished_at = null, deadline_at = null, code = null, error = null,
            items_open = case when $4 and position = $2 then items_open end
        where run = $1 and (position = $2 or (position > $2 and not $3))",
        run.0,
        target.position,
        only_it,
        keep_items
    )
    .execute(&mut *tx)
    .await?;
    query!(
        "update jobs.signal set consumed_at = jobs.now()
        from jobs.step
        where signal.run = $1 and signal.consumed_at is null and not $3
            and step.run = $1 and step.name = signal.name and step.position > $2",
        run.0,
        target.position,
        only_it
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn step_job(
    tx: &mut PgConnection,
    run: RunId,
    target: &Target,
    tags: Option<Vec<String>>,
    traceparent: Option<String>,
) -> Result<NewJob, sqlx::Error> {
    let row =
        query!("select name, version from jobs.run where id = $1", run.0).fetch_one(tx).await?;
    Ok(NewJob {
        id: JobId::new(),
        queue: target.queue.clone(),
        name: format!("{}@{}", row.name, row.version),
        priority: target.priority,
        max_attempts: target.max_attempts,
        run_at: None,
        args: StepArgs::of_step(run, target.name.as_str()).to_json(),
        tags,
        traceparent,
        unique_key: None,
        unique_within: None,
        run: Some(run.0),
    })
}
