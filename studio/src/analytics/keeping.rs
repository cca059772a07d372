//! How long what is kept: events for some weeks, samples of what was rejected for as long as they are the newest,
//! figures for good.

use chrono::NaiveDate;

use super::{day_store, intake};
use crate::{Result, Studio};

/// Makes room for the days to come and lets old events go; says of which days.
///
/// # Errors
/// Postgres is away.
pub async fn keep(studio: &Studio) -> Result<Vec<NaiveDate>> {
    let mut db = studio.db.acquire().await?;
    day_store::make_days_ahead(&mut db).await?;
    intake::forget_old_samples(&mut db).await?;
    let days = i32::try_from(studio.config.analytics.event_retention_days).unwrap_or(i32::MAX);
    day_store::drop_old_days(&mut db, days).await
}
