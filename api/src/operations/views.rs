//! What jobs, attempts and servers look like on the wire.

use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object, types::Any};
use serde_json::Value;
use studio::operations::{health::Reading, inspecting as engine};

/// Where a job stands.
#[derive(Debug, Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
pub enum JobState {
    /// Due, and waiting for a free slot.
    Available,
    /// Waiting for its time.
    Scheduled,
    /// Failed before, and waiting for its next attempt.
    Retrying,
    /// Under way.
    Running,
    /// Done.
    Completed,
    /// Given up: kept, with the error, until staff retry it or its retention ends.
    Dead,
    /// No longer wanted.
    Cancelled,
}

impl From<engine::JobState> for JobState {
    fn from(state: engine::JobState) -> Self {
        match state {
            engine::JobState::Available => Self::Available,
            engine::JobState::Scheduled => Self::Scheduled,
            engine::JobState::Retrying => Self::Retrying,
            engine::JobState::Running => Self::Running,
            engine::JobState::Completed => Self::Completed,
            engine::JobState::Dead => Self::Dead,
            engine::JobState::Cancelled => Self::Cancelled,
        }
    }
}

impl From<JobState> for engine::JobState {
    fn from(state: JobState) -> Self {
        match state {
            JobState::Available => Self::Available,
            JobState::Scheduled => Self::Scheduled,
            JobState::Retrying => Self::Retrying,
            JobState::Running => Self::Running,
            JobState::Completed => Self::Completed,
            JobState::Dead => Self::Dead,
            JobState::Cancelled => Self::Cancelled,
        }
    }
}

/// A job in a list.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct JobRow {
    /// Its id (`job_…`).
    id: String,
    /// Its name.
    name: String,
    /// The queue it waits in.
    queue: String,
    /// Where it stands.
    state: JobState,
    /// Attempts started so far.
    attempt: i32,
    /// Attempts after which it goes dead.
    max_attempts: i32,
    /// What it can be found by, `name=value`.
    tags: Vec<String>,
    /// The workflow run that it advances (`run_…`).
    run_id: Option<String>,
    /// When it was enqueued.
    created_at: DateTime<Utc>,
    /// From when on it may run, or might have.
    due_at: DateTime<Utc>,
    /// When its latest attempt began.
    started_at: Option<DateTime<Utc>>,
    /// When it ended for good.
    finished_at: Option<DateTime<Utc>>,
    /// The process that runs it, or ran it last.
    worker: Option<String>,
    /// The stable word for its latest failure.
    error_code: Option<String>,
    /// Its latest error, without the causes.
    last_error: Option<String>,
    /// The trace it belongs to.
    trace_id: Option<String>,
}

impl From<engine::JobView> for JobRow {
    fn from(job: engine::JobView) -> Self {
        Self {
            id: job.id.to_string(),
            name: job.name,
            queue: job.queue,
            state: job.state.into(),
            attempt: job.attempt,
            max_attempts: job.attempts_allowed,
            tags: job.tags,
            run_id: job.run.map(|run| run.to_string()),
            created_at: job.created_at,
            due_at: job.run_at,
            started_at: job.started_at,
            finished_at: job.finished_at,
            worker: job.worker,
            error_code: job.code,
            last_error: job.error.and_then(|error| error_chain(&error).into_iter().next()),
            trace_id: job.trace_id,
        }
    }
}

/// One attempt at a job or a step.
#[derive(Debug, Object)]
#[oai(rename = "Attempt", skip_serializing_if_is_none)]
pub struct AttemptRow {
    /// The job it was an attempt at.
    job_id: String,
    /// Which one, from 1.
    number: i32,
    /// How it ended.
    outcome: AttemptOutcome,
    /// When it began.
    started_at: DateTime<Utc>,
    /// When it ended.
    finished_at: Option<DateTime<Utc>>,
    /// How long it took, in milliseconds.
    milliseconds: Option<i64>,
    /// The process that ran it.
    worker: Option<String>,
    /// The stable word for its failure.
    error_code: Option<String>,
    /// The error.
    error: Option<String>,
    /// The error, then each of its causes.
    error_chain: Option<Vec<String>>,
    /// The trace it belongs to.
    trace_id: Option<String>,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum AttemptOutcome {
    /// It has not.
    Running,
    /// The work is done.
    Completed,
    /// It failed.
    Failed,
    /// It asked to be run later.
    Snoozed,
    /// It was cancelled.
    Cancelled,
    /// Its process stopped on purpose; it did not count.
    Interrupted,
    /// Its process was lost.
    Lost,
}

impl From<engine::AttemptView> for AttemptRow {
    fn from(attempt: engine::AttemptView) -> Self {
        let chain = attempt.error.as_deref().map(error_chain);
        Self {
            job_id: attempt.job.to_string(),
            number: attempt.number,
            outcome: outcome(&attempt.outcome),
            started_at: attempt.started_at,
            finished_at: attempt.finished_at,
            milliseconds: attempt
                .finished_at
                .map(|finished| (finished - attempt.started_at).num_milliseconds().max(0)),
            worker: attempt.worker,
            error_code: attempt.code,
            error: chain.as_ref().and_then(|chain| chain.first().cloned()),
            error_chain: chain,
            trace_id: attempt.trace_id.filter(|id| !id.is_empty()),
        }
    }
}

fn outcome(word: &str) -> AttemptOutcome {
    match word {
        "running" => AttemptOutcome::Running,
        "completed" => AttemptOutcome::Completed,
        "snoozed" => AttemptOutcome::Snoozed,
        "cancelled" => AttemptOutcome::Cancelled,
        "interrupted" => AttemptOutcome::Interrupted,
        "lost" => AttemptOutcome::Lost,
        _ => AttemptOutcome::Failed,
    }
}

/// The error and its causes, which the engine keeps one a line.
pub fn error_chain(error: &str) -> Vec<String> {
    error.split("\ncaused by: ").map(ToOwned::to_owned).collect()
}

/// A server behind the product.
#[derive(Debug, Object)]
#[oai(rename = "DependencyState", skip_serializing_if_is_none)]
pub struct DependencyRow {
    /// Its name.
    name: String,
    /// Whether it answered.
    up: bool,
    /// How long it took to answer, or to be given up, in milliseconds.
    latency_milliseconds: u64,
    /// Since when it is in this state, as the process that answers has seen it.
    since: DateTime<Utc>,
    /// What its client said.
    problem: Option<String>,
}

impl From<&Reading> for DependencyRow {
    fn from(reading: &Reading) -> Self {
        Self {
            name: reading.dependency.name().to_owned(),
            up: reading.is_up(),
            latency_milliseconds: u64::try_from(reading.latency.as_millis()).unwrap_or(u64::MAX),
            since: reading.since,
            problem: reading.problem.clone(),
        }
    }
}

/// What is written about a kind of job or workflow.
#[derive(Debug, Object)]
#[oai(rename = "Runbook")]
pub struct ManualView {
    /// Where it is kept, from the root of the repository.
    path: String,
    /// What the job does, in a sentence.
    about: String,
    /// All of it, as Markdown.
    markdown: String,
}

impl From<engine::Manual> for ManualView {
    fn from(manual: engine::Manual) -> Self {
        Self { path: manual.path, about: manual.about, markdown: manual.markdown }
    }
}

/// Any JSON.
pub type Json = Any<Value>;
