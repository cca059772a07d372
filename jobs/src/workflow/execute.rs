//! Running the job that advances a run.

use std::sync::Arc;

use futures::future::BoxFuture;
use sqlx::{PgConnection, PgPool};

use super::{
    advance,
    definition::{StepFn, Work, Workflow},
    outline::{Outline, StepOutline},
    step::{Ended, Step},
    store::{self, StepArgs},
    wait::{self, Found},
};
use crate::{
    Attempt, Failure, JobId, Listing, Outcome, Policy, RunId, WorkflowInput,
    catalogue::{Handler, UNDECODABLE},
    finish::{self, Ending},
    outcome::{Acked, Prospect},
    runtime::Claimed,
};

/// The code of a wait whose signal did not come in time.
const TIMED_OUT: &str = "wait.timed_out";

/// A workflow as the catalogue runs it.
pub(crate) struct Runner<S, I> {
    pub(super) workflow: Workflow<S, I>,
    pub(super) outline: Arc<Outline>,
}

pub(super) const ACKED: Outcome = Outcome::Acked(Acked { _only_the_engine_makes_one: () });

impl<S: Send + Sync + 'static, I: WorkflowInput> Runner<S, I> {
    pub fn new(workflow: Workflow<S, I>) -> Arc<Self> {
        let outline = Arc::new(workflow.whole_outline());
        Arc::new(Self { workflow, outline })
    }

    pub fn listing(&self) -> Listing {
        let mut queues: Vec<_> = self.outline.steps.iter().map(|step| step.queue).collect();
        queues.push(I::QUEUE.name());
        queues.sort_unstable();
        queues.dedup();
        Listing {
            name: self.outline.job_name.clone(),
            queues,
            about: I::ABOUT,
            runbook: I::RUNBOOK,
            policy: I::policy(),
        }
    }

    fn args(claimed: &Claimed) -> Result<StepArgs, Failure> {
        serde_json::from_str(&claimed.args)
            .map_err(|error| Failure::permanent(error).code(UNDECODABLE))
    }

    fn step(&self, args: &StepArgs) -> Result<&StepOutline, Failure> {
        let step = args.step.as_deref();
        self.outline.step_or_first(step).ok_or_else(|| self.no_such_step(step))
    }

    async fn execute(
        &self,
        claimed: &Claimed,
        state: Arc<S>,
        attempt: Attempt,
    ) -> Result<Outcome, Failure> {
        let args = Self::args(claimed)?;
        let step = self.step(&args)?;
        if args.step.is_none() {
            store::lay_out(&mut *claimed.db.acquire().await?, args.run, &self.outline).await?;
        }
        let db = &claimed.db;
        tracing::Span::current().record("run.step", step.name);
        let outcome = match (self.work_of(step.name)?, args.item.as_deref()) {
            (Work::Step(work), _) => {
                self.work(db, args.run, step.name, work, state, &attempt).await
            }
            (Work::Wait, _) => self.wait(db, args.run, step.name, &state, &attempt).await,
            (Work::FanOut(fan_out), None) => {
                self.spread(db, args.run, step, fan_out, state, &attempt).await
            }
            (Work::FanOut(fan_out), Some(key)) => {
                self.do_item(db, (args.run, step.name, key), fan_out, state, &attempt).await
            }
        }?;
        for queue in self.listing().queues {
            attempt.waker().wake_named(queue);
        }
        Ok(outcome)
    }

    async fn work(
        &self,
        db: &PgPool,
        run: RunId,
        name: &'static str,
        work: &StepFn<S, I>,
        state: Arc<S>,
        attempt: &Attempt,
    ) -> Result<Outcome, Failure> {
        let Some(step) = self.prepare(db, run, name, state.clone(), attempt).await? else {
            return Ok(Outcome::Cancelled);
        };
        match work(step).await {
            Ok(output) => self.conclude(db, run, name, output.0, attempt).await,
            Err(failure) => self.put_down(db, run, name, &state, failure, attempt).await,
        }
    }

    /// Writes down that a step's attempt failed; whether it is tried again is the job's policy's.
    pub(super) async fn put_down(
        &self,
        db: &PgPool,
        run: RunId,
        name: &str,
        state: &Arc<S>,
        failure: Failure,
        attempt: &Attempt,
    ) -> Result<Outcome, Failure> {
        if failure.prospect == Prospect::Refused {
            return self.refuse(db, run, name, state, &failure, attempt).await;
        }
        let (code, error) = (failure.code.as_deref(), failure.chain());
        store::note_failure(&mut *db.acquire().await?, run, name, code, &error).await?;
        Err(failure)
    }

    /// Marks the step as under way and gathers what it is given. `None` when it must not run.
    pub(super) async fn prepare(
        &self,
        db: &PgPool,
        run: RunId,
        name: &'static str,
        state: Arc<S>,
        attempt: &Attempt,
    ) -> Result<Option<Step<S, I>>, Failure> {
        let mut conn = db.acquire().await?;
        if !store::begin(&mut conn, run, name, attempt.job_id()).await? {
            return Ok(None);
        }
        Ok(Some(self.gather(&mut conn, run, name, state, attempt).await?))
    }

    /// What a step is given.
    pub(super) async fn gather(
        &self,
        conn: &mut PgConnection,
        run: RunId,
        name: &'static str,
        state: Arc<S>,
        attempt: &Attempt,
    ) -> Result<Step<S, I>, Failure> {
        let input = store::input(conn, run).await?.unwrap_or_default();
        let input = serde_json::from_value(input)
            .map_err(|error| Failure::permanent(error).code(UNDECODABLE))?;
        Ok(Step {
            state,
            input: Arc::new(input),
            run,
            name,
            outputs: Arc::new(store::outputs(conn, run).await?),
            outline: self.outline.clone(),
            attempt: attempt.clone(),
            key: None,
            item: Arc::new(()),
        })
    }

    async fn conclude(
        &self,
        db: &PgPool,
        run: RunId,
        name: &str,
        ended: Ended,
        attempt: &Attempt,
    ) -> Result<Outcome, Failure> {
        match ended {
            Ended::Snooze(until) => Ok(Outcome::Snooze(until)),
            Ended::Acked(acked) => Ok(Outcome::Acked(acked)),
            Ended::Done(output) => {
                let mut tx = db.begin().await?;
                let held = attempt.held();
                if !advance::complete(&mut tx, held, run, name, &output, &self.outline).await? {
                    return Err(crate::CompleteError::Fenced.into());
                }
                tx.commit().await?;
                Ok(ACKED)
            }
        }
    }

    /// Ends the run with the answer that its input cannot be used; the job itself is done.
    async fn refuse(
        &self,
        db: &PgPool,
        run: RunId,
        name: &str,
        state: &Arc<S>,
        failure: &Failure,
        attempt: &Attempt,
    ) -> Result<Outcome, Failure> {
        let mut tx = db.begin().await?;
        self.fail_run(&mut tx, (run, name, attempt.job_id()), state, failure).await?;
        if !finish::one(&mut tx, attempt.held(), &Ending::completed()).await? {
            return Err(crate::CompleteError::Fenced.into());
        }
        tx.commit().await?;
        Ok(ACKED)
    }

    async fn wait(
        &self,
        db: &PgPool,
        run: RunId,
        name: &str,
        state: &Arc<S>,
        attempt: &Attempt,
    ) -> Result<Outcome, Failure> {
        let mut tx = db.begin().await?;
        match wait::look(&mut tx, attempt.held(), run, name, &self.outline).await? {
            Found::NotYet(deadline) => return Ok(Outcome::snooze(deadline)),
            Found::Fenced => return Err(crate::CompleteError::Fenced.into()),
            Found::MovedOn => {}
            Found::TimedOut => {
                let failure =
                    Failure::permanent(format!("no signal `{name}` came in time")).code(TIMED_OUT);
                self.fail_run(&mut tx, (run, name, attempt.job_id()), state, &failure).await?;
                let error = failure.chain();
                let dead = Ending::dead(Some(TIMED_OUT), &error);
                if !finish::one(&mut tx, attempt.held(), &dead).await? {
                    return Err(crate::CompleteError::Fenced.into());
                }
            }
        }
        tx.commit().await?;
        Ok(ACKED)
    }

    fn work_of(&self, name: &str) -> Result<&Work<S, I>, Failure> {
        let found = self.workflow.steps.iter().find(|(step, _)| step.name == name);
        found.map(|(_, work)| work).ok_or_else(|| self.no_such_step(Some(name)))
    }

    fn no_such_step(&self, name: Option<&str>) -> Failure {
        Failure::permanent(format!("{} has no step {name:?}", self.outline.job_name))
            .code("workflow.no_such_step")
    }
}

