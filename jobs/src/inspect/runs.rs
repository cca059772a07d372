//! Workflow runs, their steps and the signals they received.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use sqlx::{PgConnection, query, query_as};
use uuid::Uuid;

use super::{ItemCounts, Page, word};
use crate::{JobId, RunId};

word! {
    /// Where a run stands.
    RunState {
        /// A step is due or under way.
        Running = "running",
        /// It waits for a signal.
        Waiting = "waiting",
        /// All steps are done.
        Completed = "completed",
        /// A step failed for good: staff can retry it.
        Failed = "failed",
        /// What it was given cannot be used, which its starter was told: nothing is left to do.
        Refused = "refused",
        /// No longer wanted.
        Cancelled = "cancelled",
    }
}

word! {
    /// Where a step stands.
    StepState {
        /// Not begun.
        Pending = "pending",
        /// Begun; between two attempts, too.
        Running = "running",
        /// Waits for its signal.
        Waiting = "waiting",
        /// Done.
        Completed = "completed",
        /// Failed for good.
        Failed = "failed",
        /// Found that the run's input cannot be used.
        Refused = "refused",
    }
}

word! {
    /// What a step is.
    StepKind {
        /// One job does it.
        Work = "work",
        /// It is over when its signal comes.
        Wait = "wait",
        /// It is done for each of its items by a job of its own.
        FanOut = "fan_out",
    }
}

/// A run as staff see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunView {
    /// Its identity.
    pub id: RunId,
    /// The workflow's name.
    pub workflow: String,
    /// The workflow's version.
    pub version: i32,
    /// What the run is about.
    pub subject: String,
    /// Where it stands.
    pub state: RunState,
    /// The step under way, waited for, or failed.
    pub step: Option<String>,
    /// What it was started with.
    pub input: Value,
    /// What it can be found by, `name=value`.
    pub tags: Vec<String>,
    /// The stable word for its failure.
    pub code: Option<String>,
    /// Its error with the causes.
    pub error: Option<String>,
    /// The trace it belongs to.
    pub trace_id: Option<String>,
    /// When it was started.
    pub created_at: DateTime<Utc>,
    /// When it last moved on.
    pub updated_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
}

/// Which runs to list; every condition that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunFilter {
    /// In this state.
    pub state: Option<RunState>,
    /// Of this workflow.
    pub workflow: Option<String>,
    /// About this.
    pub subject: Option<String>,
    /// At this step.
    pub step: Option<String>,
    /// With this tag, `name=value`.
    pub tag: Option<String>,
}

/// A step of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepView {
    /// Its name.
    pub name: String,
    /// Its place, from 0.
    pub position: i16,
    /// Whether it does work, waits for a signal, or fans out.
    pub kind: StepKind,
    /// Where it stands.
    pub state: StepState,
    /// How far its items are: see [`super::items`]. `None` until it has decided on them.
    pub items: Option<ItemCounts>,
    /// What it handed on, or the payload of the signal.
    pub output: Option<Value>,
    /// Attempts begun, over all retries.
    pub attempts: i32,
    /// The job that executes it, or the timer of its wait. Its attempts: [`super::attempts`].
    pub job: Option<JobId>,
    /// When it first began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// Until when its signal must come.
    pub deadline_at: Option<DateTime<Utc>>,
    /// The stable word for its latest failure.
    pub code: Option<String>,
    /// Its latest error with the causes.
    pub error: Option<String>,
}

/// A signal that a run received.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignalView {
    /// What it signals.
    pub name: String,
    /// What made it unique.
    pub dedupe_key: String,
    /// What it carried.
    pub payload: Value,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// When a wait took it.
    pub consumed_at: Option<DateTime<Utc>>,
}

struct Row {
    id: Uuid,
    name: String,
    version: i32,
    subject: String,
    state: String,
    step: Option<String>,
    input: Value,
    tags: Option<Vec<String>>,
    code: Option<String>,
    error: Option<String>,
    traceparent: Option<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for RunView {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: RunId(row.id),
            workflow: row.name,
            version: row.version,
            subject: row.subject,
            state: row.state.try_into()?,
            step: row.step,
            input: row.input,
            tags: row.tags.unwrap_or_default(),
            code: row.code,
            error: row.error,
            trace_id: row
                .traceparent
                .as_deref()
                .and_then(crate::trace::trace_id)
                .map(str::to_owned),
            created_at: row.created_at,
            updated_at: row.updated_at,
            finished_at: row.finished_at,
        })
    }
}

