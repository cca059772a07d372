//! Jobs that the clock enqueues.

mod cadence;
mod missed;

use std::fmt;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

pub use self::missed::Missed;
pub(crate) use self::{cadence::Cadence, missed::Decision};
use crate::{CatalogueError, EnqueueError, Job, enqueue::NewJob};

/// A cron expression and the job it enqueues; one firing over all processes.
///
/// Staff can pause it, and trigger it by hand, paused or not: see [`crate::steer`].
pub struct Schedule {
    name: &'static str,
    expression: &'static str,
    cadence: Cadence,
    missed: Missed,
    job: JobFacts,
    make: Box<dyn Fn(DateTime<Utc>) -> Result<NewJob, EnqueueError> + Send + Sync>,
}

/// What is known of the job without making one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct JobFacts {
    pub name: &'static str,
    pub queue: &'static str,
    pub about: &'static str,
}

impl Schedule {
    /// Enqueues what `make` makes at every tick of `expression`, which has six fields (second,
    /// minute, hour, day of month, month, day of week) and is read in UTC.
    #[must_use]
    pub fn new<S, J: Job<S>>(
        name: &'static str,
        expression: &'static str,
        make: impl Fn() -> J + Send + Sync + 'static,
    ) -> Self {
        Self::ticking(name, expression, move |_| make())
    }

    /// The same for a job that has to know its tick. One that is made up for is given the moment at
    /// which it was due; one that was triggered by hand, the moment at which it was asked for.
    #[must_use]
    pub fn ticking<S, J: Job<S>>(
        name: &'static str,
        expression: &'static str,
        make: impl Fn(DateTime<Utc>) -> J + Send + Sync + 'static,
    ) -> Self {
        Self {
            name,
            expression,
            cadence: Cadence::new(expression, Tz::UTC),
            missed: Missed::default(),
            job: JobFacts { name: J::NAME, queue: J::QUEUE.name(), about: J::ABOUT },
            make: Box::new(move |tick| NewJob::of(&make(tick), None)),
        }
    }

    /// Reads the expression in this time zone.
    #[must_use]
    pub fn zone(mut self, zone: Tz) -> Self {
        self.cadence = self.cadence.in_zone(zone);
        self
    }

    /// What happens to missed ticks.
    #[must_use]
    pub fn missed(mut self, missed: Missed) -> Self {
        self.missed = missed;
        self
    }

    /// Its stable name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its cron expression.
    #[must_use]
    pub fn expression(&self) -> &'static str {
        self.expression
    }

    /// The first tick after a moment; `None` when there is none left.
    #[must_use]
    pub fn next_after(&self, moment: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.cadence.after(moment).next()
    }

    /// What becomes of the ticks in `(last, now]`.
    pub(crate) fn decide(&self, last: DateTime<Utc>, now: DateTime<Utc>, paused: bool) -> Decision {
        missed::decide(&self.cadence, self.missed, last, now, paused)
    }

    pub(crate) fn zone_name(&self) -> &'static str {
        self.cadence.zone().name()
    }

    pub(crate) fn policy(&self) -> Missed {
        self.missed
    }

    pub(crate) fn facts(&self) -> JobFacts {
        self.job
    }

    pub(crate) fn check(&self) -> Result<(), CatalogueError> {
        let fault = self.cadence.fault().map(str::to_owned);
        fault.map_or(Ok(()), |reason| Err(CatalogueError::Schedule { name: self.name, reason }))
    }

    /// The job of a tick.
    pub(crate) fn job(&self, tick: DateTime<Utc>) -> Result<NewJob, EnqueueError> {
        (self.make)(tick)
    }
}

