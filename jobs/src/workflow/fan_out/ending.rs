//! The end of an item, and with the last the end of the step.

use serde_json::Value;
use sqlx::PgConnection;

use super::store::{self, At, End};
use crate::{
    Failure, RunId,
    finish::{self, Ending, Held},
    outcome::Prospect,
    queue_store,
    workflow::{
        advance,
        outline::{Outline, StepOutline},
        store::{LockedRun, lock_run, mark_completed, set_executor},
    },
};

/// Finishes an item's job and records its output; the last item moves the run on. False when the
/// caller no longer holds the job, or its run has ended.
pub(in crate::workflow) async fn complete(
    conn: &mut PgConnection,
    held: &Held,
    run: RunId,
    step: &str,
    key: &str,
    output: &Value,
    outline: &Outline,
) -> Result<bool, sqlx::Error> {
    let end = End { state: "completed", output: Some(output), code: None, error: None };
    let at = At { run, step, key };
    Ok(end_item(conn, held, at, end, outline).await?
        && finish::one(conn, held, &Ending::completed()).await?)
}

/// Records that an item failed for good or was refused. False when that says nothing any more: the
/// run has ended, or another job does the item now. The caller finishes the job.
pub(super) async fn give_up(
    conn: &mut PgConnection,
    held: &Held,
    at: At<'_>,
    failure: &Failure,
    outline: &Outline,
) -> Result<bool, sqlx::Error> {
    let error = failure.chain();
    let state = if failure.prospect == Prospect::Refused { "refused" } else { "failed" };
    let end = End { state, output: None, code: failure.code.as_deref(), error: Some(&error) };
    end_item(conn, held, at, end, outline).await
}

async fn end_item(
    conn: &mut PgConnection,
    held: &Held,
    at: At<'_>,
    end: End<'_>,
    outline: &Outline,
) -> Result<bool, sqlx::Error> {
    let Some(locked) = lock_run(conn, at.run).await? else { return Ok(false) };
    let Some(step) = outline.step(at.step) else { return Ok(false) };
    if locked.state != "running" || !store::end(conn, at, held.job, end).await? {
        return Ok(false);
    }
    if store::count_off(conn, at.run, at.step).await? == Some(0) {
        join(conn, at.run, &locked, step, outline).await?;
    }
    Ok(true)
}

/// All items have ended, and the caller holds the run's lock.
async fn join(
    conn: &mut PgConnection,
    run: RunId,
    locked: &LockedRun,
    step: &StepOutline,
    outline: &Outline,
) -> Result<(), sqlx::Error> {
    if let Some(outputs) = store::joined(conn, run, step.name).await? {
        mark_completed(conn, run, step.name, &outputs).await?;
        return advance::onward(conn, run, locked, outline).await;
    }
    let verdict = advance::step_job(run, locked, outline, step, None);
    set_executor(conn, run, step.name, verdict.id).await?;
    queue_store::insert(conn, vec![verdict]).await
}

/// Why the step cannot be completed: what the first of its failed items says, and how many failed.
pub(super) async fn verdict(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
) -> Result<Failure, Failure> {
    let toll = store::toll(conn, run, step).await?.ok_or_else(|| {
        Failure::retry(format!("no item of step `{step}` failed, and yet it was not completed"))
    })?;
    let (count, what, failure): (_, _, fn(String) -> Failure) = if toll.failed > 0 {
        (toll.failed, "failed", Failure::permanent)
    } else {
        (toll.refused, "were refused", Failure::refused)
    };
    let cause = toll.error.unwrap_or_default();
    let text = format!("{count} of {} items {what}; `{}`: {cause}", toll.items, toll.key);
    let failure = failure(text);
    Ok(match toll.code {
        Some(code) => failure.code(code),
        None => failure,
    })
}
