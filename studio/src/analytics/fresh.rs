//! Asking how far figures are complete.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;

use super::{day_store, freshness::Freshness, shard};
use crate::{Result, Studio, ids::AccountId};

/// Of a creator's figures; also says what time it is.
pub(super) async fn of_creator(
    studio: &Studio,
    db: &mut PgConnection,
    creator: AccountId,
) -> Result<(Freshness, DateTime<Utc>)> {
    of_shard(studio, db, Some(shard::of(creator))).await
}

/// Of one creator's figures, for whoever has no connection at hand.
///
/// # Errors
/// Postgres is away.
pub async fn of_one(studio: &Studio, creator: AccountId) -> Result<(Freshness, DateTime<Utc>)> {
    of_creator(studio, &mut *studio.db.acquire().await?, creator).await
}

/// Of everybody's figures.
///
/// # Errors
/// Postgres is away.
pub async fn of_everybody(studio: &Studio) -> Result<(Freshness, DateTime<Utc>)> {
    of_shard(studio, &mut *studio.db.acquire().await?, None).await
}

async fn of_shard(
    studio: &Studio,
    db: &mut PgConnection,
    shard: Option<i16>,
) -> Result<(Freshness, DateTime<Utc>)> {
    let (now, progress) = day_store::progress(db, shard).await?;
    let grace = studio.config.analytics.late_after_seconds;
    let grace = TimeDelta::seconds(i64::try_from(grace).unwrap_or(i64::MAX / 2_000));
    Ok((Freshness::at(now, grace, progress), now))
}
