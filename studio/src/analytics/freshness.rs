//! How far figures are complete, said in numbers and in words.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};

/// The most days that a sentence or a list names.
const MOST_NAMED: usize = 8;

/// What the database knows of the days of a creator, or of everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// The first day that there is anything to count of.
    pub first_day: Option<NaiveDate>,
    /// The first day that was counted: there are no figures of the days before.
    pub counted_since: Option<NaiveDate>,
    /// The newest day up to which all are counted.
    pub complete_through: Option<NaiveDate>,
    /// Counted days that got late events.
    pub correcting: Vec<NaiveDate>,
    /// When the newest complete day was counted.
    pub counted_at: Option<DateTime<Utc>>,
}

/// What every answer with figures carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freshness {
    /// The first day that was counted: there are no figures of the days before.
    pub counted_since: Option<NaiveDate>,
    /// The newest day up to which all are final; none before the first count.
    pub complete_through: Option<NaiveDate>,
    /// The days after it, up to today.
    pub counting: Vec<NaiveDate>,
    /// Final days that are being corrected, since events came late.
    pub correcting: Vec<NaiveDate>,
    /// Seconds since the end of the newest complete day.
    pub lag_seconds: i64,
    /// Whether the count is later than it should be.
    pub stale: bool,
    /// All of it in words.
    pub sentence: String,
    /// When the newest complete day was counted.
    pub counted_at: Option<DateTime<Utc>>,
}

impl Freshness {
    /// At `now`, when a day may be counted up to `grace` after its end.
    pub fn at(now: DateTime<Utc>, grace: TimeDelta, progress: Progress) -> Self {
        let today = now.date_naive();
        let next = progress.complete_through.and_then(|day| day.succ_opt()).or(progress.first_day);
        let lag = next.map_or(TimeDelta::zero(), |next| (now - start(next)).max(TimeDelta::zero()));
        let stale = lag > TimeDelta::days(1) + grace;
        let counting: Vec<NaiveDate> =
            next.unwrap_or(today).iter_days().take_while(|day| *day <= today).collect();
        let sentence = sentence(progress.complete_through, &counting, stale);
        Self {
            counted_since: progress.counted_since,
            complete_through: progress.complete_through,
            counting: counting.into_iter().rev().take(MOST_NAMED).rev().collect(),
            correcting: progress.correcting.into_iter().take(MOST_NAMED).collect(),
            lag_seconds: lag.num_seconds(),
            stale,
            sentence,
            counted_at: progress.counted_at,
        }
    }
}

fn sentence(complete: Option<NaiveDate>, counting: &[NaiveDate], stale: bool) -> String {
    let late = counting.split_last().map(|(_, late)| late).unwrap_or_default();
    let done = complete.map_or_else(
        || "No day is complete yet.".to_owned(),
        |day| format!("Complete to {}.", name(day)),
    );
    if stale {
        let what = days(late);
        return format!(
            "{done} The count of {what} is late; nothing is lost, and it goes on by itself."
        );
    }
    match (complete, counting) {
        (None, _) => "First figures tomorrow.".to_owned(),
        (Some(_), []) => done,
        (Some(_), [_]) => format!("{done} {} is still being counted.", days(counting)),
        (Some(_), _) => format!("{done} {} are still being counted.", days(counting)),
    }
}

fn days(days: &[NaiveDate]) -> String {
    match days {
        [] => "the last day".to_owned(),
        [one] => name(*one),
        [first, second] if first.month() == second.month() => {
            format!("{} and {}", first.day(), name(*second))
        }
        [first, second] => format!("{} and {}", name(*first), name(*second)),
        [first, .., last] => format!("{} to {}", name(*first), name(*last)),
    }
}

fn name(day: NaiveDate) -> String {
    day.format("%-d %b").to_string()
}

fn start(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn at(moment: &str, complete: Option<u32>) -> Freshness {
        let progress = Progress {
            first_day: Some(day(18)),
            complete_through: complete.map(day),
            ..Progress::default()
        };
        Freshness::at(moment.parse().unwrap(), TimeDelta::hours(3), progress)
    }

    #[test]
    fn yesterday_is_complete_and_today_is_counted() {
        let fresh = at("2026-11-22T14:00:00Z", Some(21));
        assert_eq!(fresh.sentence, "Complete to 21 Nov. 22 Nov is still being counted.");
        assert_eq!((fresh.lag_seconds, fresh.stale), (14 * 3600, false));
        assert_eq!(fresh.counting, [day(22)]);
    }

    #[test]
    fn after_midnight_two_days_are_counted() {
        let fresh = at("2026-11-22T00:10:00Z", Some(20));
        assert_eq!(fresh.sentence, "Complete to 20 Nov. 21 and 22 Nov are still being counted.");
        assert!(!fresh.stale);
    }

    #[test]
    fn it_is_late_from_the_second_after_the_grace() {
        assert!(!at("2026-11-22T03:00:00Z", Some(20)).stale);
        let fresh = at("2026-11-22T03:00:01Z", Some(20));
        assert!(fresh.stale);
        assert_eq!(
            fresh.sentence,
            "Complete to 20 Nov. The count of 21 Nov is late; nothing is lost, and it goes on by itself."
        );
        assert!(
            at("2026-11-25T12:00:00Z", Some(20))
                .sentence
                .contains("The count of 21 Nov to 24 Nov is late")
        );
    }

    #[test]
    fn the_first_figures_come_tomorrow_and_can_be_late_too() {
        assert_eq!(at("2026-11-18T12:00:00Z", None).sentence, "First figures tomorrow.");
        assert!(at("2026-11-19T03:00:01Z", None).stale);
        let nothing = Freshness::at(
            "2026-11-22T14:00:00Z".parse().unwrap(),
            TimeDelta::hours(3),
            Progress::default(),
        );
        assert_eq!((nothing.lag_seconds, nothing.stale), (0, false));
    }
}
