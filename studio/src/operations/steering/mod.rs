//! What staff may do to jobs, runs and schedules.

mod job;
mod run;
mod schedule;

use ::jobs::steer::SteerError;
use sqlx::{Postgres, Transaction};

pub use ::jobs::steer::From as RetryFrom;
pub use job::{cancel_job, retry_job};
pub use run::retry_run;
pub use schedule::{pause_schedule, resume_schedule, trigger_schedule};

use super::{Reason, Staff, StaffAction, act, refusals};
use crate::{Error, Result, Studio};

/// One action in a transaction of its own.
async fn alone<A: StaffAction>(
    studio: &Studio,
    staff: &Staff,
    reason: Option<&Reason>,
    action: A,
) -> Result<A::Done> {
    let mut tx: Transaction<'_, Postgres> = studio.db.begin().await?;
    let done = act(&mut tx, staff, reason, action).await?;
    tx.commit().await?;
    Ok(done)
}

/// What the engine refuses, in our words.
fn refused(error: SteerError) -> Error {
    match error {
        SteerError::NoSuchJob(_) => refusals::NO_SUCH_JOB.refuse().into(),
        SteerError::NoSuchRun(_) => refusals::NO_SUCH_RUN.refuse().into(),
        SteerError::NoSuchSchedule(_) => refusals::NO_SUCH_SCHEDULE.refuse().into(),
        SteerError::NoSuchStep(_) => refusals::NO_SUCH_STEP.refuse().at("step").into(),
        SteerError::WrongState(state) => {
            refusals::WRONG_STATE.because(format!("It is {state} now.")).into()
        }
        SteerError::BelongsToRun(run) => {
            refusals::BELONGS_TO_RUN.because(format!("It is a step of {run}.")).into()
        }
        SteerError::Replaced(job) => {
            refusals::REPLACED.because(format!("{job} is the same job and has not ended.")).into()
        }
        SteerError::Database(error) => error.into(),
        other => Error::internal("steering the engine", other),
    }
}
