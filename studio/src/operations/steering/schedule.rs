//! Trigger, pause and resume of a schedule.

use ::jobs::{inspect, steer};
use serde_json::{Value, json};
use sqlx::{Postgres, Transaction};

use super::{alone, refused};
use crate::{
    Result, Studio,
    accounts::Permission,
    idempotency::{self, NamedRequest},
    operations::{Acting, Change, Reason, Staff, StaffAction, act, refusals},
};

/// Fires a schedule once, now, paused or not. A repeated request fires nothing more.
///
/// # Errors
/// [`refusals::NO_SUCH_SCHEDULE`].
pub async fn trigger_schedule(
    studio: &Studio,
    staff: &Staff,
    name: &str,
    reason: Option<&Reason>,
    request: Option<NamedRequest>,
) -> Result<()> {
    let mut tx: Transaction<'_, Postgres> = studio.db.begin().await?;
    if let Some(request) = &request
        && idempotency::claim::<()>(&mut tx, request).await?.is_some()
    {
        return Ok(());
    }
    act(&mut tx, staff, reason, TriggerSchedule { name, reason }).await?;
    if let Some(request) = &request {
        idempotency::save(&mut tx, request, &()).await?;
    }
    tx.commit().await?;
    studio.waker.wake_schedules();
    Ok(())
}

/// No tick of the schedule fires any more until it is resumed.
///
/// # Errors
/// [`refusals::NO_SUCH_SCHEDULE`], [`refusals::WRONG_STATE`] when it is paused already.
pub async fn pause_schedule(
    studio: &Studio,
    staff: &Staff,
    name: &str,
    reason: Option<&Reason>,
) -> Result<()> {
    alone(studio, staff, reason, PauseSchedule { name, reason }).await
}

/// Ticks fire again. Those since it was paused are made up for only where each has work of its own.
///
/// # Errors
/// [`refusals::NO_SUCH_SCHEDULE`], [`refusals::WRONG_STATE`] when it is not paused.
pub async fn resume_schedule(
    studio: &Studio,
    staff: &Staff,
    name: &str,
    reason: Option<&Reason>,
) -> Result<()> {
    alone(studio, staff, reason, ResumeSchedule { name }).await?;
    studio.waker.wake_schedules();
    Ok(())
}

struct TriggerSchedule<'a> {
    name: &'a str,
    reason: Option<&'a Reason>,
}

impl StaffAction for TriggerSchedule<'_> {
    const NAME: &'static str = "schedule.trigger";
    const NEEDS: Permission = Permission::OpsAct;
    type Done = ();

    fn target(&self) -> String {
        self.name.to_owned()
    }

    async fn perform(self, acting: &mut Acting<'_>) -> Result<Change<()>> {
        let before = seen(acting, self.name).await?;
        let (by, why) = (acting.staff().name_on_record(), self.reason.map(Reason::as_str));
        steer::trigger_schedule(acting, self.name, Some(&by), why).await.map_err(refused)?;
        let mut after = seen(acting, self.name).await?;
        after["triggered"] = json!(true);
        Change::new(before, after, ())
    }
}

struct PauseSchedule<'a> {
    name: &'a str,
    reason: Option<&'a Reason>,
}

impl StaffAction for PauseSchedule<'_> {
    const NAME: &'static str = "schedule.pause";
    const NEEDS: Permission = Permission::OpsAct;
    type Done = ();

    fn target(&self) -> String {
        self.name.to_owned()
    }

    async fn perform(self, acting: &mut Acting<'_>) -> Result<Change<()>> {
        let before = seen(acting, self.name).await?;
        let (by, why) = (acting.staff().name_on_record(), self.reason.map(Reason::as_str));
        steer::pause_schedule(acting, self.name, Some(&by), why).await.map_err(refused)?;
        Change::new(before, seen(acting, self.name).await?, ())
    }
}

struct ResumeSchedule<'a> {
    name: &'a str,
}

impl StaffAction for ResumeSchedule<'_> {
    const NAME: &'static str = "schedule.resume";
    const NEEDS: Permission = Permission::OpsAct;
    type Done = ();

    fn target(&self) -> String {
        self.name.to_owned()
    }

    async fn perform(self, acting: &mut Acting<'_>) -> Result<Change<()>> {
        let before = seen(acting, self.name).await?;
        steer::resume_schedule(acting, self.name).await.map_err(refused)?;
        Change::new(before, seen(acting, self.name).await?, ())
    }
}

/// What the audit log keeps of where a schedule stands.
async fn seen(acting: &mut Acting<'_>, name: &str) -> Result<Value> {
    let schedule = inspect::schedule(acting, name).await?;
    let schedule = schedule.ok_or_else(|| refusals::NO_SUCH_SCHEDULE.refuse())?;
    Ok(json!({
        "job": schedule.job,
        "expression": schedule.expression,
        "paused_at": schedule.paused.map(|pause| pause.at),
    }))
}
