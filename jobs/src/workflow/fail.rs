//! A step that will not be tried again, and with it its run.
//!
//! It has failed, and waits for staff, or it was refused, which is an answer.

use std::sync::Arc;

use sqlx::{PgConnection, query};

use super::{definition::Failed, execute::Runner, store};
use crate::{Failure, JobId, RunId, WorkflowInput, outcome::Prospect};

impl<S: Send + Sync + 'static, I: WorkflowInput> Runner<S, I> {
    /// Marks step and run as failed or refused and calls the workflow's hook, in the caller's
    /// transaction. Changes nothing when the run has ended, or another job executes the step now.
    pub(super) async fn fail_run(
        &self,
        tx: &mut PgConnection,
        (run, step, job): (RunId, &str, JobId),
        state: &Arc<S>,
        failure: &Failure,
    ) -> Result<(), Failure> {
        let Some(locked) = store::lock_run(tx, run).await? else { return Ok(()) };
        if matches!(locked.state.as_str(), "completed" | "cancelled" | "refused")
            || store::is_superseded(tx, run, step, job).await?
        {
            return Ok(());
        }
        let (code, error) = (failure.code.as_deref(), failure.chain());
        store::lay_out(tx, run, &self.outline).await?;
        let state_of_both =
            if failure.prospect == Prospect::Refused { "refused" } else { "failed" };
        mark(tx, run, step, state_of_both, code, &error).await?;
        let Some(hook) = &self.workflow.on_failed else { return Ok(()) };
        let input = store::input(tx, run).await?.unwrap_or_default();
        match serde_json::from_value(input) {
            Ok(input) => {
                let failed = Failed {
                    state: state.clone(),
                    run,
                    input,
                    step: step.to_owned(),
                    code: code.map(str::to_owned),
                    error,
                };
                hook(tx, failed).await
            }
            Err(reason) => {
                tracing::error!(%run, %reason, "a failed run's input cannot be read; its hook is skipped");
                Ok(())
            }
        }
    }
}

async fn mark(
    tx: &mut PgConnection,
    run: RunId,
    step: &str,
    state: &str,
    code: Option<&str>,
    error: &str,
) -> Result<(), sqlx::Error> {
    query!(
        "update jobs.step set state = $3, code = $4, error = $5, finished_at = jobs.now()
        where run = $1 and name = $2",
        run.0,
        step,
        state,
        code,
        error
    )
    .execute(&mut *tx)
    .await?;
    query!(
        "update jobs.run set state = $3, step = $2, code = $4, error = $5,
            updated_at = jobs.now(), finished_at = jobs.now()
        where id = $1",
        run.0,
        step,
        state,
        code,
        error
    )
    .execute(tx)
    .await?;
    Ok(())
}