impl<S: Send + Sync + 'static, I: WorkflowInput> Handler<S> for Arc<Runner<S, I>> {
    fn policy(&self, claimed: &Claimed) -> Policy {
        let args = Runner::<S, I>::args(claimed).ok();
        args.and_then(|args| Some(self.step(&args).ok()?.policy)).unwrap_or_else(I::policy)
    }

    fn run(
        &self,
        claimed: Arc<Claimed>,
        state: Arc<S>,
        attempt: Attempt,
    ) -> BoxFuture<'static, Result<Outcome, Failure>> {
        let runner = self.clone();
        Box::pin(async move { runner.execute(&claimed, state, attempt).await })
    }

    fn bury<'a>(
        &'a self,
        tx: &'a mut PgConnection,
        claimed: &'a Claimed,
        state: &'a Arc<S>,
        failure: &'a Failure,
    ) -> Option<BoxFuture<'a, Result<(), Failure>>> {
        let run = RunId(claimed.run?);
        let (step, item) =
            Runner::<S, I>::args(claimed).map_or((None, None), |args| (args.step, args.item));
        Some(Box::pin(async move {
            let first = self.outline.steps.first().map_or("", |step| step.name);
            let step = step.as_deref().unwrap_or(first);
            match item {
                Some(key) => self.bury_item(tx, &claimed.held(), (run, step, &key), failure).await,
                None => self.fail_run(tx, (run, step, JobId(claimed.id)), state, failure).await,
            }
        }))
    }

    fn mourns(&self) -> bool {
        true
    }
}
