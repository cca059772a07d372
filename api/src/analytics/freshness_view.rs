//! How far figures are complete: part of every answer that has some.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use studio::analytics::Freshness;

/// How far figures are complete.
#[derive(Debug, Object)]
#[oai(rename = "Freshness", skip_serializing_if_is_none)]
pub struct FreshnessView {
    /// The newest UTC day up to which all are final; none before the first count.
    complete_through: Option<NaiveDate>,
    /// The days after it, up to today, that are still being counted.
    counting: Vec<NaiveDate>,
    /// Final days for which events came late, and which are being counted again.
    correcting: Vec<NaiveDate>,
    /// Seconds since the end of the newest complete day; 0 before there is anything to count.
    lag_seconds: i64,
    /// Whether the count is later than it should be.
    stale: bool,
    /// All of it in words.
    sentence: String,
    /// When the newest complete day was counted.
    counted_at: Option<DateTime<Utc>>,
}

impl From<Freshness> for FreshnessView {
    fn from(fresh: Freshness) -> Self {
        Self {
            complete_through: fresh.complete_through,
            counting: fresh.counting,
            correcting: fresh.correcting,
            lag_seconds: fresh.lag_seconds,
            stale: fresh.stale,
            sentence: fresh.sentence,
            counted_at: fresh.counted_at,
        }
    }
}
