//! What staff see of jobs, runs, schedules, queues and workers. Arguments, outputs and errors come without what
//! looks like a secret.

mod jobs;
mod overview;
mod reason;
mod runbooks;
mod runs;
mod schedules;
mod worth_attention;

pub use ::jobs::{
    Missed,
    inspect::{
        AttemptView, DeadJobs, FailedRuns, FigureView, FiringKind, FiringView, ItemState, ItemView,
        JobFilter, JobState, JobView, QueueView, RunFilter, RunState, RunView, ScheduleView,
        SessionView, StepKind, StepState, StepView,
    },
};
pub use jobs::{JobAction, JobPage, list_jobs, show_job};
pub use overview::{Board, Overview};
pub use reason::Reason as WhyHere;
pub use runbooks::{Manual, manual};
pub use runs::{RetryOption, RunPage, RunStep, list_runs, show_run};
pub use schedules::{SchedulePage, list_schedules, show_schedule};
pub use worth_attention::{Attention, Harm, Subject};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::{
    Result, Studio,
    page::{Page, PageRequest},
};

/// Every queue that has or had a job, by name, and the moment at which it was so.
pub async fn list_queues(studio: &Studio) -> Result<(DateTime<Utc>, Vec<QueueView>)> {
    let mut db = studio.db.acquire().await?;
    Ok((now(&mut db).await?, ::jobs::inspect::queues(&mut db).await?))
}

/// The time of the business, by the clock of the database.
async fn now(db: &mut PgConnection) -> Result<DateTime<Utc>> {
    Ok(sqlx::query_scalar!(r#"select jobs.now() as "now!""#).fetch_one(db).await?)
}

/// The processes that run jobs now, those that fell silent first, and those that ended within a day.
pub async fn list_workers(studio: &Studio) -> Result<Vec<SessionView>> {
    let mut db = studio.db.acquire().await?;
    let mut workers = ::jobs::inspect::sessions(&mut db).await?;
    workers.sort_by_key(|worker| (worker.ended_at.is_some(), !is_silent(worker)));
    Ok(workers)
}

/// Whether a process that should be alive says nothing for longer than half its lease: it will be
/// given up soon, or is about to be noticed as gone.
pub fn is_silent(worker: &SessionView) -> bool {
    worker.ended_at.is_none() && worker.silent_for > worker.lease / 2
}

/// A part of a list of the engine's as a page of ours.
fn page_of<T, C: serde::Serialize>(part: ::jobs::inspect::Page<T, C>) -> Page<T> {
    Page::leading_to(part.items, part.next.as_ref())
}

/// A limit in the engine's terms; no page of ours is longer than 100.
fn limit<C>(page: &PageRequest<C>) -> u16 {
    u16::try_from(page.limit).unwrap_or(u16::MAX)
}
