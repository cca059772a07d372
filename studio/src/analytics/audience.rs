//! Who watched, as far as nobody can be told apart.
//!
//! A figure of a day is shown only when [`SMALLEST_CELL`] different viewers stand behind it, and as many behind all
//! that is hidden beside it, so that it cannot be had by subtraction; the count of the day decides that
//! (`rollup/count_shard.sql`). What is hidden of a day stays hidden in every range.

use std::collections::BTreeMap;

use super::{
    figures_store::{self, Cell},
    fresh,
    freshness::Freshness,
    overview::{Asked, complete},
    range::DayRange,
    scope::Scope,
};
use crate::{
    Result, Studio,
    ids::{AccountId, ContentId},
};

/// How many different viewers stand behind a figure that is shown, at least.
pub const SMALLEST_CELL: i64 = 10;

/// The audience of some days.
#[derive(Debug, Clone)]
pub struct Audience {
    /// The days that were asked for.
    pub range: DayRange,
    /// What may be shown, by dimension (age, gender, country, device, source), the most views first.
    pub shown: BTreeMap<String, Vec<Cell>>,
    /// How many views may not be shown, by dimension.
    pub hidden: BTreeMap<String, i64>,
    /// How far all of this is complete.
    pub freshness: Freshness,
}

/// Who watched a creator's contents, or one of them.
///
/// # Errors
/// `analytics.bad_range`, `analytics.no_such_content`; Postgres is away.
pub async fn audience(
    studio: &Studio,
    creator: AccountId,
    content: Option<ContentId>,
    asked: Asked,
) -> Result<Audience> {
    let mut db = studio.db.acquire().await?;
    let scope = Scope::of(&mut db, creator, content).await?;
    let (freshness, now) = fresh::of_creator(studio, &mut db, creator).await?;
    let range = asked.range(&freshness, now)?;
    let cells = match complete(range, &freshness) {
        Some(complete) => figures_store::audience(&mut db, scope.subject(), complete).await?,
        None => Vec::new(),
    };
    let (mut shown, mut hidden) = (BTreeMap::<String, Vec<Cell>>::new(), BTreeMap::new());
    for cell in cells {
        *hidden.entry(cell.dimension.clone()).or_default() += cell.hidden_views;
        if cell.views > 0 {
            shown.entry(cell.dimension.clone()).or_default().push(cell);
        }
    }
    Ok(Audience { range, shown, hidden, freshness })
}
