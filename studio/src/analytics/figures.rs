//! Figures of days, and what they add up to.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{range::DayRange, rules};

/// What viewers did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// How often playing began.
    pub views: i64,
    /// How long was watched, in milliseconds.
    pub watch_ms: i64,
    /// Likes given.
    pub likes: i64,
    /// Likes taken back.
    pub unlikes: i64,
    /// How often it was passed on.
    pub shares: i64,
    /// New subscribers.
    pub subscribes: i64,
}

impl Figures {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            views: self.views + other.views,
            watch_ms: self.watch_ms + other.watch_ms,
            likes: self.likes + other.likes,
            unlikes: self.unlikes + other.unlikes,
            shares: self.shares + other.shares,
            subscribes: self.subscribes + other.subscribes,
        }
    }
}

/// Watch time as people read it: minutes, to a tenth.
pub fn minutes(watch_ms: i64) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "tenths of minutes stay far below 2^52")]
    let tenths = ((watch_ms + 3_000) / 6_000) as f64;
    tenths / 10.0
}

/// The figures of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayFigures {
    /// The day.
    pub day: NaiveDate,
    /// Its figures.
    pub figures: Figures,
}

/// A period of complete days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Its days.
    pub range: DayRange,
    /// Each day, also those on which nothing happened.
    pub days: Vec<DayFigures>,
    /// All days together.
    pub totals: Figures,
}

impl Period {
    /// Of what the database has of these days.
    pub fn of(range: DayRange, known: &HashMap<NaiveDate, Figures>) -> Self {
        let figures = |day: &NaiveDate| known.get(day).copied().unwrap_or_default();
        let days: Vec<_> =
            range.iter().map(|day| DayFigures { day, figures: figures(&day) }).collect();
        let totals = days.iter().fold(Figures::default(), |sum, day| sum.plus(day.figures));
        Self { range, days, totals }
    }
}

/// What a rule kept out of the figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The rule.
    pub rule: String,
    /// How many events.
    pub events: i64,
    /// Views among them.
    pub views: i64,
    /// Watch time among them, in milliseconds.
    pub watch_ms: i64,
}

impl SetAside {
    /// What the rule says.
    pub fn sentence(&self) -> &str {
        rules::sentence_of(&self.rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn watch_time_is_rounded_to_a_tenth_of_a_minute() {
        assert!((minutes(0) - 0.0).abs() < f64::EPSILON);
        assert!((minutes(90_000) - 1.5).abs() < f64::EPSILON);
        assert!((minutes(2_999) - 0.0).abs() < f64::EPSILON);
        assert!((minutes(3_000) - 0.1).abs() < f64::EPSILON);
    }

    #[test]
    fn a_day_on_which_nothing_happened_is_a_zero() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        let one = Figures { views: 3, ..Figures::default() };
        let period =
            Period::of(DayRange { from: day(1), to: day(3) }, &HashMap::from([(day(2), one)]));
        assert_eq!(period.days.iter().map(|d| d.figures.views).collect::<Vec<_>>(), [0, 3, 0]);
        assert_eq!(period.totals, one);
    }
}
