//! The first page of a creator: how the channel is doing, and the newest work against the usual.

use chrono::{DateTime, Utc};

use super::{
    figures_store::{self, FirstDays, TopBy},
    fresh,
    overview::{self, Asked, Overview},
    scope::Scope,
    titles,
    top::{self, TopContent},
};
use crate::{
    Result, Studio,
    ids::{AccountId, ContentId},
};

/// How many contents are shown.
const TOP: u32 = 5;

/// What there is to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DashboardState {
    /// Nothing was ever public.
    Empty,
    /// The first figures are still to come.
    FirstDay,
    /// There are figures.
    Counted,
}

/// The newest public work in its first days.
#[derive(Debug, Clone)]
pub struct Newest {
    /// The content.
    pub content: ContentId,
    /// Its title.
    pub title: String,
    /// When it became public.
    pub published_at: DateTime<Utc>,
    /// How many of its days are complete, at most 28.
    pub days: i32,
    /// Views in these.
    pub views: i64,
    /// Watch time in these, in milliseconds.
    pub watch_ms: i64,
    /// The median of up to ten works before it in as many days.
    pub usual_views: Option<i64>,
}

/// The page.
#[derive(Debug, Clone)]
pub struct Dashboard {
    /// What there is to show.
    pub state: DashboardState,
    /// The last four weeks, compared.
    pub overview: Overview,
    /// The strongest works of these weeks.
    pub top: Vec<TopContent>,
    /// The newest work.
    pub newest: Option<Newest>,
}

/// A creator's dashboard.
///
/// # Errors
/// Postgres is away.
pub async fn dashboard(studio: &Studio, creator: AccountId) -> Result<Dashboard> {
    let mut db = studio.db.acquire().await?;
    let (freshness, now) = fresh::of_creator(studio, &mut db, creator).await?;
    let range = Asked::default().range(&freshness, now)?;
    let complete = freshness.complete_through;
    let scope = Scope { creator, content: None };
    let strongest = top::strongest(&mut db, creator, range, &freshness, TopBy::Views, TOP).await?;
    let overview = overview::read(&mut db, scope, range, true, freshness).await?;
    let first_days = match complete {
        Some(complete) => figures_store::first_days(&mut db, creator, complete).await?,
        None => Vec::new(),
    };
    let state = if figures_store::any(&mut db, creator).await? {
        DashboardState::Counted
    } else if figures_store::ever_published(&mut db, creator).await? {
        DashboardState::FirstDay
    } else {
        DashboardState::Empty
    };
    drop(db);
    let top = top::with_titles(studio, strongest).await;
    Ok(Dashboard { state, overview, top, newest: newest(studio, first_days).await })
}

async fn newest(studio: &Studio, first_days: Vec<(FirstDays, i32)>) -> Option<Newest> {
    let ((newest, days), before) = first_days.split_first()?;
    let mut usual: Vec<i64> = before.iter().map(|(first, _)| first.views).collect();
    usual.sort_unstable();
    let title = titles::of(studio, &[newest.content]).await.remove(&newest.content);
    Some(Newest {
        content: newest.content,
        title: title.unwrap_or_else(|| newest.sort_title.clone()),
        published_at: newest.published_at,
        days: *days,
        views: newest.views,
        watch_ms: newest.watch_ms,
        usual_views: usual.get(usual.len() / 2).copied(),
    })
}

impl Newest {
    /// How it does, in words.
    pub fn sentence(&self) -> String {
        let days = if self.days == 1 {
            "its first day".to_owned()
        } else {
            format!("its first {} days", self.days)
        };
        let views =
            if self.views == 1 { "1 view".to_owned() } else { format!("{} views", self.views) };
        match self.usual_views {
            None => format!("{views} in {days}. There is no earlier work to compare with."),
            Some(usual) if self.views * 10 >= usual * 11 => {
                format!("{views} in {days}, more than your usual {usual}.")
            }
            Some(usual) if self.views * 10 <= usual * 9 => {
                format!("{views} in {days}, fewer than your usual {usual}.")
            }
            Some(usual) => format!("{views} in {days}, about your usual {usual}."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn newest(views: i64, usual_views: Option<i64>) -> String {
        let newest = Newest {
            content: ContentId::new(),
            title: "Beach".to_owned(),
            published_at: Utc::now(),
            days: 3,
            views,
            watch_ms: 0,
            usual_views,
        };
        newest.sentence()
    }

    #[test]
    fn the_newest_work_is_told_against_the_usual() {
        assert_eq!(
            newest(120, Some(100)),
            "120 views in its first 3 days, more than your usual 100."
        );
        assert_eq!(newest(95, Some(100)), "95 views in its first 3 days, about your usual 100.");
        assert_eq!(
            newest(50, Some(100)),
            "50 views in its first 3 days, fewer than your usual 100."
        );
        assert_eq!(
            newest(1, None),
            "1 view in its first 3 days. There is no earlier work to compare with."
        );
    }
}
