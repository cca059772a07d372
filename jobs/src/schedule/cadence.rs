//! When a schedule ticks: a cron expression, read in a time zone.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// The ticks of an expression.
#[derive(Debug, Clone)]
pub(crate) struct Cadence {
    parsed: Result<cron::Schedule, String>,
    zone: Tz,
}

impl Cadence {
    pub fn new(expression: &str, zone: Tz) -> Self {
        let parsed = expression.parse().map_err(|error: cron::error::Error| error.to_string());
        Self { parsed, zone }
    }

    /// The same expression in another zone.
    pub fn in_zone(self, zone: Tz) -> Self {
        Self { zone, ..self }
    }

    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Why the expression cannot be read.
    pub fn fault(&self) -> Option<&str> {
        self.parsed.as_ref().err().map(String::as_str)
    }

    /// The ticks after a moment, in order.
    pub fn after(&self, moment: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
        let moment = moment.with_timezone(&self.zone);
        let ticks = self.parsed.as_ref().ok().map(|parsed| parsed.after(&moment));
        ticks.into_iter().flatten().map(|tick| tick.with_timezone(&Utc))
    }

    /// The ticks up to a moment, that moment included, the latest first.
    pub fn until(&self, moment: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
        // Backwards the iterator excludes the moment it starts from, and a tick may be just now.
        let just_after = (moment + TimeDelta::nanoseconds(1)).with_timezone(&self.zone);
        let ticks = self.parsed.as_ref().ok().map(|parsed| parsed.after(&just_after).rev());
        ticks.into_iter().flatten().map(|tick| tick.with_timezone(&Utc))
    }
}
