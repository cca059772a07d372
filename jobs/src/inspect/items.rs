//! The items of steps that fanned out.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use sqlx::{PgConnection, query};

use super::word;
use crate::{JobId, RunId};

word! {
    /// Where an item stands.
    ItemState {
        /// Not begun.
        Pending = "pending",
        /// Begun; between two attempts, too.
        Running = "running",
        /// Done.
        Completed = "completed",
        /// Failed for good.
        Failed = "failed",
        /// Found that it cannot be used.
        Refused = "refused",
    }
}

/// How far the items of a step are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ItemCounts {
    /// All of them.
    pub total: i64,
    /// Those that are done.
    pub completed: i64,
    /// Those that failed for good or were refused.
    pub failed: i64,
}

/// An item of a step that fanned out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemView {
    /// Its key.
    pub key: String,
    /// Its place, from 0.
    pub position: i32,
    /// Where it stands.
    pub state: ItemState,
    /// What it is.
    pub input: Value,
    /// What it handed on.
    pub output: Option<Value>,
    /// Attempts begun, over all retries.
    pub attempts: i32,
    /// The job that executes it. Its attempts: [`super::attempts`].
    pub job: JobId,
    /// When it first began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// The stable word for its latest failure.
    pub code: Option<String>,
    /// Its latest error with the causes.
    pub error: Option<String>,
}

/// The items of a step, in order. Of more than `limit` those that failed come along first, then
/// those under way.
pub async fn items(
    conn: &mut PgConnection,
    run: RunId,
    step: &str,
    limit: u16,
) -> Result<Vec<ItemView>, sqlx::Error> {
    let rows = query!(
        r#"
        select key as "key!", position as "position!", state as "state!", input as "input!",
            output, attempts as "attempts!", job as "job!", started_at, finished_at, code, error
        from (
            select * from jobs.step_item where run = $1 and step = $2
            order by array_position(array['failed', 'refused', 'running', 'pending'], state),
                position
            limit $3
        ) item
        order by position
        "#,
        run.0,
        step,
        i64::from(limit)
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ItemView {
                key: row.key,
                position: row.position,
                state: row.state.try_into()?,
                input: row.input,
                output: row.output,
                attempts: row.attempts,
                job: JobId(row.job),
                started_at: row.started_at,
                finished_at: row.finished_at,
                code: row.code,
                error: row.error,
            })
        })
        .collect()
}
