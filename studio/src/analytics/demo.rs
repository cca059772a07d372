//! A pipeline that stands still, for demonstrations and tests. Refused in production.

use jobs::workflow;
use sqlx::{query, query_scalar};

use super::{rollup::RollUpDay, shard};
use crate::{Error, Result, Studio, config::Environment, ids::AccountId, queues};

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

/// Counts the closed days again that were forgotten for the creator's shard.
///
/// # Errors
/// Postgres is away.
pub async fn recount_forgotten(studio: &Studio, creator: AccountId) -> Result<()> {
    let shard = shard::of(creator);
    let mut tx = studio.db.begin().await?;
    let forgotten = query_scalar!(
        "select day from analytics_days d
        where not exists (select from analytics_shards s where s.day = d.day and s.shard = $1)
        order by day",
        shard
    )
    .fetch_all(&mut *tx)
    .await?;
    for day in forgotten {
        workflow::start(&mut tx, &RollUpDay { day, shards: vec![shard] }).await?;
    }
    tx.commit().await?;
    studio.waker.wake(queues::ANALYTICS);
    Ok(())
}
