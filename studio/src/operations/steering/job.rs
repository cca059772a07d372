//! Retry and cancel of one job.

use ::jobs::{JobId, inspect, steer};
use serde_json::{Value, json};

use super::{alone, refused};
use crate::{
    Result, Studio,
    accounts::Permission,
    operations::{Acting, Change, Reason, Staff, StaffAction, refusals},
};

/// Runs a dead or cancelled job again with all its attempts, or a waiting one at once.
///
/// # Errors
/// [`refusals::NO_SUCH_JOB`], [`refusals::WRONG_STATE`], [`refusals::BELONGS_TO_RUN`],
/// [`refusals::REPLACED`].
pub async fn retry_job(
    studio: &Studio,
    staff: &Staff,
    job: JobId,
    reason: Option<&Reason>,
) -> Result<()> {
    let queue = alone(studio, staff, reason, RetryJob { job }).await?;
    studio.waker.wake_named(&queue);
    Ok(())
}

/// Cancels a job that has not ended. One that runs is asked to stop.
///
/// # Errors
/// As [`retry_job`].
pub async fn cancel_job(
    studio: &Studio,
    staff: &Staff,
    job: JobId,
    reason: Option<&Reason>,
) -> Result<()> {
    alone(studio, staff, reason, CancelJob { job }).await
}

struct RetryJob {
    job: JobId,
}

impl StaffAction for RetryJob {
    const NAME: &'static str = "job.retry";
    const NEEDS: Permission = Permission::OpsAct;
    type Done = String;

    fn target(&self) -> String {
        self.job.to_string()
    }

    async fn perform(self, acting: &mut Acting<'_>) -> Result<Change<String>> {
        let (queue, before) = seen(acting, self.job).await?;
        steer::retry_job(acting, self.job).await.map_err(refused)?;
        let (_, after) = seen(acting, self.job).await?;
        Change::new(before, after, queue)
    }
}

struct CancelJob {
    job: JobId,
}

impl StaffAction for CancelJob {
    const NAME: &'static str = "job.cancel";
    const NEEDS: Permission = Permission::OpsAct;
    type Done = ();

    fn target(&self) -> String {
        self.job.to_string()
    }

    async fn perform(self, acting: &mut Acting<'_>) -> Result<Change<()>> {
        let (_, before) = seen(acting, self.job).await?;
        let answer = steer::cancel_job(acting, self.job).await.map_err(refused)?;
        let after = match answer {
            steer::Cancelling::Cancelled => json!({ "state": "cancelled" }),
            steer::Cancelling::Requested => json!({ "state": "running", "asked_to_stop": true }),
        };
        Change::new(before, after, ())
    }
}

/// The queue of a job, and what the audit log keeps of where it stands.
async fn seen(acting: &mut Acting<'_>, job: JobId) -> Result<(String, Value)> {
    let job = inspect::job(acting, job).await?.ok_or_else(|| refusals::NO_SUCH_JOB.refuse())?;
    let facts = json!({
        "name": job.name,
        "state": job.state,
        "attempt": job.attempt,
        "attempts_allowed": job.attempts_allowed,
        "code": job.code,
    });
    Ok((job.queue, facts))
}
