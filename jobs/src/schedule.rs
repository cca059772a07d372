//! Jobs that the clock enqueues.

use std::fmt;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::{CatalogueError, EnqueueError, Job, enqueue::NewJob};

/// What happens to ticks that passed while no process was there to enqueue them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missed {
    /// They are dropped.
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
        let ticks = std::iter::successors(self.next_after(last), |tick| self.next_after(*tick))
            .take_while(|tick| *tick <= now);
        match self.missed {
            Missed::All => ticks.take(MOST).collect(),
            Missed::Once => self.newest(last, now).into_iter().collect(),
            // A tick is missed once its successor has come, too.
            Missed::Skip => self
                .newest(last, now)
                .filter(|tick| now - *tick < chrono::TimeDelta::minutes(1))
                .into_iter()
                .collect(),
        }
    }

    fn newest(&self, last: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let after_now = (now + chrono::TimeDelta::seconds(1)).with_timezone(&self.zone);
        let newest = self.parsed.as_ref().ok()?.after(&after_now).next_back()?;
        Some(newest.with_timezone(&Utc)).filter(|tick| *tick > last && *tick <= now)
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
