//! What runs look like on the wire.

use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object, types::Any};
use studio::operations::inspecting::{self as engine, RetryOption};

use super::{
    step_views::Step,
    views::{Json, ManualView, error_chain},
};

/// Where a run stands.
#[derive(Debug, Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
pub enum RunState {
    /// A step is due or under way.
    Running,
    /// It waits for a signal.
    Waiting,
    /// All steps are done.
    Completed,
    /// A step failed for good: staff can retry it.
    Failed,
    /// What it was given cannot be used, which the creator was told: nothing is left to do.
    Refused,
    /// No longer wanted.
    Cancelled,
}

impl From<engine::RunState> for RunState {
    fn from(state: engine::RunState) -> Self {
        match state {
            engine::RunState::Running => Self::Running,
            engine::RunState::Waiting => Self::Waiting,
            engine::RunState::Completed => Self::Completed,
            engine::RunState::Failed => Self::Failed,
            engine::RunState::Refused => Self::Refused,
            engine::RunState::Cancelled => Self::Cancelled,
        }
    }
}

impl From<RunState> for engine::RunState {
    fn from(state: RunState) -> Self {
        match state {
            RunState::Running => Self::Running,
            RunState::Waiting => Self::Waiting,
            RunState::Completed => Self::Completed,
            RunState::Failed => Self::Failed,
            RunState::Refused => Self::Refused,
            RunState::Cancelled => Self::Cancelled,
        }
    }
}

/// A run in a list.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct RunRow {
    /// Its id (`run_…`).
    id: String,
    /// The workflow.
    workflow: String,
    /// The workflow's version.
    version: i32,
    /// What it is about (`cnt_…`).
    subject: String,
    /// Where it stands.
    state: RunState,
    /// The step under way, waited for, or failed.
    current_step: Option<String>,
    /// What it can be found by, `name=value`.
    tags: Vec<String>,
    /// The stable word for its failure.
    error_code: Option<String>,
    /// Its error, without the causes.
    last_error: Option<String>,
    /// The trace it belongs to.
    trace_id: Option<String>,
    /// When it was started.
    started_at: DateTime<Utc>,
    /// When it last moved on.
    updated_at: DateTime<Utc>,
    /// When it ended.
    finished_at: Option<DateTime<Utc>>,
}

impl From<engine::RunView> for RunRow {
    fn from(run: engine::RunView) -> Self {
        Self {
            id: run.id.to_string(),
            workflow: run.workflow,
            version: run.version,
            subject: run.subject,
            state: run.state.into(),
            current_step: run.step,
            tags: run.tags,
            error_code: run.code,
            last_error: run.error.and_then(|error| error_chain(&error).into_iter().next()),
            trace_id: run.trace_id,
            started_at: run.created_at,
            updated_at: run.updated_at,
            finished_at: run.finished_at,
        }
    }
}

/// All that is known about one run.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Run {
    /// The run.
    #[oai(flatten)]
    row: RunRow,
    /// What it was started with; what is secret stands as `***`.
    input: Json,
    /// Its steps, in order; empty until the first has begun.
    steps: Vec<Step>,
    /// In which ways it can be done again now, and what each would repeat.
    retries: Vec<Retry>,
    /// What it does and what to do when it failed.
    runbook: Option<ManualView>,
}

impl From<engine::RunPage> for Run {
    fn from(page: engine::RunPage) -> Self {
        Self {
            input: Any(page.run.input.clone()),
            steps: page.steps.into_iter().map(Step::from).collect(),
            retries: page.retries.into_iter().map(Retry::from).collect(),
            runbook: page.manual.map(ManualView::from),
            row: page.run.into(),
        }
    }
}

/// One way to do a run again.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct Retry {
    /// How much: `step`, `failed_and_after` or `all`.
    from: String,
    /// Which step, with `step`.
    step: Option<String>,
    /// The steps that would run again.
    repeats: Vec<String>,
}

impl From<RetryOption> for Retry {
    fn from(option: RetryOption) -> Self {
        let of = |from: &str, step, repeats| Self { from: from.to_owned(), step, repeats };
        match option {
            RetryOption::FailedAndAfter { repeats } => of("failed_and_after", None, repeats),
            RetryOption::All { repeats } => of("all", None, repeats),
            RetryOption::Step { step } => of("step", Some(step.clone()), vec![step]),
        }
    }
}
