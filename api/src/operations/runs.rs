//! Workflow runs: list, look, do again.

use poem::web::Data;
use poem_openapi::{
    Enum, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use studio::{
    Studio,
    operations::{
        Reason,
        inspecting::{self, RunFilter},
        refusals,
        steering::{self, RetryFrom},
    },
    page::PageRequest,
};

use super::{
    Area,
    run_views::{Run, RunRow, RunState},
    staff,
};
use crate::{
    Problem,
    auth::{OpsAct, OpsRead, Permit},
    body::Body,
};

/// The resource.
pub struct Runs;

/// A page of runs.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct RunPage {
    /// The runs, the newest first.
    items: Vec<RunRow>,
    /// Where the next page begins; none at the end.
    next_cursor: Option<String>,
}

/// How much of a run is done again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename = "RetryFrom", rename_all = "snake_case")]
enum From {
    /// One step alone; then the run goes on where it stood.
    Step,
    /// One step and all that follow it.
    StepAndAfter,
    /// The step that failed or is waited for, and all that follow it.
    FailedAndAfter,
    /// Everything.
    All,
}

/// What to do again, and why.
#[derive(Debug, Object)]
#[oai(example, skip_serializing_if_is_none)]
struct RetryRun {
    /// How much.
    from: From,
    /// Which step, with `from: step` or `step_and_after`.
    #[oai(validator(min_length = 1, max_length = 100, pattern = r"^[^\x00]*$"))]
    step: Option<String>,
    /// The reason, for the audit log.
    #[oai(validator(min_length = 1, max_length = 500))]
    reason: Option<String>,
}

impl poem_openapi::types::Example for RetryRun {
    fn example() -> Self {
        Self {
            from: From::FailedAndAfter,
            step: None,
            reason: Some("The VOD service is up again.".to_owned()),
        }
    }
}

impl RetryRun {
    fn what(&self) -> Result<(RetryFrom, Option<Reason>), Problem> {
        let from = match (self.from, &self.step) {
            (From::Step, Some(step)) => RetryFrom::Step(step.clone()),
            (From::StepAndAfter, Some(step)) => RetryFrom::StepAndAfter(step.clone()),
            (From::Step | From::StepAndAfter, None) => {
                return Err(refusals::STEP_NEEDED.refuse().at("step").into());
            }
            (From::FailedAndAfter, _) => RetryFrom::FailedAndAfter,
            (From::All, _) => RetryFrom::All,
        };
        Ok((from, Reason::parse_optional(self.reason.as_deref())?))
    }
}

#[OpenApi(prefix_path = "/v1/ops", tag = "Area::Runs")]
impl Runs {
    /// List workflow runs
    ///
    /// The newest first. Conditions that are given must all hold.
    #[oai(path = "/runs", method = "get", operation_id = "runs.list")]
    #[allow(clippy::too_many_arguments, reason = "each is a parameter of the query")]
    async fn list(
        &self,
        _auth: Permit<OpsRead>,
        studio: Data<&Studio>,
        /// In this state.
        state: Query<Option<RunState>>,
        /// Of this workflow.
        #[oai(validator(max_length = 100, pattern = r"^[^\x00]*$"))]
        workflow: Query<Option<String>>,
        /// About this (`cnt_…`).
        #[oai(validator(max_length = 100, pattern = r"^[^\x00]*$"))]
        subject: Query<Option<String>>,
        /// At this step.
        #[oai(validator(max_length = 100, pattern = r"^[^\x00]*$"))]
        step: Query<Option<String>>,
        /// With this tag, `name=value`.
        #[oai(validator(max_length = 200, pattern = r"^[^\x00]*$"))]
        tag: Query<Option<String>>,
        /// From the page before.
        cursor: Query<Option<String>>,
        /// The most items, up to 100.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<RunPage>, Problem> {
        let page = PageRequest::parse(cursor.as_deref(), limit.0)?;
        let filter = RunFilter {
            state: state.0.map(Into::into),
            workflow: workflow.0,
            subject: subject.0,
            step: step.0,
            tag: tag.0,
        };
        let runs = inspecting::list_runs(&studio, &filter, &page).await?.map(RunRow::from);
        Ok(Json(RunPage { items: runs.items, next_cursor: runs.next_cursor }))
    }

    /// Show a run with its steps and their attempts
    #[oai(path = "/runs/:id", method = "get", operation_id = "runs.show")]
    async fn show(
        &self,
        _auth: Permit<OpsRead>,
        studio: Data<&Studio>,
        /// Its id (`run_…`).
        id: Path<String>,
    ) -> Result<Json<Run>, Problem> {
        let id = id.parse().map_err(|_| refusals::NO_SUCH_RUN.refuse())?;
        Ok(Json(inspecting::show_run(&studio, id).await?.into()))
    }

    /// Do a run again, or a part of it
    ///
    /// Allowed unless a step is due or under way just now; `retries` of the run says what each way
    /// would repeat.
    #[oai(path = "/runs/:id/retry", method = "post", operation_id = "runs.retry")]
    async fn retry(
        &self,
        auth: Permit<OpsAct>,
        studio: Data<&Studio>,
        /// Its id (`run_…`).
        id: Path<String>,
        retry: Body<RetryRun>,
    ) -> Result<Json<Run>, Problem> {
        let id = id.parse().map_err(|_| refusals::NO_SUCH_RUN.refuse())?;
        let (from, reason) = retry.what()?;
        steering::retry_run(&studio, &staff(&auth), id, from, reason.as_ref()).await?;
        Ok(Json(inspecting::show_run(&studio, id).await?.into()))
    }
}
