//! Closing days that are over, and starting their count.

use chrono::NaiveDate;
use jobs::workflow;

use super::RollUpDay;
use crate::{
    Result, Studio,
    analytics::{day_store, shard},
    queues,
};

/// Closes every day that is over and starts the run that counts it, the oldest first; says which days these were.
///
/// # Errors
/// Postgres is away; the days closed so far stay closed.
pub async fn close_days(studio: &Studio) -> Result<Vec<NaiveDate>> {
    let due = day_store::days_to_close(&mut *studio.db.acquire().await?).await?;
    let mut closed = Vec::new();
    for day in due {
        if close(studio, day).await? {
            closed.push(day);
        }
    }
    studio.waker.wake(queues::ANALYTICS);
    Ok(closed)
}

/// From here on whatever is written for the day finds it closed and marks it.
async fn close(studio: &Studio, day: NaiveDate) -> Result<bool> {
    let mut tx = studio.db.begin().await?;
    day_store::lock_out_writers(&mut tx, day).await?;
    let run = workflow::start(&mut tx, &RollUpDay { day, shards: shard::all().collect() }).await?;
    if !day_store::close(&mut tx, day, run.0).await? {
        return Ok(false); // another process was faster; dropping the transaction takes the run back
    }
    day_store::forget_marks(&mut tx, day).await?;
    tx.commit().await?;
    Ok(true)
}
