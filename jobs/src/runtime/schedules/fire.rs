//! The ticks of one schedule.

use chrono::{DateTime, Utc};
use sqlx::{Connection, PgConnection, query, query_scalar};
use uuid::Uuid;

use crate::{EnqueueError, Schedule, queue_store};

/// Decides the ticks that no other process has decided, enqueues those that are due and records
/// them all, in one transaction that locks the schedule. False when nothing was enqueued.
pub(super) async fn fire(
    conn: &mut PgConnection,
    schedule: &Schedule,
) -> Result<bool, EnqueueError> {
    let mut tx = conn.begin().await?;
    let locked = query!(
        r#"select last_tick, jobs.now() as "now!", paused_at is not null as "paused!", paused_by,
            pause_reason
        from jobs.schedule where name = $1 for update"#,
        schedule.name()
    )
    .fetch_one(&mut *tx)
    .await?;
    let decision = schedule.decide(locked.last_tick, locked.now, locked.paused);
    if decision.is_empty() {
        return Ok(false);
    }
    let mut firings = Vec::with_capacity(decision.fire.len() + decision.skip.len());
    for tick in decision.fire {
        let job = schedule.job(tick.at)?;
        if take_tick(&mut tx, schedule, tick.at, job.id.0).await? {
            let enqueued = queue_store::insert_one(&mut tx, job).await?;
            let kind = if tick.late { "made_up" } else { "tick" };
            firings.push(Firing { tick: tick.at, kind, job: Some(enqueued.id.0) });
        }
    }
    let fired = !firings.is_empty();
    firings.extend(decision.skip.into_iter().map(|tick| Firing {
        tick,
        kind: "skipped",
        job: None,
    }));
    firings.sort_unstable_by_key(|firing| firing.tick);
    let (by, reason) = (locked.paused_by.as_deref(), locked.pause_reason.as_deref());
    record(&mut tx, schedule, &firings, by, reason).await?;
    query!("update jobs.schedule set last_tick = $2 where name = $1", schedule.name(), locked.now)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(fired)
}

struct Firing {
    tick: DateTime<Utc>,
    kind: &'static str,
    job: Option<Uuid>,
}

/// Whether this tick was nobody's before. Its key is kept for a week.
async fn take_tick(
    tx: &mut PgConnection,
    schedule: &Schedule,
    tick: DateTime<Utc>,
    job: Uuid,
) -> Result<bool, sqlx::Error> {
    let key = format!("cron:{}:{}", schedule.name(), tick.timestamp());
    let taken = query_scalar!(
        "insert into jobs.unique_key (key, job, expires_at)
        values ($1, $2, jobs.now() + interval '7 days')
        on conflict do nothing returning key",
        key,
        job
    )
    .fetch_optional(tx)
    .await?;
    Ok(taken.is_some())
}

/// `by` and `reason` are those of whoever paused the schedule.
async fn record(
    tx: &mut PgConnection,
    schedule: &Schedule,
    firings: &[Firing],
    by: Option<&str>,
    reason: Option<&str>,
) -> Result<(), sqlx::Error> {
    let ticks: Vec<DateTime<Utc>> = firings.iter().map(|firing| firing.tick).collect();
    let kinds: Vec<&str> = firings.iter().map(|firing| firing.kind).collect();
    let jobs: Vec<Option<Uuid>> = firings.iter().map(|firing| firing.job).collect();
    query!(
        "insert into jobs.firing (schedule, kind, tick, fired_at, job, fired_by, reason)
        select $1, kind, tick, jobs.now(), job, $5, $6
        from unnest($2::text[], $3::timestamptz[], $4::uuid[]) as new (kind, tick, job)",
        schedule.name(),
        &kinds as _,
        &ticks,
        &jobs as _,
        by,
        reason
    )
    .execute(tx)
    .await?;
    Ok(())
}