impl fmt::Debug for Schedule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Schedule")
            .field("name", &self.name)
            .field("expression", &self.expression)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::{Attempt, Failure, Outcome, Queue};

    #[derive(Serialize, Deserialize)]
    struct Nothing;

    impl Job<()> for Nothing {
        const NAME: &'static str = "nothing";
        const QUEUE: Queue = Queue::new("q");
        const ABOUT: &'static str = "";
        const RUNBOOK: &'static str = "";

        async fn run(self, (): &(), _: &Attempt) -> Result<Outcome, Failure> {
            Ok(Outcome::Done)
        }
    }

    fn moment(milliseconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_nanos(1_800_000_000_000_000_000)
            + TimeDelta::milliseconds(milliseconds)
    }

    fn every_second(missed: Missed) -> Schedule {
        Schedule::new("s", "* * * * * *", || Nothing).missed(missed)
    }

    fn due(schedule: &Schedule, last: i64, now: i64) -> Vec<DateTime<Utc>> {
        let fire = schedule.decide(moment(last), moment(now), false).fire;
        fire.into_iter().map(|tick| tick.at).collect()
    }

    #[test]
    fn a_tick_is_due_from_its_very_moment() {
        let schedule = every_second(Missed::Once);
        assert_eq!(due(&schedule, 0, 999).len(), 0);
        assert_eq!(due(&schedule, 0, 1000), [moment(1000)]);
        assert_eq!(due(&schedule, 0, 1300), [moment(1000)]);
        assert_eq!(due(&schedule, 1100, 1300).len(), 0);
    }

    #[test]
    fn a_tick_that_is_a_minute_late_was_missed() {
        let hourly = |missed| Schedule::new("s", "0 0 * * * *", || Nothing).missed(missed);
        let hour: DateTime<Utc> = "2027-07-01T05:00:00Z".parse().unwrap();
        let late = |missed, seconds| {
            let now = hour + TimeDelta::seconds(seconds);
            let decision = hourly(missed).decide(hour - TimeDelta::minutes(90), now, false);
            let fired: Vec<_> = decision.fire.iter().map(|tick| tick.late).collect();
            (fired, decision.skip.len())
        };
        assert_eq!(late(Missed::Skip, 59), (vec![false], 1));
        assert_eq!(late(Missed::Skip, 60), (vec![], 2));
        assert_eq!(late(Missed::Once, 60), (vec![true], 1));
        assert_eq!(late(Missed::All, 59), (vec![true, false], 0));
    }

    #[test]
    fn an_expression_is_read_in_its_time_zone() {
        let nine = Schedule::new("s", "0 0 9 * * *", || Nothing).zone(Tz::Europe__Berlin);
        let summer = "2027-07-01T00:00:00Z".parse().unwrap();
        assert_eq!(nine.next_after(summer).unwrap().to_rfc3339(), "2027-07-01T07:00:00+00:00");
    }

    proptest! {
        #[test]
        fn every_tick_since_the_last_look_is_fired_or_skipped_and_none_twice(
            last in 0..100_000i64, wait in 0..90_000i64,
        ) {
            let (from, now) = (moment(last), moment(last + wait));
            let all = due(&every_second(Missed::All), last, last + wait);
            prop_assert!(all.iter().all(|tick| *tick > from && *tick <= now));
            for missed in Missed::ALL {
                let decision = every_second(missed).decide(from, now, false);
                let mut ticks: Vec<_> = decision.fire.iter().map(|tick| tick.at).collect();
                prop_assert!(ticks.is_sorted() && decision.skip.is_sorted());
                ticks.extend(decision.skip);
                ticks.sort_unstable();
                prop_assert_eq!(&ticks, &all);
            }
            let once = due(&every_second(Missed::Once), last, last + wait);
            prop_assert_eq!(once.first(), all.last());
            prop_assert_eq!(due(&every_second(Missed::Skip), last, last + wait), once);
        }

        #[test]
        fn while_paused_nothing_fires_and_only_work_of_its_own_waits(
            last in 0..100_000i64, wait in 0..90_000i64,
        ) {
            let (from, now) = (moment(last), moment(last + wait));
            let passed = due(&every_second(Missed::All), last, last + wait);
            prop_assert!(every_second(Missed::All).decide(from, now, true).is_empty());
            for missed in [Missed::Skip, Missed::Once] {
                let decision = every_second(missed).decide(from, now, true);
                prop_assert!(decision.fire.is_empty());
                prop_assert_eq!(&decision.skip, &passed);
            }
        }
    }
}
