use sqlx::{PgConnection, query};

use super::SteerError;

/// Nobody fetches from this queue any more, on any node, until it is resumed. Running jobs go on.
pub async fn pause_queue(
    tx: &mut PgConnection,
    queue: &str,
    reason: Option<&str>,
) -> Result<(), SteerError> {
    query!(
        "insert into jobs.paused_queue (queue, reason) values ($1, $2) on conflict do nothing",
        queue,
        reason
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Fetching goes on.
pub async fn resume_queue(tx: &mut PgConnection, queue: &str) -> Result<(), SteerError> {
    query!("delete from jobs.paused_queue where queue = $1", queue).execute(tx).await?;
    Ok(())
}
