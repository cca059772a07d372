//! Enqueuing what the clock asks for, or a person: one firing over all processes.

mod catalogued;
mod fire;
mod wanted;

use std::{sync::Arc, time::Duration};

use sqlx::{PgConnection, PgPool};
use tokio::{sync::Notify, time::timeout};
use tokio_util::sync::CancellationToken;

use super::connections::keeping;
use crate::{Catalogue, EnqueueError, Schedule, Waker};

/// The longest time between two looks at the clock.
const LOOK: Duration = Duration::from_secs(5);

/// Fires the catalogue's schedules until stopped. The bell is rung when a person has triggered one.
pub(super) async fn keep<S: Send + Sync + 'static>(
    db: PgPool,
    catalogue: &Catalogue<S>,
    waker: Waker,
    bell: Arc<Notify>,
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
        stop.run_until_cancelled(timeout(nap, bell.notified())).await;
    }
}

/// Enqueues every due tick and what was asked for by hand, and says how long until the next tick.
pub(super) async fn fire_due(
    conn: &mut PgConnection,
    schedules: &[Schedule],
    waker: &Waker,
) -> Result<Duration, EnqueueError> {
    let mut nap = LOOK;
    for standing in catalogued::standings(conn, schedules).await? {
        let (schedule, now) = (standing.schedule, standing.now);
        let mut fired = standing.wanted && wanted::fire(conn, schedule).await?;
        if !schedule.decide(standing.last_tick, now, standing.paused).is_empty() {
            fired |= fire::fire(conn, schedule).await?;
        }
        if fired {
            waker.wake_named(schedule.facts().queue);
        }
        if let Some(next) = schedule.next_after(now) {
            nap = nap.min((next - now).to_std().unwrap_or_default() + Duration::from_millis(1));
        }
    }
    Ok(nap)
}
