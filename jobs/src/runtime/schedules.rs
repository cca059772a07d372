//! Enqueuing what the clock asks for: one firing over all processes.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{Connection, PgConnection, PgPool, query, query_scalar};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::connections::keeping;
use crate::{Catalogue, EnqueueError, Schedule, Waker, queue_store};

/// The longest time between two looks at the clock.
const LOOK: Duration = Duration::from_secs(5);

/// Fires the catalogue's schedules until stopped.
pub(super) async fn keep<S: Send + Sync + 'static>(
    db: PgPool,
    catalogue: &Catalogue<S>,
    waker: Waker,
    stop: CancellationToken,
) {
    let mut line = keeping(&db);
    while !stop.is_cancelled() {
        let fired = match line.open().await {
            Ok(conn) => fire_due(conn, catalogue.schedules(), &waker).await,
            Err(error) => Err(error.into()),
        };
        let nap = match fired {
            Ok(nap) => {
                line.well();
                nap
            }
            Err(error) => {
                tracing::warn!(%error, "schedules could not be looked at; trying again");
                line.broke()
            }
        };
        stop.run_until_cancelled(sleep(nap)).await;
    }
}

/// Enqueues every due tick, and says how long until the next.
pub(super) async fn fire_due(
    conn: &mut PgConnection,
    schedules: &[Schedule],
    waker: &Waker,
) -> Result<Duration, EnqueueError> {
    let mut nap = LOOK;
    for schedule in schedules {
        let (last, now) = last_tick(conn, schedule).await?;
        if !schedule.due(last, now).is_empty() && fire(conn, schedule).await? {
            waker.wake_named(schedule.queue());
        }
        if let Some(next) = schedule.next_after(now) {
            nap = nap.min((next - now).to_std().unwrap_or_default() + Duration::from_millis(1));
        }
    }
    Ok(nap)
}

/// The last tick that was decided; the first look at a new schedule decides all before now.
async fn last_tick(
    conn: &mut PgConnection,
    schedule: &Schedule,
) -> Result<(DateTime<Utc>, DateTime<Utc>), sqlx::Error> {
    let known = query!(
        r#"select last_tick, jobs.now() as "now!" from jobs.schedule
        where name = $1 and expression = $2"#,
        schedule.name(),
        schedule.expression()
    )
    .fetch_optional(&mut *conn)
    .await?;
    if let Some(known) = known {
        return Ok((known.last_tick, known.now));
    }
    let row = query!(
        r#"insert into jobs.schedule as s (name, expression, last_tick) values ($1, $2, jobs.now())
        on conflict (name) do update set expression = excluded.expression
        returning last_tick, jobs.now() as "now!""#,
        schedule.name(),
        schedule.expression()
    )
    .fetch_one(conn)
    .await?;
    Ok((row.last_tick, row.now))
}

/// Enqueues the ticks that are due and no other process has enqueued, and records how far that
/// went, in one transaction that locks the schedule. False when others were faster.
async fn fire(conn: &mut PgConnection, schedule: &Schedule) -> Result<bool, EnqueueError> {
    let mut tx = conn.begin().await?;
    let locked = query!(
        r#"select last_tick, jobs.now() as "now!" from jobs.schedule where name = $1 for update"#,
        schedule.name()
    )
    .fetch_one(&mut *tx)
    .await?;
    let mut fired = false;
    for tick in schedule.due(locked.last_tick, locked.now) {
        let job = schedule.job()?;
        if take_tick(&mut tx, schedule, tick, job.id.0).await? {
            queue_store::insert_one(&mut tx, job).await?;
            fired = true;
        }
    }
    query!("update jobs.schedule set last_tick = $2 where name = $1", schedule.name(), locked.now)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(fired)
}

/// Whether this tick was nobody's before. Its key is kept for a week.
async fn take_tick(
    tx: &mut PgConnection,
    schedule: &Schedule,
    tick: DateTime<Utc>,
    job: uuid::Uuid,
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
