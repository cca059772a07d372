//! Writing a workflow down.

use std::{fmt, sync::Arc, time::Duration};

use futures::future::BoxFuture;
use sqlx::PgConnection;

use super::{
    fan_out::FanOut,
    job_name,
    outline::{Kind, Outline, StepOutline},
};
use crate::{Failure, Item, Policy, Queue, RunId, Step, StepOutput, WorkflowInput};

pub(super) type StepFn<S, I> =
    Box<dyn Fn(Step<S, I>) -> BoxFuture<'static, Result<StepOutput, Failure>> + Send + Sync>;
pub(super) type FailedFn<S, I> = Box<
    dyn for<'c> Fn(&'c mut PgConnection, Failed<S, I>) -> BoxFuture<'c, Result<(), Failure>>
        + Send
        + Sync,
>;

/// What a step does when its turn comes.
pub(super) enum Work<S, I> {
    Step(StepFn<S, I>),
    FanOut(FanOut<S, I>),
    Wait,
}

/// A run that has failed or was refused: what the workflow's hook is told.
pub struct Failed<S, I> {
    /// The state that the process hands to every job.
    pub state: Arc<S>,
    /// The run.
    pub run: RunId,
    /// What it was started with.
    pub input: I,
    /// The step at which it ended.
    pub step: String,
    /// The stable word for the kind of failure, if the failure had one.
    pub code: Option<String>,
    /// The error with its causes, for staff.
    pub error: String,
}

/// The steps of a workflow, in order.
pub struct Workflow<S, I> {
    pub(super) steps: Vec<(StepOutline, Work<S, I>)>,
    pub(super) on_failed: Option<FailedFn<S, I>>,
}

impl<S, I> fmt::Debug for Workflow<S, I> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.steps.iter().map(|(outline, _)| outline.name)).finish()
    }
}

impl<S: Send + Sync + 'static, I: WorkflowInput> Default for Workflow<S, I> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Send + Sync + 'static, I: WorkflowInput> Workflow<S, I> {
    /// A workflow without steps.
    #[must_use]
    pub fn new() -> Self {
        Self { steps: Vec::new(), on_failed: None }
    }

    /// Then do this. The name is stable within a version and unique within the workflow.
    #[must_use]
    pub fn step<F, R>(mut self, name: &'static str, run: F) -> Self
    where
        F: Fn(Step<S, I>) -> R + Send + Sync + 'static,
        R: Future<Output = Result<StepOutput, Failure>> + Send + 'static,
    {
        let work = Work::Step(Box::new(move |step| Box::pin(run(step))));
        self.steps.push((Self::outline(name, Kind::Work), work));
        self
    }

    /// Then do `work` for each of the items that `items` decides on when the step begins: each
    /// item is executed as a job of its own, several at once, with this step's queue and policy.
    /// When all have ended, the last of them moves the run on, and later steps read what they
    /// handed on with [`Step::outputs_of`]. Without an item the run goes straight on.
    ///
    /// An item whose attempts are used up, or that fails permanently, has failed; the others go
    /// on to their end, and then the run fails visibly at this step, so that staff see the whole
    /// extent and no item is under way when they do the failed ones again. Items that are refused
    /// end the run as refused, in the same way, unless others failed.
    ///
    /// `items` must be idempotent, as any step; once its list is committed, it is not asked again
    /// unless staff do the whole step again.
    ///
    /// ```ignore
    /// Workflow::new()
    ///     .fan_out("count", shards_with_events, count_shard)
    ///     .step("add_up", add_up)
    ///
    /// async fn shards_with_events(step: Step<Studio, RollUp>) -> Result<Vec<Shard>, Failure>
    /// async fn count_shard(step: Step<Studio, RollUp, Shard>) -> Result<StepOutput, Failure>
    /// ```
    #[must_use]
    pub fn fan_out<T, F, L, W, R>(mut self, name: &'static str, items: F, work: W) -> Self
    where
        T: Item,
        F: Fn(Step<S, I>) -> L + Send + Sync + 'static,
        L: Future<Output = Result<Vec<T>, Failure>> + Send + 'static,
        W: Fn(Step<S, I, T>) -> R + Send + Sync + 'static,
        R: Future<Output = Result<StepOutput, Failure>> + Send + 'static,
    {
        let work = Work::FanOut(FanOut::new(items, work));
        self.steps.push((Self::outline(name, Kind::FanOut), work));
        self
    }

    /// Then wait for the signal of this name. When it does not come within `deadline`, the run
    /// fails visibly at this step with the code `wait.timed_out`. The signal's payload is the
    /// step's output.
    #[must_use]
    pub fn wait_for(mut self, name: &'static str, deadline: Duration) -> Self {
        self.steps.push((Self::outline(name, Kind::Wait(deadline)), Work::Wait));
        self
    }

    /// How the step just added treats failure.
    #[must_use]
    pub fn policy(mut self, policy: Policy) -> Self {
        if let Some((outline, _)) = self.steps.last_mut() {
            outline.policy = policy;
        }
        self
    }

    /// The queue in which the step just added waits.
    #[must_use]
    pub fn queue(mut self, queue: Queue) -> Self {
        if let Some((outline, _)) = self.steps.last_mut() {
            outline.queue = queue.name();
        }
        self
    }

    /// What else happens in the transaction in which a run fails or is refused, so that the product's own row
    /// says so, too. It writes to the database only; when it errs, failing the run is tried again.
    ///
    /// ```ignore
    /// .on_failed(|tx, failed| Box::pin(async move {
    ///     upload_store::mark_failed(tx, failed.input.upload, failed.code.as_deref()).await?;
    ///     Ok(())
    /// }))
    /// ```
    #[must_use]
    pub fn on_failed<F>(mut self, hook: F) -> Self
    where
        F: for<'c> Fn(&'c mut PgConnection, Failed<S, I>) -> BoxFuture<'c, Result<(), Failure>>
            + Send
            + Sync
            + 'static,
    {
        self.on_failed = Some(Box::new(hook));
        self
    }

    /// The names of its steps, in order.
    #[must_use]
    pub fn step_names(&self) -> Vec<&'static str> {
        self.steps.iter().map(|(outline, _)| outline.name).collect()
    }

    fn outline(name: &'static str, kind: Kind) -> StepOutline {
        StepOutline { name, queue: I::QUEUE.name(), policy: I::policy(), kind }
    }

    pub(super) fn whole_outline(&self) -> Outline {
        Outline {
            job_name: job_name(I::NAME, I::VERSION),
            steps: self.steps.iter().map(|(outline, _)| outline.clone()).collect(),
        }
    }
}
