//! Jobs: list, look, retry, cancel.

use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::Any,
};
use studio::{
    Studio,
    operations::{
        inspecting::{self, JobAction, JobFilter},
        refusals, steering,
    },
    page::PageRequest,
};

use super::{
    Action, Area, staff,
    views::{self, AttemptRow, JobRow, JobState, ManualView},
};
use crate::{
    Problem,
    auth::{OpsAct, OpsRead, Permit},
    body::Body,
};

/// The resource.
pub struct Jobs;

/// A page of jobs.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct JobPage {
    /// The jobs, the newest first.
    items: Vec<JobRow>,
    /// Where the next page begins; none at the end.
    next_cursor: Option<String>,
}

/// All that is known about one job.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct Job {
    /// The job.
    #[oai(flatten)]
    row: JobRow,
    /// Its arguments; what is secret stands as `***`.
    arguments: views::Json,
    /// Why it is where it is, in a sentence.
    reason: String,
    /// What can be done to it now.
    actions: Vec<JobActionName>,
    /// Every attempt, in order.
    attempts: Vec<AttemptRow>,
    /// What it does and what to do when it is dead.
    runbook: Option<ManualView>,
}

/// Something that can be done to a job.
#[derive(Debug, Clone, Copy, poem_openapi::Enum)]
#[oai(rename = "JobAction", rename_all = "snake_case")]
enum JobActionName {
    /// Run it again, or at once.
    Retry,
    /// Stop it for good.
    Cancel,
}

impl From<inspecting::JobPage> for Job {
    fn from(page: inspecting::JobPage) -> Self {
        Self {
            arguments: Any(page.job.args.clone()),
            reason: page.why.to_string(),
            actions: page.actions.into_iter().map(JobActionName::from).collect(),
            attempts: page.attempts.into_iter().map(AttemptRow::from).collect(),
            runbook: page.manual.map(ManualView::from),
            row: page.job.into(),
        }
    }
}

impl From<JobAction> for JobActionName {
    fn from(action: JobAction) -> Self {
        match action {
            JobAction::Retry => Self::Retry,
            JobAction::Cancel => Self::Cancel,
        }
    }
}

#[OpenApi(prefix_path = "/v1/ops", tag = "Area::Jobs")]
impl Jobs {
    /// List jobs, live and finished
    ///
    /// The newest first. Conditions that are given must all hold.
    #[oai(path = "/jobs", method = "get", operation_id = "jobs.list")]
    #[allow(clippy::too_many_arguments, reason = "each is a parameter of the query")]
    async fn list(
        &self,
        _auth: Permit<OpsRead>,
        studio: Data<&Studio>,
        /// In this state.
        state: Query<Option<JobState>>,
        /// In this queue.
        #[oai(validator(max_length = 100, pattern = r"^[^\x00]*$"))]
        queue: Query<Option<String>>,
        /// Of this name.
        #[oai(validator(max_length = 100, pattern = r"^[^\x00]*$"))]
        name: Query<Option<String>>,
        /// With this tag, `name=value`.
        #[oai(validator(max_length = 200, pattern = r"^[^\x00]*$"))]
        tag: Query<Option<String>>,
        /// With this text in the name, the arguments, the error or its code, whatever the case.
        #[oai(validator(max_length = 200, pattern = r"^[^\x00]*$"))]
        q: Query<Option<String>>,
        /// From the page before.
        cursor: Query<Option<String>>,
        /// The most items, up to 100.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<JobPage>, Problem> {
        let page = PageRequest::parse(cursor.as_deref(), limit.0)?;
        let filter = JobFilter {
            state: state.0.map(Into::into),
            queue: queue.0,
            name: name.0,
            tag: tag.0,
            run: None,
            text: q.0.filter(|text| !text.is_empty()),
        };
        let jobs = inspecting::list_jobs(&studio, &filter, &page).await?.map(JobRow::from);
        Ok(Json(JobPage { items: jobs.items, next_cursor: jobs.next_cursor }))
    }

    /// Show a job with its attempts
    #[oai(path = "/jobs/:id", method = "get", operation_id = "jobs.show")]
    async fn show(
        &self,
        _auth: Permit<OpsRead>,
        studio: Data<&Studio>,
        /// Its id (`job_…`).
        id: Path<String>,
    ) -> Result<Json<Job>, Problem> {
        let id = id.parse().map_err(|_| refusals::NO_SUCH_JOB.refuse())?;
        Ok(Json(inspecting::show_job(&studio, id).await?.into()))
    }

    /// Run a job again
    ///
    /// A dead or cancelled job gets all its attempts again; one that waits for its time becomes due.
    #[oai(path = "/jobs/:id/retry", method = "post", operation_id = "jobs.retry")]
    async fn retry(
        &self,
        auth: Permit<OpsAct>,
        studio: Data<&Studio>,
        /// Its id (`job_…`).
        id: Path<String>,
        action: Body<Action>,
    ) -> Result<Json<Job>, Problem> {
        let id = id.parse().map_err(|_| refusals::NO_SUCH_JOB.refuse())?;
        let reason = action.reason()?;
        steering::retry_job(&studio, &staff(&auth), id, reason.as_ref()).await?;
        Ok(Json(inspecting::show_job(&studio, id).await?.into()))
    }

    /// Cancel a job that has not ended
    ///
    /// One that runs is asked to stop; its state changes when it did.
    #[oai(path = "/jobs/:id/cancel", method = "post", operation_id = "jobs.cancel")]
    async fn cancel(
        &self,
        auth: Permit<OpsAct>,
        studio: Data<&Studio>,
        /// Its id (`job_…`).
        id: Path<String>,
        action: Body<Action>,
    ) -> Result<Json<Job>, Problem> {
        let id = id.parse().map_err(|_| refusals::NO_SUCH_JOB.refuse())?;
        let reason = action.reason()?;
        steering::cancel_job(&studio, &staff(&auth), id, reason.as_ref()).await?;
        Ok(Json(inspecting::show_job(&studio, id).await?.into()))
    }
}
