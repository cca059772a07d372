//! Business figures of the platform, defined in words.

use chrono::{Months, NaiveDate};

pub use super::rollup::{BusinessDay, BusinessMonth};
use super::{fresh, freshness::Freshness, rollup};
use crate::{Result, Studio};

/// How many days are shown.
const DAYS: i64 = 90;
/// How many months are shown.
const MONTHS: i64 = 13;

/// What each figure means.
pub const DEFINITIONS: &[(&str, &str)] = &[
    (
        "contents_published",
        "Works that became public for the first time on that UTC day, also those that were taken back later.",
    ),
    ("creators_published", "Different creators with at least one such work in the period."),
    ("creators_retained", "Creators who published in this month and in the month before."),
    (
        "retention_percent",
        "Of the creators who published in the month before, how many of a hundred published again in this one.",
    ),
];

/// The figures.
#[derive(Debug, Clone)]
pub struct Figures {
    /// The last months, the newest first.
    pub months: Vec<BusinessMonth>,
    /// The last days, the newest first.
    pub days: Vec<BusinessDay>,
    /// How far all of this is complete.
    pub freshness: Freshness,
}

/// The business figures.
///
/// # Errors
/// Postgres is away.
pub async fn figures(studio: &Studio) -> Result<Figures> {
    let (freshness, _) = fresh::of_everybody(studio).await?;
    Ok(Figures {
        months: rollup::business_months(studio, MONTHS).await?,
        days: rollup::business_days(studio, DAYS).await?,
        freshness,
    })
}

impl BusinessMonth {
    /// The retained of those of the month before, in percent; none when nobody published then.
    pub fn retention_percent(&self) -> Option<f64> {
        #[allow(clippy::cast_precision_loss, reason = "a share of at most millions")]
        let percent = self.creators_retained as f64 * 100.0 / self.creators_published_before as f64;
        (self.creators_published_before > 0).then_some(percent)
    }

    /// Whether figures that are complete through this day cover the whole month.
    pub fn is_complete(&self, through: Option<NaiveDate>) -> bool {
        let next = self.month.checked_add_months(Months::new(1));
        let last = next.and_then(|next| next.pred_opt());
        last.zip(through).is_some_and(|(last, through)| last <= through)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_complete_with_its_last_day() {
        let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).unwrap();
        let month = BusinessMonth {
            month: day(10, 1),
            creators_published: 3,
            creators_published_before: 4,
            creators_retained: 1,
        };
        assert!(!month.is_complete(Some(day(10, 30))) && !month.is_complete(None));
        assert!(month.is_complete(Some(day(10, 31))));
        assert_eq!(month.retention_percent(), Some(25.0));
        assert_eq!(
            BusinessMonth { creators_published_before: 0, ..month }.retention_percent(),
            None
        );
    }
}
