//! Doing again the items of a step that did not complete, and only these.

use sqlx::PgConnection;
use uuid::Uuid;

use super::{spread, store};
use crate::{RunId, enqueue::NewJob, queue_store};

/// Enqueues a job, like `of_step`, for each item that failed or was cancelled. False when there is
/// none: the step has decided no items yet, or every one of them has its answer.
pub(crate) async fn redo_unfinished(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
    of_step: &NewJob,
) -> Result<bool, sqlx::Error> {
    let keys = store::unfinished(conn, run, step).await?;
    if keys.is_empty() {
        return Ok(false);
    }
    let jobs = spread::jobs(of_step, run, step, keys.iter().map(String::as_str));
    let ids: Vec<Uuid> = jobs.iter().map(|job| job.id.0).collect();
    store::hand_to(conn, run, step, &keys, &ids).await?;
    store::set_open(conn, run, step, keys.len()).await?;
    queue_store::insert(conn, jobs).await?;
    Ok(true)
}
