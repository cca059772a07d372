//! The steps of a count.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, query, query_file};

use super::business_store;
use crate::{
    Result,
    analytics::{audience, day_store, rules},
};

/// What the count of a shard found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// How many events there are.
    pub events: i64,
    /// How many of them a rule set aside.
    pub set_aside: i64,
}

/// Lets the planner know the day.
///
/// # Errors
/// Postgres is away.
pub async fn prepare(db: &mut PgConnection, day: NaiveDate) -> Result<()> {
    query!("select engagement_analyze_day($1)", day).fetch_one(db).await?;
    Ok(())
}

/// Counts one shard of a day in the caller's transaction. A day whose events were let go keeps its figures.
///
/// # Errors
/// Postgres is away.
pub async fn count_shard(tx: &mut PgConnection, day: NaiveDate, shard: i16) -> Result<Counted> {
    // Totals are corrected by differences: two counts of the same events must see each other.
    day_store::count_alone(tx, day, shard).await?;
    if !day_store::has_events(tx, day).await? {
        return Ok(Counted::default());
    }
    let counted = count(tx, day, shard).await?;
    day_store::mark_counted(tx, day, shard, counted.events, counted.set_aside).await?;
    Ok(counted)
}

async fn count(tx: &mut PgConnection, day: NaiveDate, shard: i16) -> Result<Counted> {
    // Room for the aggregates of millions of viewers; and what the planner cannot know of intermediate results must
    // never lead it to compare each with each.
    query!(
        "select set_config('work_mem', '128MB', true) as memory, set_config('hash_mem_multiplier', '2', true) as more,
            set_config('enable_nestloop', 'off', true) as no_nested_loops, set_config('jit', 'off', true) as no_jit"
    )
    .fetch_one(&mut *tx)
    .await?;
    let row = query_file!(
        "src/analytics/rollup/count_shard.sql",
        day,
        shard,
        rules::MOST_VIEWS,
        rules::FASTEST,
        rules::REPORT_MS,
        audience::SMALLEST_CELL,
    )
    .fetch_one(&mut *tx)
    .await?;
    query!("select set_config('enable_nestloop', 'on', true)").fetch_one(tx).await?;
    Ok(Counted { events: row.events, set_aside: row.set_aside })
}

/// Writes the business figures of a day and of its month.
///
/// # Errors
/// Postgres is away.
pub async fn summarize(tx: &mut PgConnection, day: NaiveDate) -> Result<()> {
    business_store::write_day(tx, day).await?;
    business_store::write_month(tx, day).await
}
