//! A pipeline that stands still, for demonstrations and tests. Refused in production.

use sqlx::query;

use super::shard;
use crate::{Error, Result, Studio, config::Environment, ids::AccountId};

/// Forgets that the last days were counted for the creator's shard, so that its figures are late.
///
/// # Errors
/// In production, always; Postgres is away.
pub async fn forget_last_counts(studio: &Studio, creator: AccountId, days: i32) -> Result<()> {
    if studio.config.environment == Environment::Production {
        return Err(Error::internal("forgetting counts", "that is for demonstrations"));
    }
    query!(
        "delete from analytics_shards
        where shard = $1 and day >= (jobs.now() at time zone 'UTC')::date - $2::int4",
        shard::of(creator),
        days
    )
    .execute(&studio.db)
    .await?;
    Ok(())
}
