//! Declaring a job.

use serde::{Serialize, de::DeserializeOwned};

use crate::{Attempt, Failure, Outcome, Policy, Unique};

/// A named line of jobs. Pools say which queues they serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Queue(&'static str);

impl Queue {
    /// The queue of this name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }
}

/// A searchable fact about a job or run, such as `("content", "cnt_…")`.
pub type Tag = (&'static str, String);

/// A job: arguments that survive a restart, how to run with them, and how to treat failure.
///
/// It runs at least once after the transaction that enqueued it has committed, so `run` must be
/// idempotent. `S` is the state that the process hands to every job.
pub trait Job<S>: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its stable name, `area.what_it_does`. Renaming it strands the jobs that are waiting.
    const NAME: &'static str;
    /// The queue it waits in.
    const QUEUE: Queue;
    /// What it does, in one sentence for staff.
    const ABOUT: &'static str;
    /// The page that says what to do when it is dead, from the repository's root.
    const RUNBOOK: &'static str;

    /// Attempts, backoff, timeout, priority and retention.
    fn policy() -> Policy {
        Policy::default()
    }

    /// When another job is the same job.
    fn unique(&self) -> Unique {
        Unique::none()
    }

    /// What staff can find it by.
    fn tags(&self) -> Vec<Tag> {
        Vec::new()
    }

    /// Does the work. Dropped at the next `.await` when the attempt times out, is cancelled by
    /// staff, or the process loses its lease.
    fn run(
        self,
        state: &S,
        attempt: &Attempt,
    ) -> impl Future<Output = Result<Outcome, Failure>> + Send;
}
