//! Jobs, as staff see them.

use ::jobs::{
    JobId,
    inspect::{self, AttemptView, JobFilter, JobState, JobView},
};
use sqlx::PgConnection;

use super::{Manual, WhyHere, limit, manual, page_of};
use crate::{
    Result, Studio,
    operations::refusals,
    page::{Page, PageRequest},
    redaction,
};

/// All that is known about one job.
#[derive(Debug, Clone)]
pub struct JobPage {
    /// The job.
    pub job: JobView,
    /// Every attempt at it, in order.
    pub attempts: Vec<AttemptView>,
    /// Why it is where it is.
    pub why: WhyHere,
    /// What may be done to it now.
    pub actions: Vec<JobAction>,
    /// What it does, and where it is written what to do when it is dead.
    pub manual: Option<Manual>,
}

/// Something that staff may do to a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobAction {
    /// Run it again, or at once.
    Retry,
    /// Stop it for good.
    Cancel,
}

/// The jobs that match, the newest first.
pub async fn list_jobs(
    studio: &Studio,
    filter: &JobFilter,
    page: &PageRequest<JobId>,
) -> Result<Page<JobView>> {
    let mut db = studio.db.acquire().await?;
    let jobs = inspect::jobs(&mut db, filter, page.after, limit(page)).await?;
    Ok(page_of(jobs).map(without_secrets))
}

/// One job with its attempts.
///
/// # Errors
/// [`refusals::NO_SUCH_JOB`].
pub async fn show_job(studio: &Studio, id: JobId) -> Result<JobPage> {
    let mut db = studio.db.acquire().await?;
    let job = inspect::job(&mut db, id).await?.ok_or_else(|| refusals::NO_SUCH_JOB.refuse())?;
    let attempts = attempts(&mut db, &[id]).await?;
    let queues = inspect::queues(&mut db).await?;
    let workers = inspect::sessions(&mut db).await?;
    Ok(JobPage {
        why: WhyHere::of_job(&job, &queues, &workers),
        actions: actions(&job),
        manual: manual(&job.name),
        job: without_secrets(job),
        attempts,
    })
}

/// A job that a run is made of is steered through its run.
fn actions(job: &JobView) -> Vec<JobAction> {
    if job.run.is_some() {
        return Vec::new();
    }
    match job.state {
        JobState::Dead | JobState::Cancelled => vec![JobAction::Retry],
        JobState::Scheduled | JobState::Retrying => vec![JobAction::Retry, JobAction::Cancel],
        JobState::Available | JobState::Running => vec![JobAction::Cancel],
        JobState::Completed => Vec::new(),
    }
}

/// Every attempt at these jobs, without secrets in their errors.
pub(super) async fn attempts(db: &mut PgConnection, jobs: &[JobId]) -> Result<Vec<AttemptView>> {
    let attempts = inspect::attempts(db, jobs).await?;
    let shown = attempts.into_iter().map(|attempt| AttemptView {
        error: attempt.error.as_deref().map(|error| redaction::text(error).into_owned()),
        ..attempt
    });
    Ok(shown.collect())
}

fn without_secrets(job: JobView) -> JobView {
    JobView {
        args: redaction::value(job.args),
        error: job.error.as_deref().map(|error| redaction::text(error).into_owned()),
        ..job
    }
}
