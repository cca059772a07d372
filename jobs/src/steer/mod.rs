//! What staff may do to jobs, runs, queues and schedules. Each works inside the caller's transaction, so
//! that an audit row commits with it; wake the queue after the commit.

mod job;
mod queue;
mod run;
mod schedule;

pub use self::{
    job::{Cancelling, cancel_job, retry_job},
    queue::{pause_queue, resume_queue},
    run::{From, cancel_run, retry_run},
    schedule::{pause_schedule, resume_schedule, trigger_schedule},
};
use crate::{JobId, RunId};

/// Why an action was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SteerError {
    /// There is no such job.
    #[error("there is no job {0}")]
    NoSuchJob(JobId),
    /// There is no such run.
    #[error("there is no run {0}")]
    NoSuchRun(RunId),
    /// No program has such a schedule.
    #[error("there is no schedule `{0}`")]
    NoSuchSchedule(String),
    /// The run has no such step.
    #[error("the run has no step `{0}`")]
    NoSuchStep(String),
    /// Its state does not allow it; the state is given.
    #[error("this cannot be done while it is {0}")]
    WrongState(&'static str),
    /// A job that a run is made of is steered through its run.
    #[error("this job belongs to {0}; steer the run instead")]
    BelongsToRun(RunId),
    /// Another job of the same unique key has taken its place.
    #[error("{0} has the same unique key and has not finished")]
    Replaced(JobId),
    /// The database did not answer.
    #[error("steering failed in the database")]
    Database(#[from] sqlx::Error),
}
