//! When two jobs are the same job.

use std::{fmt::Display, time::Duration};

/// Under which key a job is the same as another of its name, and for how long.
///
/// Enqueuing a duplicate is no error: it returns the job that exists. If that job is already
/// running, it runs once more afterwards, so that it sees what the duplicate's transaction wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unique {
    pub(crate) key: Option<String>,
    pub(crate) within: Option<Duration>,
}

impl Unique {
    /// Every enqueued job is a job of its own.
    #[must_use]
    pub const fn none() -> Self {
        Self { key: None, within: None }
    }

    /// The same while a job of this name and `value` has not finished.
    #[must_use]
    pub fn by(value: impl Display) -> Self {
        Self { key: Some(value.to_string()), within: None }
    }

    /// The same for this long after the first was enqueued, finished or not: one run a period.
    #[must_use]
    pub fn within(mut self, period: Duration) -> Self {
        self.within = Some(period);
        self
    }
}
