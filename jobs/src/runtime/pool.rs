use std::time::Duration;

use crate::Queue;

/// Some queues and how many of their jobs run at once in one process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    name: &'static str,
    queues: Vec<&'static str>,
    concurrency: usize,
    grace: Duration,
}

impl Pool {
    /// A pool without queues; ten jobs at once, 25 s of grace when it stops.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self { name, queues: Vec::new(), concurrency: 10, grace: Duration::from_secs(25) }
    }

    /// Serves this queue, too.
    #[must_use]
    pub fn queue(mut self, queue: Queue) -> Self {
        self.queues.push(queue.name());
        self
    }

    /// Serves these queues, too.
    #[must_use]
    pub fn queues(mut self, queues: impl IntoIterator<Item = Queue>) -> Self {
        self.queues.extend(queues.into_iter().map(Queue::name));
        self
    }

    /// At most this many jobs at once in one process.
    #[must_use]
    pub fn concurrency(mut self, jobs: usize) -> Self {
        self.concurrency = jobs.max(1);
        self
    }

    /// How long running jobs may go on after the process was asked to stop; then they are
    /// interrupted and go back to their queue, the attempt uncounted.
    #[must_use]
    pub fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The names of its queues.
    pub fn queue_names(&self) -> impl Iterator<Item = &'static str> {
        self.queues.iter().copied()
    }

    pub(crate) fn slots(&self) -> usize {
        self.concurrency
    }

    pub(crate) fn grace_period(&self) -> Duration {
        self.grace
    }
}
