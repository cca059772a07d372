//! What was triggered by hand: only a process with the catalogue can make the job.

use sqlx::{Connection, PgConnection, query};

use crate::{EnqueueError, Schedule, queue_store};

/// Enqueues a job for each time that staff triggered the schedule and no process has yet. False
/// when others were faster.
pub(super) async fn fire(
    conn: &mut PgConnection,
    schedule: &Schedule,
) -> Result<bool, EnqueueError> {
    let mut tx = conn.begin().await?;
    let wanted = query!(
        "select id, fired_at from jobs.firing
        where schedule = $1 and kind = 'by_hand' and job is null
        order by id for update skip locked",
        schedule.name()
    )
    .fetch_all(&mut *tx)
    .await?;
    for firing in &wanted {
        let job = schedule.job(firing.fired_at)?;
        let enqueued = queue_store::insert_one(&mut tx, job).await?;
        query!("update jobs.firing set job = $2 where id = $1", firing.id, enqueued.id.0)
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await?;
    Ok(!wanted.is_empty())
}
