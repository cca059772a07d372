//! The strongest contents of some days.

use sqlx::PgConnection;

use super::{
    figures_store::{self, TopBy, TopRow},
    fresh,
    freshness::Freshness,
    overview::{Asked, before, complete},
    range::DayRange,
    titles,
};
use crate::{
    Result, Studio,
    content::media_type::Kind,
    ids::{AccountId, ContentId},
};

/// One content among the strongest.
#[derive(Debug, Clone)]
pub struct TopContent {
    /// The content.
    pub content: ContentId,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: Kind,
    /// Views.
    pub views: i64,
    /// Watch time, in milliseconds.
    pub watch_ms: i64,
    /// Likes.
    pub likes: i64,
    /// Views in as many days before, if all of these were counted.
    pub previous_views: Option<i64>,
}

/// The strongest contents.
#[derive(Debug, Clone)]
pub struct TopContents {
    /// The days that were asked for.
    pub range: DayRange,
    /// The strongest first.
    pub items: Vec<TopContent>,
    /// How far all of this is complete.
    pub freshness: Freshness,
}

/// A creator's strongest contents of some days, at most `most`.
///
/// # Errors
/// `analytics.bad_range`; Postgres is away.
pub async fn top_contents(
    studio: &Studio,
    creator: AccountId,
    asked: Asked,
    by: TopBy,
    most: u32,
) -> Result<TopContents> {
    let mut db = studio.db.acquire().await?;
    let (freshness, now) = fresh::of_creator(studio, &mut db, creator).await?;
    let range = asked.range(&freshness, now)?;
    let strongest = strongest(&mut db, creator, range, &freshness, by, most).await?;
    drop(db);
    Ok(TopContents { range, items: with_titles(studio, strongest).await, freshness })
}

/// Contents without their own titles yet, and whether they can be compared with the days before.
pub(super) struct Strongest {
    rows: Vec<TopRow>,
    comparable: bool,
}

pub(super) async fn strongest(
    db: &mut PgConnection,
    creator: AccountId,
    range: DayRange,
    freshness: &Freshness,
    by: TopBy,
    most: u32,
) -> Result<Strongest> {
    let Some(days) = complete(range, freshness) else {
        return Ok(Strongest { rows: Vec::new(), comparable: false });
    };
    let rows = figures_store::top(db, creator, days, by, i64::from(most)).await?;
    Ok(Strongest { rows, comparable: before(days, freshness).is_some() })
}

pub(super) async fn with_titles(studio: &Studio, strongest: Strongest) -> Vec<TopContent> {
    let Strongest { rows, comparable } = strongest;
    let ids: Vec<_> = rows.iter().map(|row| row.content).collect();
    let mut titles = titles::of(studio, &ids).await;
    let named = rows.into_iter().map(|row| TopContent {
        title: titles.remove(&row.content).unwrap_or(row.sort_title),
        content: row.content,
        kind: row.kind,
        views: row.views,
        watch_ms: row.watch_ms,
        likes: row.likes,
        previous_views: comparable.then_some(row.previous_views),
    });
    named.collect()
}
