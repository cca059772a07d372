//! Running the jobs of a step that fans out: the one that decides its items, and theirs.

use std::sync::Arc;

use sqlx::{PgConnection, PgPool};

use super::{
    FanOut, ending, spread,
    store::{self, At},
};
use crate::{
    Attempt, CompleteError, Failure, Outcome, RunId, WorkflowInput,
    finish::{self, Ending, Held},
    outcome::Prospect,
    workflow::{
        execute::{ACKED, Runner},
        outline::StepOutline,
        step::Ended,
    },
};

impl<S: Send + Sync + 'static, I: WorkflowInput> Runner<S, I> {
    /// The step's own job: decides the items, or, when all have ended and some failed, fails.
    pub(in crate::workflow) async fn spread(
        &self,
        db: &PgPool,
        run: RunId,
        step: &StepOutline,
        fan_out: &FanOut<S, I>,
        state: Arc<S>,
        attempt: &Attempt,
    ) -> Result<Outcome, Failure> {
        let open = store::open(&mut *db.acquire().await?, run, step.name).await?;
        let items = match open {
            None => {
                let Some(begun) = self.prepare(db, run, step.name, state.clone(), attempt).await?
                else {
                    return Ok(Outcome::Cancelled);
                };
                let items = (fan_out.items)(begun).await;
                items.and_then(|items| spread::check(&items).map(|()| items))
            }
            Some(0) => Err(ending::verdict(&mut *db.acquire().await?, run, step.name).await?),
            Some(_) => return Ok(Outcome::Cancelled),
        };
        let items = match items {
            Ok(items) => items,
            Err(failure) => {
                return self.put_down(db, run, step.name, &state, failure, attempt).await;
            }
        };
        let mut tx = db.begin().await?;
        let held = attempt.held();
        if !spread::spread(&mut tx, held, run, step, &items, &self.outline).await? {
            return Err(CompleteError::Fenced.into());
        }
        tx.commit().await?;
        Ok(ACKED)
    }

    /// The job of one item.
    pub(in crate::workflow) async fn do_item(
        &self,
        db: &PgPool,
        at: (RunId, &'static str, &str),
        fan_out: &FanOut<S, I>,
        state: Arc<S>,
        attempt: &Attempt,
    ) -> Result<Outcome, Failure> {
        let (run, step, key) = at;
        tracing::Span::current().record("run.item", key);
        let at = At { run, step, key };
        let mut conn = db.acquire().await?;
        let Some(value) = store::begin(&mut conn, at, attempt.job_id()).await? else {
            return Ok(Outcome::Cancelled);
        };
        let given = self.gather(&mut conn, run, step, state, attempt).await?;
        drop(conn);
        match (fan_out.work)(given, key.into(), value).await {
            Ok(output) => match output.0 {
                Ended::Snooze(until) => Ok(Outcome::Snooze(until)),
                Ended::Acked(acked) => Ok(Outcome::Acked(acked)),
                Ended::Done(output) => {
                    let mut tx = db.begin().await?;
                    let (held, outline) = (attempt.held(), &self.outline);
                    if !ending::complete(&mut tx, held, run, step, key, &output, outline).await? {
                        return Err(CompleteError::Fenced.into());
                    }
                    tx.commit().await?;
                    Ok(ACKED)
                }
            },
            Err(failure) if failure.prospect == Prospect::Refused => {
                self.refuse_item(db, at, &failure, attempt.held()).await
            }
            Err(failure) => {
                let (code, error) = (failure.code.as_deref(), failure.chain());
                let mut conn = db.acquire().await?;
                store::note_failure(&mut conn, at, attempt.job_id(), code, &error).await?;
                Err(failure)
            }
        }
    }

    /// The answer is that the item cannot be used; the job itself is done.
    async fn refuse_item(
        &self,
        db: &PgPool,
        at: At<'_>,
        failure: &Failure,
        held: &Held,
    ) -> Result<Outcome, Failure> {
        let mut tx = db.begin().await?;
        if !ending::give_up(&mut tx, held, at, failure, &self.outline).await?
            || !finish::one(&mut tx, held, &Ending::completed()).await?
        {
            return Err(CompleteError::Fenced.into());
        }
        tx.commit().await?;
        Ok(ACKED)
    }

    /// Records that an item's job is dead, in the transaction in which it dies.
    pub(in crate::workflow) async fn bury_item(
        &self,
        tx: &mut PgConnection,
        held: &Held,
        (run, step, key): (RunId, &str, &str),
        failure: &Failure,
    ) -> Result<(), Failure> {
        ending::give_up(tx, held, At { run, step, key }, failure, &self.outline).await?;
        Ok(())
    }
}
