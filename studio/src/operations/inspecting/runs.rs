//! Workflow runs and their steps, as staff see them.

use std::collections::HashMap;

use ::jobs::{
    JobId, RunId,
    inspect::{
        self, AttemptView, ItemView, RunFilter, RunState, RunView, StepKind, StepState, StepView,
    },
};
use sqlx::PgConnection;

use super::{Manual, jobs::attempts, limit, manual, page_of};
use crate::{
    Result, Studio,
    operations::refusals,
    page::{Page, PageRequest},
    redaction,
};

/// How many jobs of one run are looked at for attempts: a run has one job a step, and one more each
/// time that staff do a step again.
const MOST_JOBS: u16 = 200;
/// How many items of a step are shown.
const MOST_ITEMS: u16 = 100;

/// All that is known about one run.
#[derive(Debug, Clone)]
pub struct RunPage {
    /// The run.
    pub run: RunView,
    /// Its steps, in order.
    pub steps: Vec<RunStep>,
    /// In which ways it can be done again now, and what each would repeat. Empty while a step is due
    /// or under way.
    pub retries: Vec<RetryOption>,
    /// What it does, and where it is written what to do when it failed.
    pub manual: Option<Manual>,
}

/// One step with every attempt at it, over all retries.
#[derive(Debug, Clone)]
pub struct RunStep {
    /// The step.
    pub step: StepView,
    /// The attempts, the oldest first. Those at its items are told by the items' jobs.
    pub attempts: Vec<AttemptView>,
    /// Its items, if it fans out, in order; of many, those that failed or are under way.
    pub items: Vec<ItemView>,
}

/// One way to do a run again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RetryOption {
    /// The step that failed or is waited for, and all that follow it.
    FailedAndAfter {
        /// The steps that run again.
        repeats: Vec<String>,
    },
    /// Everything.
    All {
        /// The steps that run again.
        repeats: Vec<String>,
    },
    /// This step alone; then the run goes on where it stood.
    Step {
        /// The step.
        step: String,
    },
}

/// The runs that match, the newest first.
pub async fn list_runs(
    studio: &Studio,
    filter: &RunFilter,
    page: &PageRequest<RunId>,
) -> Result<Page<RunView>> {
    let mut db = studio.db.acquire().await?;
    let runs = inspect::runs(&mut db, filter, page.after, limit(page)).await?;
    Ok(page_of(runs).map(without_secrets))
}

/// One run with its steps and their attempts.
///
/// # Errors
/// [`refusals::NO_SUCH_RUN`].
pub async fn show_run(studio: &Studio, id: RunId) -> Result<RunPage> {
    let mut db = studio.db.acquire().await?;
    let run = inspect::run(&mut db, id).await?.ok_or_else(|| refusals::NO_SUCH_RUN.refuse())?;
    let steps = inspect::steps(&mut db, id).await?;
    let mut attempts = attempts_by_step(&mut db, id, &steps).await?;
    let retries = retries(&run, &steps);
    let mut told = Vec::with_capacity(steps.len());
    for step in steps {
        told.push(RunStep {
            attempts: attempts.remove(&step.name).unwrap_or_default(),
            items: items(&mut db, id, &step).await?,
            step: step_without_secrets(step),
        });
    }
    let manual = manual(&run.workflow);
    Ok(RunPage { run: without_secrets(run), steps: told, retries, manual })
}

/// A step that was done again had a job each time: all of them say which step they are for, except
/// the one that starts the run, which does the first.
async fn attempts_by_step(
    db: &mut PgConnection,
    run: RunId,
    steps: &[StepView],
) -> Result<HashMap<String, Vec<AttemptView>>> {
    let jobs = inspect::step_jobs(db, run, MOST_JOBS).await?;
    let first = steps.first().map(|step| step.name.as_str());
    let step_of: HashMap<JobId, &str> =
        jobs.iter().filter_map(|(job, step)| Some((*job, step.as_deref().or(first)?))).collect();
    let ids: Vec<JobId> = jobs.iter().map(|(job, _)| *job).collect();
    let mut by_step: HashMap<String, Vec<AttemptView>> = HashMap::new();
    for attempt in attempts(db, &ids).await? {
        if let Some(step) = step_of.get(&attempt.job) {
            by_step.entry((*step).to_owned()).or_default().push(attempt);
        }
    }
    Ok(by_step)
}

async fn items(db: &mut PgConnection, run: RunId, step: &StepView) -> Result<Vec<ItemView>> {
    if step.kind != StepKind::FanOut {
        return Ok(Vec::new());
    }
    let items = inspect::items(db, run, &step.name, MOST_ITEMS).await?;
    let without_secrets = |item: ItemView| ItemView {
        input: redaction::value(item.input),
        output: item.output.map(redaction::value),
        error: item.error.as_deref().map(|error| redaction::text(error).into_owned()),
        ..item
    };
    Ok(items.into_iter().map(without_secrets).collect())
}

fn retries(run: &RunView, steps: &[StepView]) -> Vec<RetryOption> {
    if matches!(run.state, RunState::Running | RunState::Refused) {
        return Vec::new();
    }
    let names_from =
        |position: usize| steps[position..].iter().map(|step| step.name.clone()).collect();
    let stopped = run.step.as_deref().and_then(|at| steps.iter().position(|step| step.name == at));
    let ended_early =
        matches!(run.state, RunState::Failed | RunState::Cancelled | RunState::Waiting);
    let after = stopped
        .filter(|_| ended_early)
        .map(|position| RetryOption::FailedAndAfter { repeats: names_from(position) });
    let all = (!steps.is_empty()).then(|| RetryOption::All { repeats: names_from(0) });
    let reached = steps.iter().filter(|step| step.state != StepState::Pending);
    let each = reached.map(|step| RetryOption::Step { step: step.name.clone() });
    after.into_iter().chain(all).chain(each).collect()
}

fn without_secrets(run: RunView) -> RunView {
    RunView {
        input: redaction::value(run.input),
        error: run.error.as_deref().map(|error| redaction::text(error).into_owned()),
        ..run
    }
}

fn step_without_secrets(step: StepView) -> StepView {
    StepView {
        output: step.output.map(redaction::value),
        error: step.error.as_deref().map(|error| redaction::text(error).into_owned()),
        ..step
    }
}
