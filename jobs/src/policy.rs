//! What a job declares about its own running: attempts, backoff, timeout, priority, retention.

use std::time::Duration;

use crate::backoff::Backoff;

/// Which jobs of a queue go first. Within one priority the longest due goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Priority {
    /// Someone is waiting for it.
    High,
    /// The rule.
    #[default]
    Normal,
    /// Sweeps, purges, bulk work.
    Low,
}

impl Priority {
    /// All of them, most urgent first.
    pub const ALL: [Self; 3] = [Self::High, Self::Normal, Self::Low];

    pub(crate) const fn rank(self) -> i16 {
        self as i16
    }
}

/// How long history is kept, by how the job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Retention {
    /// Completed and cancelled jobs.
    pub finished: Duration,
    /// Dead jobs, which staff may still want to retry.
    pub dead: Duration,
}

const DAY: Duration = Duration::from_hours(24);

impl Default for Retention {
    /// 7 days for what went well, 90 days for the dead.
    fn default() -> Self {
        Self { finished: 7 * DAY, dead: 90 * DAY }
    }
}

/// What a job declares about its own running.
///
/// This is the one authority on retries: nothing else in the engine repeats a job.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    pub(crate) attempts: u16,
    pub(crate) backoff: Backoff,
    pub(crate) timeout: Duration,
    pub(crate) priority: Priority,
    pub(crate) retention: Retention,
}

impl Policy {
    /// At most this many attempts (at least one); backoff from 2 s up to 10 min, a timeout of
    /// 5 min, normal priority.
    #[must_use]
    pub fn attempts(attempts: u16) -> Self {
        Self {
            attempts: attempts.clamp(1, 1000),
            backoff: Backoff::new(Duration::from_secs(2), Duration::from_mins(10)),
            timeout: Duration::from_mins(5),
            priority: Priority::Normal,
            retention: Retention::default(),
        }
    }

    /// Waits about `first` after the first failure, twice as long after each further one, never
    /// longer than `most`. See [`Backoff`].
    #[must_use]
    pub fn backoff(mut self, first: Duration, most: Duration) -> Self {
        self.backoff = Backoff::new(first, most);
        self
    }

    /// An attempt that takes longer than this is stopped and counts as failed.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Who goes first when several are due.
    #[must_use]
    pub fn priority(mut self, priority: Priority) -> Self {
        self.priority = priority;
        self
    }

    /// How long its history is kept.
    #[must_use]
    pub fn retention(mut self, finished: Duration, dead: Duration) -> Self {
        self.retention = Retention { finished, dead };
        self
    }

    pub(crate) fn max_attempts(self) -> i16 {
        i16::try_from(self.attempts).unwrap_or(i16::MAX)
    }
}

impl Default for Policy {
    /// Eight attempts over about eight minutes.
    fn default() -> Self {
        Self::attempts(8)
    }
}
