//! How some days went, and the days before them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;

use super::{
    figures::{Figures, Period, SetAside},
    figures_store, fresh,
    freshness::Freshness,
    range::DayRange,
    scope::Scope,
};
use crate::{
    Result, Studio,
    ids::{AccountId, ContentId},
};

/// Which days are asked for; what is left out is the last four weeks that are complete.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

impl Asked {
    /// The days, when figures are as fresh as this.
    ///
    /// # Errors
    /// `analytics.bad_range`.
    pub(super) fn range(self, fresh: &Freshness, now: DateTime<Utc>) -> Result<DayRange> {
        let last = fresh.complete_through.unwrap_or_else(|| now.date_naive());
        Ok(DayRange::asked(self.from, self.to, last)?)
    }
}

/// The figures of some days.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The days that were asked for.
    pub range: DayRange,
    /// Whose figures.
    pub scope: Scope,
    /// Those of the days that are complete; none yet when nothing is.
    pub period: Option<Period>,
    /// As many days before.
    pub previous: Option<Period>,
    /// What rules kept out; told of a creator's contents together.
    pub set_aside: Vec<SetAside>,
    /// A content since the beginning.
    pub lifetime: Option<Figures>,
    /// How far all of this is complete.
    pub freshness: Freshness,
}

/// The overview of a creator, or of one of their contents.
///
/// # Errors
/// `analytics.bad_range`, `analytics.no_such_content`; Postgres is away.
pub async fn overview(
    studio: &Studio,
    creator: AccountId,
    content: Option<ContentId>,
    asked: Asked,
    compare: bool,
) -> Result<Overview> {
    let mut db = studio.db.acquire().await?;
    let scope = Scope::of(&mut db, creator, content).await?;
    let (freshness, now) = fresh::of_creator(studio, &mut db, creator).await?;
    let range = asked.range(&freshness, now)?;
    read(&mut db, scope, range, compare, freshness).await
}

pub(super) async fn read(
    db: &mut PgConnection,
    scope: Scope,
    range: DayRange,
    compare: bool,
    freshness: Freshness,
) -> Result<Overview> {
    let complete = complete(range, &freshness);
    let before = complete.filter(|_| compare).and_then(|days| before(days, &freshness));
    let known = match complete {
        Some(complete) => days(db, scope, before, complete).await?,
        None => HashMap::new(),
    };
    let (set_aside, lifetime) = match scope.content {
        Some(content) => (Vec::new(), figures_store::totals(db, content).await?),
        None => (figures_store::set_aside(db, scope.creator, range).await?, None),
    };
    Ok(Overview {
        range,
        scope,
        period: complete.map(|days| Period::of(days, &known)),
        previous: before.map(|days| Period::of(days, &known)),
        set_aside,
        lifetime,
        freshness,
    })
}

/// What of a range was counted and is final.
pub(super) fn complete(range: DayRange, fresh: &Freshness) -> Option<DayRange> {
    range.until(fresh.complete_through)?.since(fresh.counted_since)
}

/// As many days before, if all of them were counted: days that nobody counted are no zeros.
pub(super) fn before(complete: DayRange, fresh: &Freshness) -> Option<DayRange> {
    let before = complete.before();
    (before.since(fresh.counted_since) == Some(before)).then_some(before)
}

/// Both periods lie beside each other: one question for both.
async fn days(
    db: &mut PgConnection,
    scope: Scope,
    before: Option<DayRange>,
    complete: DayRange,
) -> Result<HashMap<NaiveDate, Figures>> {
    let both = DayRange { from: before.unwrap_or(complete).from, to: complete.to };
    match scope.content {
        Some(content) => figures_store::of_content(db, content, both).await,
        None => figures_store::of_creator(db, scope.creator, both).await,
    }
}
