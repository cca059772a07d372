//! Putting jobs into the queue, inside the caller's transaction.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::{Job, JobId, Tag, queue_store, trace};

/// What enqueuing gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enqueued {
    /// The job that will do the work.
    pub id: JobId,
    /// It was there before: see [`Unique`](crate::Unique).
    pub existing: bool,
}

/// Why a job could not be enqueued.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EnqueueError {
    /// The arguments could not be written as JSON.
    #[error("the arguments of {name} cannot be written as JSON")]
    Arguments {
        /// The job's name.
        name: &'static str,
        /// What serde reported.
        source: serde_json::Error,
    },
    /// A unique key is an index entry, at most 1024 bytes long.
    #[error("the unique key of {name} is longer than 1024 bytes")]
    KeyTooLong {
        /// The job's name.
        name: &'static str,
    },
    /// The database did not answer, or refused.
    #[error("enqueuing failed in the database")]
    Database(#[from] sqlx::Error),
}

/// Enqueues a job to run as soon as the caller's transaction has committed.
///
/// Works under `READ COMMITTED`; under a stricter isolation the caller retries SQLSTATE 40001.
pub async fn enqueue<S, J: Job<S>>(
    tx: &mut PgConnection,
    job: &J,
) -> Result<Enqueued, EnqueueError> {
    queue_store::insert_one(tx, NewJob::of(job, None)?).await
}

/// Enqueues a job to run at `when` on the database's clock: never earlier.
pub async fn enqueue_at<S, J: Job<S>>(
    tx: &mut PgConnection,
    job: &J,
    when: DateTime<Utc>,
) -> Result<Enqueued, EnqueueError> {
    queue_store::insert_one(tx, NewJob::of(job, Some(RunAt::Moment(when)))?).await
}

/// Enqueues a job to run this long from now on the database's clock: never earlier.
pub async fn enqueue_in<S, J: Job<S>>(
    tx: &mut PgConnection,
    job: &J,
    wait: Duration,
) -> Result<Enqueued, EnqueueError> {
    queue_store::insert_one(tx, NewJob::of(job, Some(RunAt::After(wait)))?).await
}

/// Enqueues many jobs of one kind with a constant number of statements. The answers are in the
/// order of `jobs`.
pub async fn enqueue_many<S, J: Job<S>>(
    tx: &mut PgConnection,
    jobs: &[J],
) -> Result<Vec<Enqueued>, EnqueueError> {
    let new = jobs.iter().map(|job| NewJob::of(job, None)).collect::<Result<Vec<_>, _>>()?;
    queue_store::insert_many(tx, new).await
}

/// From when on a job may run.
#[derive(Debug, Clone, Copy)]
pub(crate) enum RunAt {
    Moment(DateTime<Utc>),
    After(Duration),
}

/// A job as it goes into the table.
#[derive(Debug, Clone)]
pub(crate) struct NewJob {
    pub id: JobId,
    pub queue: String,
    pub name: String,
    pub priority: i16,
    pub max_attempts: i16,
    pub run_at: Option<RunAt>,
    pub args: String,
    pub tags: Option<Vec<String>>,
    pub traceparent: Option<String>,
    pub unique_key: Option<String>,
    pub unique_within: Option<Duration>,
    pub run: Option<uuid::Uuid>,
}

impl NewJob {
    pub(crate) fn of<S, J: Job<S>>(job: &J, run_at: Option<RunAt>) -> Result<Self, EnqueueError> {
        let args = serde_json::to_string(job)
            .map_err(|source| EnqueueError::Arguments { name: J::NAME, source })?;
        let policy = J::policy();
        let unique = job.unique();
        let unique_key = unique.key.map(|key| format!("{}:{key}", J::NAME));
        if unique_key.as_ref().is_some_and(|key| key.len() > 1024) {
            return Err(EnqueueError::KeyTooLong { name: J::NAME });
        }
        Ok(Self {
            id: JobId::new(),
            queue: J::QUEUE.name().to_owned(),
            name: J::NAME.to_owned(),
            priority: policy.priority.rank(),
            max_attempts: policy.max_attempts(),
            run_at,
            args,
            tags: written(&job.tags()),
            traceparent: trace::current(),
            unique_key,
            unique_within: unique.within,
            run: None,
        })
    }
}

/// Tags as the tables hold them, `name=value`; none cost nothing.
pub(crate) fn written(tags: &[Tag]) -> Option<Vec<String>> {
    (!tags.is_empty()).then(|| tags.iter().map(|(name, value)| format!("{name}={value}")).collect())
}
