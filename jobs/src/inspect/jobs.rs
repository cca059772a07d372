//! Jobs, live and finished, and their attempts.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use sqlx::{PgConnection, query_as};
use uuid::Uuid;

use super::{Page, word};
use crate::{JobId, RunId};

word! {
    /// Where a job stands.
    JobState {
        /// Due, and waiting for a free slot.
        Available = "available",
        /// Waiting for its time.
        Scheduled = "scheduled",
        /// Failed before, and waiting for its next attempt.
        Retrying = "retrying",
        /// Under way.
        Running = "running",
        /// Done.
        Completed = "completed",
        /// Given up: kept, with the error, until staff retry it or its retention ends.
        Dead = "dead",
        /// No longer wanted.
        Cancelled = "cancelled",
    }
}

/// A job as staff see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JobView {
    /// Its identity.
    pub id: JobId,
    /// Its name.
    pub name: String,
    /// The queue it waits in.
    pub queue: String,
    /// Where it stands.
    pub state: JobState,
    /// Its arguments.
    pub args: Value,
    /// What it can be found by, `name=value`.
    pub tags: Vec<String>,
    /// The workflow run that it advances.
    pub run: Option<RunId>,
    /// Attempts started so far.
    pub attempt: i32,
    /// Attempts after which it goes dead; staff retries raise it.
    pub attempts_allowed: i32,
    /// When it was enqueued.
    pub created_at: DateTime<Utc>,
    /// From when on it may run, or might have.
    pub run_at: DateTime<Utc>,
    /// When its latest attempt began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended for good.
    pub finished_at: Option<DateTime<Utc>>,
    /// The process that runs it or ran it last.
    pub worker: Option<String>,
    /// The stable word for its latest failure.
    pub code: Option<String>,
    /// Its latest error with the causes.
    pub error: Option<String>,
    /// The trace it belongs to.
    pub trace_id: Option<String>,
}

/// Which jobs to list; every condition that is given must hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JobFilter {
    /// In this state.
    pub state: Option<JobState>,
    /// In this queue.
    pub queue: Option<String>,
    /// Of this name.
    pub name: Option<String>,
    /// With this tag, `name=value`.
    pub tag: Option<String>,
    /// Of this run.
    pub run: Option<RunId>,
    /// With this text in the arguments, the error, the code or the name, whatever the case.
    pub text: Option<String>,
}

/// One attempt, as far as it is recorded: see [`attempts`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttemptView {
    /// Whose it is.
    pub job: JobId,
    /// Which one, from 1.
    pub number: i32,
    /// `running`, `completed`, `failed`, `snoozed`, `cancelled`, `interrupted` or `lost`.
    pub outcome: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// The process that ran it.
    pub worker: Option<String>,
    /// The stable word for its failure.
    pub code: Option<String>,
    /// Its error with the causes.
    pub error: Option<String>,
    /// The trace it belongs to.
    pub trace_id: Option<String>,
}

struct Row {
    id: Uuid,
    name: String,
    queue: String,
    state: String,
    args: Value,
    tags: Option<Vec<String>>,
    run: Option<Uuid>,
    attempt: i32,
    attempts_allowed: i32,
    created_at: DateTime<Utc>,
    run_at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
    worker: Option<String>,
    code: Option<String>,
    error: Option<String>,
    traceparent: Option<String>,
}

impl TryFrom<Row> for JobView {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: JobId(row.id),
            name: row.name,
            queue: row.queue,
            state: row.state.try_into()?,
            args: row.args,
            tags: row.tags.unwrap_or_default(),
            run: row.run.map(RunId),
            attempt: row.attempt,
            attempts_allowed: row.attempts_allowed,
            created_at: row.created_at,
            run_at: row.run_at,
            started_at: row.started_at,
            finished_at: row.finished_at,
            worker: row.worker,
            code: row.code,
            error: row.error,
            trace_id: row
                .traceparent
                .as_deref()
                .and_then(crate::trace::trace_id)
                .map(str::to_owned),
        })
    }
}

/// Lists jobs, the newest first.
pub async fn jobs(
    conn: &mut PgConnection,
    filter: &JobFilter,
    after: Option<JobId>,
    limit: u16,
) -> Result<Page<JobView, JobId>, sqlx::Error> {
    let rows = rows(conn, filter, None, after, i64::from(limit) + 1).await?;
    Ok(Page::of(rows, limit, |job| job.id))
}

/// One job, live or finished.
pub async fn job(conn: &mut PgConnection, id: JobId) -> Result<Option<JobView>, sqlx::Error> {
    let mut rows = rows(conn, &JobFilter::default(), Some(id), None, 1).await?;
    Ok(rows.pop())
}

