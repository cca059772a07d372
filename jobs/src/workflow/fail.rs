//! A step that will not be tried again, and with it its run.

use std::sync::Arc;

use sqlx::{PgConnection, query};

use super::{definition::Failed, execute::Runner, store};
use crate::{Failure, RunId, WorkflowInput};

impl<S: Send + Sync + 'static, I: WorkflowInput> Runner<S, I> {
    /// Marks step and run as failed and calls the workflow's hook, in the caller's transaction.
    pub(super) async fn fail_run(
        &self,
        tx: &mut PgConnection,
        run: RunId,
        step: &str,
        state: &Arc<S>,
        failure: &Failure,
    ) -> Result<(), Failure> {
        let Some(locked) = store::lock_run(tx, run).await? else { return Ok(()) };
        if matches!(locked.state.as_str(), "completed" | "cancelled") {
            return Ok(());
        }
        let (code, error) = (failure.code.as_deref(), failure.chain());
        store::lay_out(tx, run, &self.outline).await?;
        mark_failed(tx, run, step, code, &error).await?;
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

async fn mark_failed(
    tx: &mut PgConnection,
    run: RunId,
    step: &str,
    code: Option<&str>,
    error: &str,
) -> Result<(), sqlx::Error> {
    query!(
        "update jobs.step set state = 'failed', code = $3, error = $4, finished_at = jobs.now()
        where run = $1 and name = $2",
        run.0,
        step,
        code,
        error
    )
    .execute(&mut *tx)
    .await?;
    query!(
        "update jobs.run set state = 'failed', step = $2, code = $3, error = $4,
            updated_at = jobs.now(), finished_at = jobs.now()
        where id = $1",
        run.0,
        step,
        code,
        error
    )
    .execute(tx)
    .await?;
    Ok(())
}
