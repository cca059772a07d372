//! Doing a run again, or a part of it.

use ::jobs::{RunId, inspect, steer};
use serde_json::{Value, json};

use super::{RetryFrom, alone, refused};
use crate::{
    Result, Studio,
    accounts::Permission,
    operations::{Acting, Change, Reason, Staff, StaffAction, refusals},
};

/// Does a run again, or a part of it.
///
/// # Errors
/// [`refusals::NO_SUCH_RUN`], [`refusals::NO_SUCH_STEP`], [`refusals::WRONG_STATE`].
pub async fn retry_run(
    studio: &Studio,
    staff: &Staff,
    run: RunId,
    from: RetryFrom,
    reason: Option<&Reason>,
) -> Result<()> {
    for queue in alone(studio, staff, reason, RetryRun { run, from }).await? {
        studio.waker.wake_named(&queue);
    }
    Ok(())
}

struct RetryRun {
    run: RunId,
    from: RetryFrom,
}

impl StaffAction for RetryRun {
    const NAME: &'static str = "run.retry";
    const NEEDS: Permission = Permission::OpsAct;
    /// The queues in which its next job waits.
    type Done = Vec<String>;

    fn target(&self) -> String {
        self.run.to_string()
    }

    async fn perform(self, acting: &mut Acting<'_>) -> Result<Change<Vec<String>>> {
        let before = seen(acting, self.run).await?;
        steer::retry_run(acting, self.run, &self.from).await.map_err(refused)?;
        let mut after = seen(acting, self.run).await?;
        after["from"] = match &self.from {
            RetryFrom::Step(step) => json!({ "step": step }),
            RetryFrom::StepAndAfter(step) => json!({ "step_and_after": step }),
            RetryFrom::FailedAndAfter => json!("failed_and_after"),
            RetryFrom::All => json!("all"),
        };
        let live = inspect::JobFilter { run: Some(self.run), ..Default::default() };
        let jobs = inspect::jobs(acting, &live, None, 1).await?.items;
        Change::new(before, after, jobs.into_iter().map(|job| job.queue).collect())
    }
}

/// What the audit log keeps of where a run stands.
async fn seen(acting: &mut Acting<'_>, run: RunId) -> Result<Value> {
    let run = inspect::run(acting, run).await?.ok_or_else(|| refusals::NO_SUCH_RUN.refuse())?;
    Ok(json!({
        "workflow": run.workflow,
        "subject": run.subject,
        "state": run.state,
        "step": run.step,
        "code": run.code,
    }))
}
