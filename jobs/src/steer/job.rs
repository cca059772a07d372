use sqlx::{PgConnection, query, query_scalar};

use super::SteerError;
use crate::{
    JobId, RunId,
    finish::{self, Ending, Held},
};

/// Runs a dead or cancelled job again with all its attempts, or a waiting one at once.
pub async fn retry_job(tx: &mut PgConnection, job: JobId) -> Result<(), SteerError> {
    if hurry(tx, job).await? {
        return Ok(());
    }
    let finished = query!(
        "select state, unique_key, run from jobs.finished_job where id = $1 for update",
        job.0
    )
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(SteerError::NoSuchJob(job))?;
    if let Some(run) = finished.run {
        return Err(SteerError::BelongsToRun(RunId(run)));
    }
    if finished.state == "completed" {
        return Err(SteerError::WrongState("completed"));
    }
    if let Some(key) = &finished.unique_key {
        retake_key(tx, key, job).await?;
    }
    query!(
        "with again as (delete from jobs.finished_job where id = $1 returning *)
        insert into jobs.job (
            id, queue, name, priority, run_at, created_at, attempt, attempts_before, max_attempts,
            args, tags, traceparent, unique_key)
        select id, queue, name, priority, jobs.now(), created_at, attempt, attempt, max_attempts,
            args, tags, traceparent, unique_key
        from again",
        job.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What became of the wish to cancel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancelling {
    /// It is cancelled.
    Cancelled,
    /// It runs; its process stops it within a third of its lease.
    Requested,
}

/// Cancels a job that has not finished.
pub async fn cancel_job(tx: &mut PgConnection, job: JobId) -> Result<Cancelling, SteerError> {
    let live = query!("select session, run, unique_key from jobs.job where id = $1", job.0)
        .fetch_optional(&mut *tx)
        .await?;
    let Some(live) = live else { return Err(ended(tx, job).await?) };
    if let Some(run) = live.run {
        return Err(SteerError::BelongsToRun(RunId(run)));
    }
    let held = Held { job, session: None, unique_key: live.unique_key.map(Into::into) };
    stop(tx, &held).await
}

/// Cancels at once what nobody runs, and asks the process that runs it otherwise.
pub(super) async fn stop(tx: &mut PgConnection, held: &Held) -> Result<Cancelling, SteerError> {
    if finish::one(tx, held, &Ending::cancelled()).await? {
        return Ok(Cancelling::Cancelled);
    }
    query!("insert into jobs.cancellation (job) values ($1) on conflict do nothing", held.job.0)
        .execute(tx)
        .await?;
    Ok(Cancelling::Requested)
}

/// Makes a waiting job due. False when there is no such live job.
async fn hurry(tx: &mut PgConnection, job: JobId) -> Result<bool, SteerError> {
    let live = query!("select session, run from jobs.job where id = $1 for update", job.0)
        .fetch_optional(&mut *tx)
        .await?;
    match live {
        None => return Ok(false),
        Some(live) if live.session.is_some() => return Err(SteerError::WrongState("running")),
        Some(live) => {
            if let Some(run) = live.run {
                return Err(SteerError::BelongsToRun(RunId(run)));
            }
        }
    }
    query!("update jobs.job set run_at = least(run_at, jobs.now()) where id = $1", job.0)
        .execute(tx)
        .await?;
    Ok(true)
}

async fn retake_key(tx: &mut PgConnection, key: &str, job: JobId) -> Result<(), SteerError> {
    let owner = query_scalar!(
        "insert into jobs.unique_key as held (key, job) values ($1, $2)
        on conflict (key) do update
            set job = case when held.expires_at <= jobs.now() then excluded.job else held.job end
        returning job",
        key,
        job.0
    )
    .fetch_one(tx)
    .await?;
    if owner == job.0 { Ok(()) } else { Err(SteerError::Replaced(JobId(owner))) }
}

async fn ended(tx: &mut PgConnection, job: JobId) -> Result<SteerError, sqlx::Error> {
    let state = query_scalar!("select state from jobs.finished_job where id = $1", job.0)
        .fetch_optional(tx)
        .await?;
    Ok(match state.as_deref() {
        None => SteerError::NoSuchJob(job),
        Some("dead") => SteerError::WrongState("dead"),
        Some("cancelled") => SteerError::WrongState("cancelled"),
        Some(_) => SteerError::WrongState("completed"),
    })
}
