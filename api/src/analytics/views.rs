//! Figures as they are answered.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::{Enum, Object};
use studio::analytics::{
    dashboard::{Dashboard, DashboardState, Newest},
    figures::{DayFigures, Figures, Period, SetAside, minutes},
    overview::Overview,
    realtime::Moment,
    right_now::RightNow,
    top::{TopContent, TopContents},
};

use super::FreshnessView;
use crate::content::ContentKind;

/// The figures of one complete day.
#[derive(Debug, Object)]
#[oai(rename = "DailyStat")]
pub struct DailyStatView {
    /// The UTC day.
    date: NaiveDate,
    /// How often playing began.
    views: i64,
    /// Minutes watched, to a tenth.
    watch_time: f64,
    /// Likes given.
    likes: i64,
}

impl From<DayFigures> for DailyStatView {
    fn from(day: DayFigures) -> Self {
        Self {
            date: day.day,
            views: day.figures.views,
            watch_time: minutes(day.figures.watch_ms),
            likes: day.figures.likes,
        }
    }
}

/// What some days add up to.
#[derive(Debug, Object)]
#[oai(rename = "Totals")]
pub struct TotalsView {
    /// How often playing began.
    views: i64,
    /// Minutes watched, to a tenth.
    watch_minutes: f64,
    /// Likes given.
    likes: i64,
    /// Likes taken back.
    unlikes: i64,
    /// How often it was passed on.
    shares: i64,
    /// New subscribers.
    subscribers: i64,
}

impl From<Figures> for TotalsView {
    fn from(figures: Figures) -> Self {
        Self {
            views: figures.views,
            watch_minutes: minutes(figures.watch_ms),
            likes: figures.likes,
            unlikes: figures.unlikes,
            shares: figures.shares,
            subscribers: figures.subscribes,
        }
    }
}

/// The days before those that were asked for.
#[derive(Debug, Object)]
#[oai(rename = "Period")]
pub struct PeriodView {
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
    /// What they add up to.
    totals: TotalsView,
    /// Each day.
    daily_stats: Vec<DailyStatView>,
}

impl From<Period> for PeriodView {
    fn from(period: Period) -> Self {
        Self {
            from: period.range.from,
            to: period.range.to,
            totals: period.totals.into(),
            daily_stats: period.days.into_iter().map(Into::into).collect(),
        }
    }
}

/// What a declared rule kept out of the figures.
#[derive(Debug, Object)]
#[oai(rename = "SetAside")]
pub struct SetAsideView {
    /// The rule.
    rule: String,
    /// What it says.
    sentence: String,
    /// Views that do not count.
    views: i64,
    /// Minutes that do not count.
    watch_minutes: f64,
}

impl From<SetAside> for SetAsideView {
    fn from(aside: SetAside) -> Self {
        Self {
            sentence: aside.sentence().to_owned(),
            rule: aside.rule,
            views: aside.views,
            watch_minutes: minutes(aside.watch_ms),
        }
    }
}

/// How some days went.
#[derive(Debug, Object)]
#[oai(rename = "Overview", skip_serializing_if_is_none)]
pub struct OverviewView {
    /// The first day that was asked for.
    from: NaiveDate,
    /// The last day that was asked for.
    to: NaiveDate,
    /// The one content that it is about (`cnt_…`); none: all of them.
    content: Option<String>,
    /// The complete days among them, the oldest first, zeros included. A day that is still being
    /// counted is not here.
    daily_stats: Vec<DailyStatView>,
    /// What these add up to.
    totals: TotalsView,
    /// As many days before.
    previous: Option<PeriodView>,
    /// The content since the beginning.
    lifetime: Option<TotalsView>,
    /// What rules kept out, of all contents together.
    set_aside: Vec<SetAsideView>,
    /// How far all of this is complete.
    freshness: FreshnessView,
}

impl From<Overview> for OverviewView {
    fn from(overview: Overview) -> Self {
        let totals = overview.period.as_ref().map(|period| period.totals).unwrap_or_default();
        let days = overview.period.map(|period| period.days).unwrap_or_default();
        Self {
            from: overview.range.from,
            to: overview.range.to,
            content: overview.scope.content.map(|content| content.to_string()),
            daily_stats: days.into_iter().map(Into::into).collect(),
            totals: totals.into(),
            previous: overview.previous.map(Into::into),
            lifetime: overview.lifetime.map(Into::into),
            set_aside: overview.set_aside.into_iter().map(Into::into).collect(),
            freshness: overview.freshness.into(),
        }
    }
}

/// One content among the strongest.
#[derive(Debug, Object)]
#[oai(rename = "TopContent", skip_serializing_if_is_none)]
pub struct TopContentView {
    /// The content (`cnt_…`).
    content: String,
    /// Its title.
    title: String,
    /// What it is.
    kind: ContentKind,
    /// Views.
    views: i64,
    /// Minutes watched, to a tenth.
    watch_minutes: f64,
    /// Likes given.
    likes: i64,
    /// Views in as many days before; none where not all of these were counted.
    previous_views: Option<i64>,
}

