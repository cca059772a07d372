//! Telling a run that something happened outside.

use serde_json::Value;
use sqlx::{PgConnection, query};

use super::store;
use crate::RunId;

/// What became of a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signalled {
    /// The run goes on, or will find it when it comes to the wait.
    Received,
    /// A signal with this key was there before; nothing changed.
    Duplicate,
    /// The run has ended: it was kept for the record and changes nothing.
    TooLate,
}

/// Why a signal could not be delivered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignalError {
    /// There is no such run.
    #[error("there is no run {0}")]
    NoSuchRun(RunId),
    /// The database did not answer.
    #[error("signalling a run failed in the database")]
    Database(#[from] sqlx::Error),
}

/// Puts a signal into the run's inbox inside the caller's transaction. `dedupe_key` makes it
/// idempotent: the sender's event id, for example.
///
/// Wake the workflow's queue after the commit.
pub async fn signal(
    tx: &mut PgConnection,
    run: RunId,
    name: &str,
    payload: &Value,
    dedupe_key: &str,
) -> Result<Signalled, SignalError> {
    let locked = store::lock_run(tx, run).await?.ok_or(SignalError::NoSuchRun(run))?;
    let new = query!(
        "insert into jobs.signal (run, name, dedupe_key, payload, received_at)
        values ($1, $2, $3, $4, jobs.now()) on conflict do nothing",
        run.0,
        name,
        dedupe_key,
        payload
    )
    .execute(&mut *tx)
    .await?;
    if new.rows_affected() == 0 {
        return Ok(Signalled::Duplicate);
    }
    if matches!(locked.state.as_str(), "completed" | "cancelled" | "refused") {
        return Ok(Signalled::TooLate);
    }
    // The wait's timer carries the run on; if it is firing just now, it is waiting for our lock.
    query!(
        "update jobs.job set run_at = jobs.now()
        from jobs.step
        where step.run = $1 and step.name = $2 and step.state = 'waiting'
            and job.id = step.job and job.session is null",
        run.0,
        name
    )
    .execute(tx)
    .await?;
    Ok(Signalled::Received)
}
