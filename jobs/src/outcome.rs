//! How an attempt ends.

use std::{error::Error, time::Duration};

use chrono::{DateTime, Utc};

/// Until when a snoozed job rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// A moment on the database's clock.
    At(DateTime<Utc>),
    /// This long from now.
    In(Duration),
}

impl From<DateTime<Utc>> for Until {
    fn from(at: DateTime<Utc>) -> Self {
        Self::At(at)
    }
}

impl From<Duration> for Until {
    fn from(wait: Duration) -> Self {
        Self::In(wait)
    }
}

/// How an attempt ended that did not fail.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// The work is done.
    Done,
    /// Not yet: run again later. The attempt does not count.
    Snooze(Until),
    /// The work is no longer wanted.
    Cancelled,
    /// [`Attempt::complete`](crate::Attempt::complete) finished the job inside the caller's own
    /// transaction, which is committed.
    Acked(Acked),
}

impl Outcome {
    /// Run again later; the attempt does not count.
    pub fn snooze(until: impl Into<Until>) -> Self {
        Self::Snooze(until.into())
    }
}

/// Proof that [`Attempt::complete`](crate::Attempt::complete) was called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acked {
    pub(crate) _only_the_engine_makes_one: (),
}

/// What can still become of work whose attempt failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prospect {
    Retry,
    Permanent,
    Refused,
}

/// An attempt that failed: what went wrong, and whether trying again can help.
///
/// It is no `std::error::Error` on purpose: a product implements `From<ItsError> for Failure`
/// once, and so decides in one place which of its errors are permanent.
#[derive(Debug)]
pub struct Failure {
    pub(crate) source: Box<dyn Error + Send + Sync>,
    pub(crate) code: Option<String>,
    pub(crate) prospect: Prospect,
    pub(crate) after: Option<Duration>,
}

impl Failure {
    /// Trying again may help: the job's policy decides when, and how often.
    #[must_use]
    pub fn retry(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { source: error.into(), code: None, prospect: Prospect::Retry, after: None }
    }

    /// Trying again cannot help: the job goes dead at once.
    #[must_use]
    pub fn permanent(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { prospect: Prospect::Permanent, ..Self::retry(error) }
    }

    /// What the work was given can never be used, and staff can do nothing about it: a run ends as
    /// refused, its hook is called, and nobody's attention is asked for. A job that is no step of
    /// a workflow goes dead as after any permanent failure.
    #[must_use]
    pub fn refused(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { prospect: Prospect::Refused, ..Self::retry(error) }
    }

    /// A stable word for this kind of failure, which products and staff can filter by.
    #[must_use]
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// The next attempt comes after this long instead of the policy's backoff, as a server asks
    /// for with `Retry-After`. The number of attempts stays limited.
    #[must_use]
    pub fn after(mut self, wait: Duration) -> Self {
        self.after = Some(wait);
        self
    }

    /// Whether trying again was ruled out.
    pub fn is_permanent(&self) -> bool {
        self.prospect != Prospect::Retry
    }

    /// The error and all its causes, one a line.
    #[must_use]
    pub fn chain(&self) -> String {
        let mut text = self.source.to_string();
        let mut cause = self.source.source();
        while let Some(error) = cause {
            text.push_str("\ncaused by: ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        // Postgres text cannot hold NUL.
        text.replace('\0', "\u{fffd}")
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::retry(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::retry(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::retry(error)
    }
}

impl From<crate::EnqueueError> for Failure {
    fn from(error: crate::EnqueueError) -> Self {
        Self::retry(error)
    }
}

impl From<crate::CompleteError> for Failure {
    fn from(error: crate::CompleteError) -> Self {
        Self::retry(error)
    }
}
