//! Who watched, and where they stayed, as it is answered.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use poem_openapi::Object;
use studio::analytics::{
    Cell,
    audience::{Audience, SMALLEST_CELL},
    figures::minutes,
    retention::Retention,
};

use super::FreshnessView;

/// Views by age group and by gender.
#[derive(Debug, Object)]
#[oai(rename = "Demographics")]
struct DemographicsView {
    /// By age group: `13-17`, `18-24`, `25-34`, `35-44`, `45-54`, `55-64`, `65+`, `unknown`.
    age: BTreeMap<String, i64>,
    /// By gender: `male`, `female`, `other`, `unknown`.
    gender: BTreeMap<String, i64>,
}

/// Views of one group of viewers.
#[derive(Debug, Object)]
#[oai(rename = "AudienceCell")]
struct CellView {
    /// Which: a country's code (ISO 3166-1, `ZZ` where nobody knows), a device, or a source.
    value: String,
    /// Views.
    views: i64,
    /// Minutes watched, to a tenth.
    watch_minutes: f64,
}

impl From<Cell> for CellView {
    fn from(cell: Cell) -> Self {
        Self { value: cell.value, views: cell.views, watch_minutes: minutes(cell.watch_ms) }
    }
}

/// Views that are not shown by group, since too few viewers stand behind them.
#[derive(Debug, Object)]
#[oai(rename = "HiddenCells")]
struct HiddenView {
    /// By age group.
    age: i64,
    /// By gender.
    gender: i64,
    /// By country.
    country: i64,
    /// By device.
    device: i64,
    /// By source.
    source: i64,
}

/// Who watched.
#[derive(Debug, Object)]
#[oai(rename = "Audience")]
pub struct AudienceView {
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
    /// By age group and gender.
    demographics: DemographicsView,
    /// By country, the most views first.
    countries: Vec<CellView>,
    /// By device, the most views first.
    devices: Vec<CellView>,
    /// By how viewers came, the most views first.
    sources: Vec<CellView>,
    /// What is not shown.
    hidden: HiddenView,
    /// How many different viewers stand behind what is shown of a day, at least.
    smallest_cell: i64,
    /// How far all of this is complete.
    freshness: FreshnessView,
}

impl From<Audience> for AudienceView {
    fn from(mut audience: Audience) -> Self {
        let hidden = |of: &str| audience.hidden.get(of).copied().unwrap_or(0);
        let hidden = HiddenView {
            age: hidden("age"),
            gender: hidden("gender"),
            country: hidden("country"),
            device: hidden("device"),
            source: hidden("source"),
        };
        let mut shown = |of: &str| audience.shown.remove(of).unwrap_or_default().into_iter();
        let by_name = |cells: std::vec::IntoIter<Cell>| cells.map(|c| (c.value, c.views)).collect();
        Self {
            demographics: DemographicsView {
                age: by_name(shown("age")),
                gender: by_name(shown("gender")),
            },
            countries: shown("country").map(Into::into).collect(),
            devices: shown("device").map(Into::into).collect(),
            sources: shown("source").map(Into::into).collect(),
            from: audience.range.from,
            to: audience.range.to,
            hidden,
            smallest_cell: SMALLEST_CELL,
            freshness: audience.freshness.into(),
        }
    }
}

/// How many of the views played one hundredth of a content.
#[derive(Debug, Object)]
#[oai(rename = "RetentionPoint")]
struct PointView {
    /// Which hundredth, from 0 to 100.
    percent: i32,
    /// The share of views that played it; watching again can take it above 1.
    ratio: f64,
}

/// Where viewers stay, and where they leave.
#[derive(Debug, Object)]
#[oai(rename = "Retention")]
pub struct RetentionView {
    /// The content (`cnt_…`).
    content: String,
    /// How long it plays, in seconds.
    duration_seconds: f64,
    /// Its views in these days.
    views: i64,
    /// Whether too few viewers watched for a curve to be shown.
    too_few: bool,
    /// The curve; empty when too few watched.
    points: Vec<PointView>,
    /// How far all of this is complete.
    freshness: FreshnessView,
}

impl From<Retention> for RetentionView {
    fn from(retention: Retention) -> Self {
        let points =
            (0..).zip(retention.curve).map(|(percent, ratio)| PointView { percent, ratio });
        Self {
            content: retention.content.to_string(),
            duration_seconds: retention.duration_seconds,
            views: retention.views,
            too_few: retention.too_few,
            points: points.collect(),
            freshness: retention.freshness.into(),
        }
    }
}