impl From<TopContent> for TopContentView {
    fn from(top: TopContent) -> Self {
        Self {
            content: top.content.to_string(),
            title: top.title,
            kind: top.kind.into(),
            views: top.views,
            watch_minutes: minutes(top.watch_ms),
            likes: top.likes,
            previous_views: top.previous_views,
        }
    }
}

/// The strongest contents of some days.
#[derive(Debug, Object)]
#[oai(rename = "TopContents")]
pub struct TopContentsView {
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
    /// The strongest first.
    items: Vec<TopContentView>,
    /// How far all of this is complete.
    freshness: FreshnessView,
}

impl From<TopContents> for TopContentsView {
    fn from(top: TopContents) -> Self {
        Self {
            from: top.range.from,
            to: top.range.to,
            items: top.items.into_iter().map(Into::into).collect(),
            freshness: top.freshness.into(),
        }
    }
}

/// What there is to show.
#[derive(Debug, Enum)]
#[oai(rename = "DashboardState", rename_all = "snake_case")]
enum StateView {
    /// Nothing was ever public.
    Empty,
    /// The first figures are still to come.
    FirstDay,
    /// There are figures.
    Counted,
}

/// The newest public work in its first days.
#[derive(Debug, Object)]
#[oai(rename = "Newest", skip_serializing_if_is_none)]
struct NewestView {
    /// The content (`cnt_…`).
    content: String,
    /// Its title.
    title: String,
    /// When it became public.
    published_at: DateTime<Utc>,
    /// How many of its first days are complete, at most 28.
    days: i32,
    /// Views in these days.
    views: i64,
    /// Minutes watched in these days, to a tenth.
    watch_minutes: f64,
    /// The median of up to ten works before it, in as many days; none when there is none.
    usual_views: Option<i64>,
    /// How it does, in words.
    sentence: String,
}

impl From<Newest> for NewestView {
    fn from(newest: Newest) -> Self {
        Self {
            sentence: newest.sentence(),
            content: newest.content.to_string(),
            title: newest.title,
            published_at: newest.published_at,
            days: newest.days,
            views: newest.views,
            watch_minutes: minutes(newest.watch_ms),
            usual_views: newest.usual_views,
        }
    }
}

/// How the channel is doing.
#[derive(Debug, Object)]
#[oai(rename = "Dashboard", skip_serializing_if_is_none)]
pub struct DashboardView {
    /// What there is to show.
    state: StateView,
    /// The last four weeks that are complete, with the four before.
    overview: OverviewView,
    /// The strongest works of these weeks, at most five.
    top: Vec<TopContentView>,
    /// The newest public work against the usual.
    newest: Option<NewestView>,
    /// How far all of this is complete.
    freshness: FreshnessView,
}

impl From<Dashboard> for DashboardView {
    fn from(dashboard: Dashboard) -> Self {
        Self {
            state: match dashboard.state {
                DashboardState::Empty => StateView::Empty,
                DashboardState::FirstDay => StateView::FirstDay,
                DashboardState::Counted => StateView::Counted,
            },
            freshness: dashboard.overview.freshness.clone().into(),
            overview: dashboard.overview.into(),
            top: dashboard.top.into_iter().map(Into::into).collect(),
            newest: dashboard.newest.map(Into::into),
        }
    }
}

/// The views of a minute or an hour.
#[derive(Debug, Object)]
#[oai(rename = "Moment")]
struct MomentView {
    /// When it began.
    at: DateTime<Utc>,
    /// How many.
    views: i64,
}

impl From<Moment> for MomentView {
    fn from(moment: Moment) -> Self {
        Self { at: moment.at, views: moment.views }
    }
}

/// An estimate of what happens just now. Never add it to final figures.
#[derive(Debug, Object)]
#[oai(rename = "Realtime", skip_serializing_if_is_none)]
pub struct RealtimeView {
    /// False while the counters cannot be asked.
    available: bool,
    /// What it is, in words.
    sentence: String,
    /// When the counters began anew, if that lies within what is shown.
    counting_since: Option<DateTime<Utc>>,
    /// The last hour by the minute, the oldest first.
    minutes: Vec<MomentView>,
    /// The last two days by the hour, the oldest first.
    hours: Vec<MomentView>,
    /// All views of these minutes.
    views_60_minutes: i64,
    /// All views of these hours.
    views_48_hours: i64,
    /// How far the final figures are complete.
    freshness: FreshnessView,
}

impl From<RightNow> for RealtimeView {
    fn from(now: RightNow) -> Self {
        let sentence = if now.estimate.is_some() {
            "Estimate. Final figures come with the day's count."
        } else {
            "The estimate is not available just now. Final figures are not affected."
        };
        let available = now.estimate.is_some();
        let (minutes, hours, counting_since) = match now.estimate {
            Some(estimate) => (estimate.minutes, estimate.hours, estimate.counting_since),
            None => (Vec::new(), Vec::new(), None),
        };
        let sum = |moments: &[Moment]| moments.iter().map(|moment| moment.views).sum();
        Self {
            available,
            sentence: sentence.to_owned(),
            counting_since,
            views_60_minutes: sum(&minutes),
            views_48_hours: sum(&hours),
            minutes: minutes.into_iter().map(Into::into).collect(),
            hours: hours.into_iter().map(Into::into).collect(),
            freshness: now.freshness.into(),
        }
    }
}