/// Lists runs, the newest first.
pub async fn runs(
    conn: &mut PgConnection,
    filter: &RunFilter,
    after: Option<RunId>,
    limit: u16,
) -> Result<Page<RunView, RunId>, sqlx::Error> {
    let rows = query_as!(
        Row,
        "select id, name, version, subject, state, step, input, tags, code, error, traceparent,
            created_at, updated_at, finished_at
        from jobs.run
        where ($1::uuid is null or id < $1) and ($2::text is null or state = $2)
            and ($3::text is null or name = $3) and ($4::text is null or subject = $4)
            and ($5::text is null or step = $5) and ($6::text is null or tags @> array[$6])
        order by id desc limit $7",
        after.map(|id| id.0),
        filter.state.map(RunState::as_str),
        filter.workflow,
        filter.subject,
        filter.step,
        filter.tag,
        i64::from(limit) + 1
    )
    .fetch_all(conn)
    .await?;
    let runs = rows.into_iter().map(RunView::try_from).collect::<Result<_, _>>()?;
    Ok(Page::of(runs, limit, |run: &RunView| run.id))
}

/// One run.
pub async fn run(conn: &mut PgConnection, id: RunId) -> Result<Option<RunView>, sqlx::Error> {
    let row = query_as!(
        Row,
        "select id, name, version, subject, state, step, input, tags, code, error, traceparent,
            created_at, updated_at, finished_at
        from jobs.run where id = $1",
        id.0
    )
    .fetch_optional(conn)
    .await?;
    row.map(RunView::try_from).transpose()
}

/// The steps of a run, in order; empty until its first step has begun.
pub async fn steps(conn: &mut PgConnection, run: RunId) -> Result<Vec<StepView>, sqlx::Error> {
    let rows = query!(
        r#"
        select name, position, kind, state, output, attempts, job, started_at, finished_at,
            deadline_at, code, error,
            kind = 'fan_out' and (items_open is not null or state = 'completed') as "spread!",
            items.total as "total!", items.completed as "completed!", items.failed as "failed!"
        from jobs.step cross join lateral (
            select count(*) as total,
                count(*) filter (where item.state = 'completed') as completed,
                count(*) filter (where item.state in ('failed', 'refused')) as failed
            from jobs.step_item item where item.run = step.run and item.step = step.name
        ) items
        where run = $1 order by position
        "#,
        run.0
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(StepView {
                name: row.name,
                position: row.position,
                kind: row.kind.try_into()?,
                items: row.spread.then_some(ItemCounts {
                    total: row.total,
                    completed: row.completed,
                    failed: row.failed,
                }),
                state: row.state.try_into()?,
                output: row.output,
                attempts: row.attempts,
                job: row.job.map(JobId),
                started_at: row.started_at,
                finished_at: row.finished_at,
                deadline_at: row.deadline_at,
                code: row.code,
                error: row.error,
            })
        })
        .collect()
}

/// The signals that a run received, in order.
pub async fn signals(conn: &mut PgConnection, run: RunId) -> Result<Vec<SignalView>, sqlx::Error> {
    query_as!(
        SignalView,
        "select name, dedupe_key, payload, received_at, consumed_at
        from jobs.signal where run = $1 order by received_at, name, dedupe_key",
        run.0
    )
    .fetch_all(conn)
    .await
}

/// The jobs that executed whole steps of a run, with the step's name (none: its first), the newest
/// first: one a step, and one more each time that staff did it again. Those of items are left out.
pub async fn step_jobs(
    conn: &mut PgConnection,
    run: RunId,
    limit: u16,
) -> Result<Vec<(JobId, Option<String>)>, sqlx::Error> {
    let rows = query!(
        r#"
        select id as "id!", step from (
            select id, args->>'step' as step from jobs.job
            where run = $1 and args->>'item' is null
            union all
            select id, args->>'step' from jobs.finished_job
            where run = $1 and args->>'item' is null
        ) job
        order by id desc limit $2
        "#,
        run.0,
        i64::from(limit)
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (JobId(row.id), row.step)).collect())
}
