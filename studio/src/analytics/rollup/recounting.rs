//! Late events: just the days and shards that they marked are counted again.

use chrono::NaiveDate;
use jobs::workflow;

use super::RollUpDay;
use crate::{Result, Studio, analytics::day_store, queues};

/// Starts a count for every marked day, the oldest first, and says which days these were.
///
/// # Errors
/// Postgres is away; the runs started so far go on.
pub async fn recount_late(studio: &Studio) -> Result<Vec<NaiveDate>> {
    let mut days = Vec::new();
    while let Some(day) = recount_one(studio).await? {
        days.push(day);
    }
    studio.waker.wake(queues::ANALYTICS);
    Ok(days)
}

async fn recount_one(studio: &Studio) -> Result<Option<NaiveDate>> {
    let mut tx = studio.db.begin().await?;
    let Some((day, shards)) = day_store::claim_marks(&mut tx).await? else { return Ok(None) };
    let again = RollUpDay { day, shards };
    let run = workflow::start(&mut tx, &again).await?;
    day_store::ask_recount(&mut tx, day, &again.shards, run.0).await?;
    tx.commit().await?;
    Ok(Some(day))
}
