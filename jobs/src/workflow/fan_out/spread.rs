//! Deciding the items: each becomes a row and a job, all in one transaction.

use std::collections::HashSet;

use sqlx::PgConnection;
use uuid::Uuid;

use super::{NewItem, store};
use crate::{
    Failure, JobId, RunId,
    enqueue::NewJob,
    finish::{self, Ending, Held},
    queue_store,
    workflow::{
        advance,
        outline::{Outline, StepOutline},
        store::{StepArgs, is_executed_by, lock_run, mark_completed},
    },
};

/// The longest key that an item may have, in bytes.
const LONGEST_KEY: usize = 200;

/// Refuses keys that could not tell the items apart.
pub(super) fn check(items: &[NewItem]) -> Result<(), Failure> {
    let mut seen = HashSet::with_capacity(items.len());
    for NewItem { key, .. } in items {
        if key.is_empty() || key.len() > LONGEST_KEY || key.contains('\0') {
            let error = format!("`{key}` is no key of an item: it has 1 to {LONGEST_KEY} bytes");
            return Err(Failure::permanent(error).code("workflow.bad_item_key"));
        }
        if !seen.insert(key) {
            let error = format!("two items have the key `{key}`");
            return Err(Failure::permanent(error).code("workflow.duplicate_item"));
        }
    }
    Ok(())
}

/// Finishes the job that decided the items and enqueues one for each; without any, moves the run
/// on. False when the caller no longer holds the job, or its run has ended.
pub(super) async fn spread(
    conn: &mut PgConnection,
    held: &Held,
    run: RunId,
    step: &StepOutline,
    items: &[NewItem],
    outline: &Outline,
) -> Result<bool, sqlx::Error> {
    let Some(locked) = lock_run(conn, run).await? else { return Ok(false) };
    if locked.state != "running"
        || !is_executed_by(conn, run, step.name, held.job).await?
        || !finish::one(conn, held, &Ending::completed()).await?
    {
        return Ok(false);
    }
    if items.is_empty() {
        mark_completed(conn, run, step.name, &serde_json::json!([])).await?;
        advance::onward(conn, run, &locked, outline).await?;
        return Ok(true);
    }
    let of_step = advance::step_job(run, &locked, outline, step, None);
    let jobs = jobs(&of_step, run, step.name, items.iter().map(|item| item.key.as_str()));
    let ids: Vec<Uuid> = jobs.iter().map(|job| job.id.0).collect();
    store::insert(conn, run, step.name, items, &ids).await?;
    store::set_open(conn, run, step.name, items.len()).await?;
    queue_store::insert(conn, jobs).await?;
    Ok(true)
}

/// A job for each of these items, like the one of the whole step.
pub(super) fn jobs<'a>(
    of_step: &NewJob,
    run: RunId,
    step: &str,
    keys: impl Iterator<Item = &'a str>,
) -> Vec<NewJob> {
    keys.map(|key| NewJob {
        id: JobId::new(),
        args: StepArgs { run, step: Some(step.to_owned()), item: Some(key.to_owned()) }.to_json(),
        ..of_step.clone()
    })
    .collect()
}
