//! What a running job knows about its own running.

use std::sync::Arc;

use sqlx::PgConnection;
use tokio_util::sync::CancellationToken;

use crate::{
    JobId, Waker,
    finish::{self, Ending, Held},
    outcome::{Acked, Outcome},
};

/// One attempt at a job. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Attempt {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    held: Held,
    number: u16,
    limit: u16,
    stopping: CancellationToken,
    waker: Waker,
}

tokio::task_local! {
    static CURRENT: JobId;
}

/// The job in whose attempt this task is, so that what it starts can say where it comes from.
pub(crate) fn current_job() -> Option<JobId> {
    CURRENT.try_with(|job| *job).ok()
}

/// Does this work as an attempt at a job.
pub(crate) fn within<F: Future>(job: JobId, work: F) -> impl Future<Output = F::Output> {
    CURRENT.scope(job, work)
}

/// Why a job could not be completed inside the caller's transaction.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompleteError {
    /// The job is no longer this attempt's: its process missed its lease, or staff cancelled it.
    /// Roll back; whoever holds the job now does the work.
    #[error("this attempt no longer holds its job, so its transaction must not commit")]
    Fenced,
    /// The step's output could not be written as JSON.
    #[error("the step's output cannot be written as JSON")]
    Output(#[source] serde_json::Error),
    /// The database did not answer.
    #[error("completing the job inside the transaction failed")]
    Database(#[from] sqlx::Error),
}

impl Attempt {
    pub(crate) fn new(
        held: Held,
        number: u16,
        limit: u16,
        stopping: CancellationToken,
        waker: Waker,
    ) -> Self {
        Self { inner: Arc::new(Inner { held, number, limit, stopping, waker }) }
    }

    /// The job's identity: the same for all its attempts, so it serves as an idempotency key.
    #[must_use]
    pub fn job_id(&self) -> JobId {
        self.inner.held.job
    }

    /// Which attempt this is, from 1. Snoozes and attempts before a retry by staff do not count.
    #[must_use]
    pub fn number(&self) -> u16 {
        self.inner.number
    }

    /// How many attempts the job's policy allows.
    #[must_use]
    pub fn limit(&self) -> u16 {
        self.inner.limit
    }

    /// Whether a failure of this attempt is final.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.number() >= self.limit()
    }

    /// Resolves when the process wants to stop: long work can save its place and snooze. Work
    /// that goes on is given the pool's grace period.
    pub async fn stopping(&self) {
        self.inner.stopping.cancelled().await;
    }

    /// Wakes the pools of other processes after a commit.
    #[must_use]
    pub fn waker(&self) -> &Waker {
        &self.inner.waker
    }

    /// Finishes the job inside the caller's transaction, so that its effect and its end are
    /// committed together. Return the outcome after committing:
    ///
    /// ```ignore
    /// let done = attempt.complete(&mut tx).await?;
    /// tx.commit().await?;
    /// Ok(done)
    /// ```
    pub async fn complete(&self, tx: &mut PgConnection) -> Result<Outcome, CompleteError> {
        if finish::one(tx, self.held(), &Ending::completed()).await? {
            Ok(Outcome::Acked(Acked { _only_the_engine_makes_one: () }))
        } else {
            Err(CompleteError::Fenced)
        }
    }

    pub(crate) fn held(&self) -> &Held {
        &self.inner.held
    }
}
