//! What the steps of a run, and their items, look like on the wire.

use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object, types::Any};
use studio::operations::inspecting as engine;

use super::views::{AttemptRow, Json, error_chain};

/// Where a step stands.
#[derive(Debug, Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum StepState {
    /// Not begun.
    Pending,
    /// Begun; between two attempts, too.
    Running,
    /// Waits for its signal.
    Waiting,
    /// Done.
    Completed,
    /// Failed for good.
    Failed,
    /// Found that the run's input cannot be used.
    Refused,
}

impl From<engine::StepState> for StepState {
    fn from(state: engine::StepState) -> Self {
        match state {
            engine::StepState::Pending => Self::Pending,
            engine::StepState::Running => Self::Running,
            engine::StepState::Waiting => Self::Waiting,
            engine::StepState::Completed => Self::Completed,
            engine::StepState::Failed => Self::Failed,
            engine::StepState::Refused => Self::Refused,
        }
    }
}

/// What a step is.
#[derive(Debug, Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum StepKind {
    /// One job does it.
    Work,
    /// It is over when its signal comes.
    Wait,
    /// It is done for each of its items by a job of its own.
    FanOut,
}

impl From<engine::StepKind> for StepKind {
    fn from(kind: engine::StepKind) -> Self {
        match kind {
            engine::StepKind::Work => Self::Work,
            engine::StepKind::Wait => Self::Wait,
            engine::StepKind::FanOut => Self::FanOut,
        }
    }
}

/// A step of a run.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Step {
    /// Its name.
    name: String,
    /// What it is.
    kind: StepKind,
    /// Where it stands.
    state: StepState,
    /// What it waits for, if it is a wait.
    waiting_for: Option<String>,
    /// Until when what it waits for must come.
    deadline: Option<DateTime<Utc>>,
    /// When it first began.
    started_at: Option<DateTime<Utc>>,
    /// When it ended.
    finished_at: Option<DateTime<Utc>>,
    /// What it handed on, or what the signal carried; what is secret stands as `***`.
    output: Option<Json>,
    /// The job that executes it, or the timer of its wait.
    job_id: Option<String>,
    /// The stable word for its latest failure.
    error_code: Option<String>,
    /// Its latest error, then each of its causes.
    error_chain: Option<Vec<String>>,
    /// Every attempt, over all retries; those at its items are told by the items' jobs.
    attempts: Vec<AttemptRow>,
    /// How many items it has, if it fans out and has decided on them.
    items_total: Option<i64>,
    /// How many of them are done.
    items_completed: Option<i64>,
    /// How many of them failed for good or were refused.
    items_failed: Option<i64>,
    /// Its items, if it fans out, in order; of more than 100 those that failed or are under way first.
    items: Option<Vec<RunItem>>,
}

impl From<engine::RunStep> for Step {
    fn from(engine::RunStep { step, attempts, items }: engine::RunStep) -> Self {
        let counts = step.items;
        Self {
            kind: step.kind.into(),
            state: step.state.into(),
            waiting_for: (step.kind == engine::StepKind::Wait).then(|| step.name.clone()),
            deadline: step.deadline_at,
            started_at: step.started_at,
            finished_at: step.finished_at,
            output: step.output.map(Any),
            job_id: step.job.map(|job| job.to_string()),
            error_code: step.code,
            error_chain: step.error.as_deref().map(error_chain),
            attempts: attempts.into_iter().map(AttemptRow::from).collect(),
            items_total: counts.map(|counts| counts.total),
            items_completed: counts.map(|counts| counts.completed),
            items_failed: counts.map(|counts| counts.failed),
            items: (step.kind == engine::StepKind::FanOut)
                .then(|| items.into_iter().map(RunItem::from).collect()),
            name: step.name,
        }
    }
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum ItemState {
    /// Not begun.
    Pending,
    /// Begun; between two attempts, too.
    Running,
    /// Done.
    Completed,
    /// Failed for good.
    Failed,
    /// Found that it cannot be used.
    Refused,
}

impl From<engine::ItemState> for ItemState {
    fn from(state: engine::ItemState) -> Self {
        match state {
            engine::ItemState::Pending => Self::Pending,
            engine::ItemState::Running => Self::Running,
            engine::ItemState::Completed => Self::Completed,
            engine::ItemState::Failed => Self::Failed,
            engine::ItemState::Refused => Self::Refused,
        }
    }
}

/// One of the items of a step that fans out.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct RunItem {
    /// What tells it from the others.
    key: String,
    /// Where it stands.
    state: ItemState,
    /// Attempts begun, over all retries.
    attempts: i32,
    /// The job that executes it.
    job_id: Option<String>,
    /// When it first began.
    started_at: Option<DateTime<Utc>>,
    /// When it ended.
    finished_at: Option<DateTime<Utc>>,
    /// The stable word for its latest failure.
    code: Option<String>,
    /// Its latest error, without the causes.
    error: Option<String>,
}

impl From<engine::ItemView> for RunItem {
    fn from(item: engine::ItemView) -> Self {
        Self {
            key: item.key,
            state: item.state.into(),
            attempts: item.attempts,
            job_id: Some(item.job.to_string()),
            started_at: item.started_at,
            finished_at: item.finished_at,
            code: item.code,
            error: item.error.and_then(|error| error_chain(&error).into_iter().next()),
        }
    }
}