async fn rows(
    conn: &mut PgConnection,
    filter: &JobFilter,
    id: Option<JobId>,
    after: Option<JobId>,
    limit: i64,
) -> Result<Vec<JobView>, sqlx::Error> {
    let pattern = filter.text.as_deref().map(containing);
    let rows = query_as!(
        Row,
        r#"
        select j.id as "id!", j.name as "name!", j.queue as "queue!", j.state as "state!",
            j.args as "args!", j.tags as "tags?", j.run as "run?", j.attempt as "attempt!",
            j.attempts_allowed as "attempts_allowed!", j.created_at as "created_at!",
            j.run_at as "run_at!", j.started_at as "started_at?", j.finished_at as "finished_at?",
            s.process as "worker?", coalesce(j.code, a.code) as "code?",
            coalesce(j.error, a.error) as "error?", j.traceparent as "traceparent?"
        from (
            (select * from jobs.live_job_view
            where ($1::uuid is null or id = $1) and ($2::uuid is null or id < $2)
                and ($3::text is null or state = $3) and ($4::text is null or queue = $4)
                and ($5::text is null or name = $5) and ($6::text is null or tags @> array[$6])
                and ($7::uuid is null or run = $7)
                and ($8::text is null or name ilike $8 or args::text ilike $8 or exists (
                    select from jobs.attempt a where a.job = id
                    and (a.error ilike $8 or a.code ilike $8)))
            order by id desc limit $9)
            union all
            (select * from jobs.finished_job_view
            where ($1::uuid is null or id = $1) and ($2::uuid is null or id < $2)
                and ($3::text is null or state = $3) and ($4::text is null or queue = $4)
                and ($5::text is null or name = $5) and ($6::text is null or tags @> array[$6])
                and ($7::uuid is null or run = $7)
                and ($8::text is null or name ilike $8 or args::text ilike $8
                    or error ilike $8 or code ilike $8)
            order by id desc limit $9)
        ) j
        left join jobs.session s on s.id = j.session
        left join lateral (
            select code, error from jobs.attempt a
            where a.job = j.id and a.outcome in ('failed', 'lost') and j.state <> 'completed'
            order by number desc limit 1
        ) a on true
        order by j.id desc limit $9
        "#,
        id.map(|id| id.0),
        after.map(|id| id.0),
        filter.state.map(JobState::as_str),
        filter.queue,
        filter.name,
        filter.tag,
        filter.run.map(|run| run.0),
        pattern,
        limit,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(JobView::try_from).collect()
}

/// A `like` pattern for texts that contain this one literally.
fn containing(text: &str) -> String {
    let literal = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{literal}%")
}

struct AttemptRow {
    job: Uuid,
    number: i32,
    outcome: String,
    started_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    worker: Option<String>,
    code: Option<String>,
    error: Option<String>,
    trace_id: Option<String>,
}

/// Every attempt at these jobs, in order: those that failed, were snoozed, cancelled,
/// interrupted or lost, the one that is running, and the one that completed.
pub async fn attempts(
    conn: &mut PgConnection,
    jobs: &[JobId],
) -> Result<Vec<AttemptView>, sqlx::Error> {
    let ids: Vec<Uuid> = jobs.iter().map(|job| job.0).collect();
    let rows = query_as!(
        AttemptRow,
        r#"
        select a.job as "job!", a.number as "number!", a.outcome as "outcome!",
            a.started_at as "started_at!", a.finished_at as "finished_at?",
            s.process as "worker?", a.code as "code?", a.error as "error?",
            a.trace_id as "trace_id?"
        from (
            select job, number, outcome, started_at, finished_at, session, code, error, trace_id
            from jobs.attempt where job = any($1)
            union all
            select id, attempt, 'running', started_at, null, session, null, null,
                split_part(traceparent, '-', 2)
            from jobs.job where id = any($1) and session is not null
            union all
            select id, attempt, case state when 'dead' then 'failed' else state end, started_at,
                finished_at, session, code, error, split_part(traceparent, '-', 2)
            from jobs.finished_job f
            where id = any($1) and not exists (
                select from jobs.attempt a where a.job = f.id and a.number = f.attempt)
        ) a
        left join jobs.session s on s.id = a.session
        where a.started_at is not null
        order by a.job, a.number
        "#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(AttemptView::from).collect())
}

impl From<AttemptRow> for AttemptView {
    fn from(row: AttemptRow) -> Self {
        Self {
            job: JobId(row.job),
            number: row.number,
            outcome: row.outcome,
            started_at: row.started_at,
            finished_at: row.finished_at,
            worker: row.worker,
            code: row.code,
            error: row.error,
            trace_id: row.trace_id,
        }
    }
}
