use sqlx::{PgConnection, query, query_scalar};

use super::SteerError;

/// Fires a schedule once, now, paused or not: a process that has its program enqueues the job
/// within a second of [`Waker::wake_schedules`](crate::Waker::wake_schedules), or as soon as one
/// runs. Each trigger fires once. `by` and `reason` are kept with the firing.
pub async fn trigger_schedule(
    tx: &mut PgConnection,
    name: &str,
    by: Option<&str>,
    reason: Option<&str>,
) -> Result<(), SteerError> {
    lock(tx, name).await?;
    query!(
        "insert into jobs.firing (schedule, kind, fired_at, fired_by, reason)
        values ($1, 'by_hand', jobs.now(), $2, $3)",
        name,
        by,
        reason
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// From the commit on no tick of the schedule fires any more, in any process, until it is resumed.
pub async fn pause_schedule(
    tx: &mut PgConnection,
    name: &str,
    by: Option<&str>,
    reason: Option<&str>,
) -> Result<(), SteerError> {
    if lock(tx, name).await? {
        return Err(SteerError::WrongState("paused"));
    }
    query!(
        "update jobs.schedule set paused_at = jobs.now(), paused_by = $2, pause_reason = $3
        where name = $1",
        name,
        by,
        reason
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Ticks fire again. Those since it was paused are not made up for, unless the schedule makes up
/// for each: see [`Missed`](crate::Missed).
pub async fn resume_schedule(tx: &mut PgConnection, name: &str) -> Result<(), SteerError> {
    if !lock(tx, name).await? {
        return Err(SteerError::WrongState("running"));
    }
    query!(
        "update jobs.schedule set paused_at = null, paused_by = null, pause_reason = null,
            last_tick = case when missed = 'all' then last_tick
                             else greatest(last_tick, jobs.now()) end
        where name = $1",
        name
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Locks a living schedule, so that no tick is decided meanwhile; whether it is paused.
async fn lock(tx: &mut PgConnection, name: &str) -> Result<bool, SteerError> {
    query_scalar!(
        r#"select paused_at is not null as "paused!" from jobs.schedule
        where name = $1 and name in (select name from jobs.living_schedule)
        for update"#,
        name
    )
    .fetch_optional(tx)
    .await?
    .ok_or_else(|| SteerError::NoSuchSchedule(name.to_owned()))
}
