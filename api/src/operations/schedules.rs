//! Schedules: list, look, trigger, pause, resume.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json, types::Any};
use serde_json::json;
use studio::{
    Studio,
    operations::{inspecting, steering},
};

use super::{
    Action, Area,
    schedule_views::{Schedule, ScheduleRow},
    staff,
};
use crate::{
    Problem,
    auth::{OpsAct, OpsRead, Permit},
    body::Body,
    idempotency::{self, IdempotencyKey},
};

/// The resource.
pub struct Schedules;

/// All schedules.
#[derive(Debug, Object)]
struct ScheduleList {
    /// The schedules, by name.
    items: Vec<ScheduleRow>,
}

#[OpenApi(prefix_path = "/v1/ops", tag = "Area::Schedules")]
impl Schedules {
    /// List the schedules
    #[oai(path = "/schedules", method = "get", operation_id = "schedules.list")]
    async fn list(
        &self,
        _auth: Permit<OpsRead>,
        studio: Data<&Studio>,
    ) -> Result<Json<ScheduleList>, Problem> {
        let schedules = inspecting::list_schedules(&studio).await?;
        Ok(Json(ScheduleList { items: schedules.into_iter().map(ScheduleRow::from).collect() }))
    }

    /// Show a schedule with its last firings
    #[oai(path = "/schedules/:name", method = "get", operation_id = "schedules.show")]
    async fn show(
        &self,
        _auth: Permit<OpsRead>,
        studio: Data<&Studio>,
        /// Its name.
        #[oai(validator(max_length = 100, pattern = r"^[^\x00]*$"))]
        name: Path<String>,
    ) -> Result<Json<Schedule>, Problem> {
        Ok(Json(inspecting::show_schedule(&studio, &name).await?.into()))
    }

    /// Fire a schedule now
    ///
    /// Once, paused or not; its ticks stay as they are. The job is there as soon as a worker has taken
    /// it, within a second when one runs.
    #[oai(path = "/schedules/:name/trigger", method = "post", operation_id = "schedules.trigger")]
    async fn trigger(
        &self,
        auth: Permit<OpsAct>,
        studio: Data<&Studio>,
        /// Its name.
        #[oai(validator(max_length = 100, pattern = r"^[^\x00]*$"))]
        name: Path<String>,
        /// Names the request, so that repeating it fires nothing more.
        #[oai(name = "Idempotency-Key")]
        key: IdempotencyKey,
        action: Body<Action>,
    ) -> Result<Json<Schedule>, Problem> {
        let what = Any(json!({ "schedule": name.0, "reason": action.reason }));
        let request = idempotency::name(&key, auth.account_id(), "schedules.trigger", &what)?;
        let reason = action.reason()?;
        let staff = staff(&auth);
        steering::trigger_schedule(&studio, &staff, &name, reason.as_ref(), request).await?;
        Ok(Json(inspecting::show_schedule(&studio, &name).await?.into()))
    }

    /// Pause a schedule
    ///
    /// None of its ticks fires any more until it is resumed.
    #[oai(path = "/schedules/:name/pause", method = "post", operation_id = "schedules.pause")]
    async fn pause(
        &self,
        auth: Permit<OpsAct>,
        studio: Data<&Studio>,
        /// Its name.
        #[oai(validator(max_length = 100, pattern = r"^[^\x00]*$"))]
        name: Path<String>,
        action: Body<Action>,
    ) -> Result<Json<Schedule>, Problem> {
        let reason = action.reason()?;
        steering::pause_schedule(&studio, &staff(&auth), &name, reason.as_ref()).await?;
        Ok(Json(inspecting::show_schedule(&studio, &name).await?.into()))
    }

    /// Resume a schedule
    ///
    /// Its ticks fire again. Those since it was paused are not made up for, unless it makes up for all
    /// that it misses.
    #[oai(path = "/schedules/:name/resume", method = "post", operation_id = "schedules.resume")]
    async fn resume(
        &self,
        auth: Permit<OpsAct>,
        studio: Data<&Studio>,
        /// Its name.
        #[oai(validator(max_length = 100, pattern = r"^[^\x00]*$"))]
        name: Path<String>,
        action: Body<Action>,
    ) -> Result<Json<Schedule>, Problem> {
        let reason = action.reason()?;
        steering::resume_schedule(&studio, &staff(&auth), &name, reason.as_ref()).await?;
        Ok(Json(inspecting::show_schedule(&studio, &name).await?.into()))
    }
}
