//! Jobs that the clock enqueues.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::{CatalogueError, EnqueueError, Job, enqueue::NewJob};

/// What happens to ticks that passed while no process was there to enqueue them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missed {
    /// They are dropped: a tick that is later than a minute has been missed.
    Skip,
    /// The newest is made up for; enough for work that covers all that is due.
    #[default]
    Once,
    /// Each is made up for, the oldest first, at most 100 of them.
    All,
}

/// A cron expression and the job it enqueues; one firing over all processes.
pub struct Schedule {
    name: &'static str,
    expression: &'static str,
    parsed: Result<cron::Schedule, String>,
    zone: Tz,
    missed: Missed,
    queue: &'static str,
    make: Box<dyn Fn() -> Result<NewJob, EnqueueError> + Send + Sync>,
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
        Self {
            name,
            expression,
            parsed: expression.parse().map_err(|error: cron::error::Error| error.to_string()),
            zone: Tz::UTC,
            missed: Missed::default(),
            queue: J::QUEUE.name(),
            make: Box::new(move || NewJob::of(&make(), None)),
        }
    }

    /// Reads the expression in this time zone.
    #[must_use]
    pub fn zone(mut self, zone: Tz) -> Self {
        self.zone = zone;
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
        let moment = moment.with_timezone(&self.zone);
        self.parsed.as_ref().ok()?.after(&moment).next().map(|tick| tick.with_timezone(&Utc))
    }

    /// The ticks in `(last, now]` that are to be made up for, the oldest first.
    pub(crate) fn due(&self, last: DateTime<Utc>, now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        const MOST: usize = 100;
        /// A tick that is this late has been missed.
        const TOLERANCE: TimeDelta = TimeDelta::minutes(1);
        let ticks = std::iter::successors(self.next_after(last), |tick| self.next_after(*tick))
            .take_while(|tick| *tick <= now);
        match self.missed {
            Missed::All => ticks.take(MOST).collect(),
            Missed::Once => self.newest(last, now).into_iter().collect(),
            Missed::Skip => {
                self.newest(last, now).filter(|tick| now - *tick < TOLERANCE).into_iter().collect()
            }
        }
    }

    fn newest(&self, last: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        // Backwards the iterator excludes the moment it starts from, and a tick may be just now.
        let just_after = (now + TimeDelta::nanoseconds(1)).with_timezone(&self.zone);
        let newest = self.parsed.as_ref().ok()?.after(&just_after).next_back()?;
        Some(newest.with_timezone(&Utc)).filter(|tick| *tick > last)
    }

    pub(crate) fn queue(&self) -> &'static str {
        self.queue
    }

    pub(crate) fn check(&self) -> Result<(), CatalogueError> {
        let reason = self.parsed.as_ref().err().cloned();
        reason.map_or(Ok(()), |reason| Err(CatalogueError::Schedule { name: self.name, reason }))
    }

    pub(crate) fn job(&self) -> Result<NewJob, EnqueueError> {
        (self.make)()
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

    #[test]
    fn a_tick_is_due_from_its_very_moment() {
        let schedule = every_second(Missed::Once);
        assert_eq!(schedule.due(moment(0), moment(999)).len(), 0);
        assert_eq!(schedule.due(moment(0), moment(1000)), [moment(1000)]);
        assert_eq!(schedule.due(moment(0), moment(1300)), [moment(1000)]);
        assert_eq!(schedule.due(moment(1100), moment(1300)).len(), 0);
    }

    #[test]
    fn an_expression_is_read_in_its_time_zone() {
        let nine = Schedule::new("s", "0 0 9 * * *", || Nothing).zone(Tz::Europe__Berlin);
        let summer = "2027-07-01T00:00:00Z".parse().unwrap();
        assert_eq!(nine.next_after(summer).unwrap().to_rfc3339(), "2027-07-01T07:00:00+00:00");
    }

    proptest! {
        #[test]
        fn what_is_made_up_for_lies_between_the_last_look_and_now(
            last in 0..100_000i64, wait in 0..50_000i64,
        ) {
            let (last, now) = (moment(last), moment(last + wait));
            let all = every_second(Missed::All).due(last, now);
            prop_assert!(all.iter().all(|tick| *tick > last && *tick <= now));
            let once = every_second(Missed::Once).due(last, now);
            prop_assert_eq!(once.first(), all.last());
            prop_assert_eq!(every_second(Missed::Skip).due(last, now), once);
        }
    }
}
