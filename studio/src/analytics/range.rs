//! A range of UTC days.

use chrono::{NaiveDate, TimeDelta};

use super::refusals;
use crate::Refusal;

/// The longest range.
const MOST_DAYS: i64 = 400;
/// How many days are shown when nobody says.
const USUAL_DAYS: i64 = 28;

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRange {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}

impl DayRange {
    /// What somebody asked for; what they left out ends with `last`, and is four weeks long.
    ///
    /// # Errors
    /// [`refusals::BAD_RANGE`].
    pub fn asked(
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
        last: NaiveDate,
    ) -> Result<Self, Refusal> {
        let to = to.unwrap_or_else(|| from.map_or(last, |from| last.max(from)));
        let from = match from {
            Some(from) => from,
            None => back(to, USUAL_DAYS - 1)?,
        };
        let days = (to - from).num_days() + 1;
        if !(1..=MOST_DAYS).contains(&days) {
            return Err(refusals::BAD_RANGE.refuse().at("from"));
        }
        back(from, days)?;
        Ok(Self { from, to })
    }

    /// What of it lies at or before `last`; `None` when nothing does.
    pub fn until(self, last: Option<NaiveDate>) -> Option<Self> {
        let to = self.to.min(last?);
        (self.from <= to).then_some(Self { to, ..self })
    }

    /// What of it lies at or after `first`; `None` when nothing does.
    pub fn since(self, first: Option<NaiveDate>) -> Option<Self> {
        let from = self.from.max(first?);
        (from <= self.to).then_some(Self { from, ..self })
    }

    /// As many days before it.
    #[must_use]
    pub fn before(self) -> Self {
        let days = TimeDelta::days(self.days());
        Self { from: self.from - days, to: self.to - days }
    }

    /// How many.
    pub fn days(self) -> i64 {
        (self.to - self.from).num_days() + 1
    }

    /// Each.
    pub fn iter(self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take_while(move |day| *day <= self.to)
    }
}

fn back(day: NaiveDate, days: i64) -> Result<NaiveDate, Refusal> {
    let earlier = day.checked_sub_signed(TimeDelta::days(days));
    // The database knows no year of more digits.
    let known = |day: &NaiveDate| (0..=9999).contains(&chrono::Datelike::year(day));
    earlier
        .filter(known)
        .filter(|_| known(&day))
        .ok_or_else(|| refusals::BAD_RANGE.refuse().at("from"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn four_weeks_are_shown_when_nobody_says() {
        let range = DayRange::asked(None, None, day(28)).unwrap();
        assert_eq!((range.from, range.to), (day(1), day(28)));
    }

    #[test]
    fn the_period_before_is_as_long() {
        let before = DayRange::asked(Some(day(8)), Some(day(14)), day(28)).unwrap().before();
        assert_eq!((before.from, before.to), (day(1), day(7)));
    }

    #[test]
    fn only_what_is_complete_is_left() {
        let range = DayRange { from: day(8), to: day(14) };
        assert_eq!(range.until(Some(day(10))).unwrap().to, day(10));
        assert_eq!(range.until(Some(day(7))), None);
        assert_eq!(range.until(None), None);
        assert_eq!(range.since(Some(day(10))).unwrap().from, day(10));
        assert_eq!(range.since(Some(day(15))), None);
    }

    #[test]
    fn what_is_no_range_is_refused() {
        assert!(DayRange::asked(Some(day(2)), Some(day(1)), day(28)).is_err());
        assert!(
            DayRange::asked(NaiveDate::from_ymd_opt(2020, 1, 1), Some(day(1)), day(28)).is_err()
        );
        assert!(DayRange::asked(Some(NaiveDate::MIN), Some(NaiveDate::MIN), day(28)).is_err());
    }
}
