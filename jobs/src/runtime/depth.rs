//! How many jobs wait, for dashboards and alerts: the gauge `jobs_waiting{queue,state}`.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use sqlx::{PgConnection, PgPool, query};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::connections::keeping;

const EVERY: Duration = Duration::from_secs(15);

/// Measures until stopped.
pub(super) async fn keep(db: PgPool, stop: CancellationToken) {
    let mut line = keeping(&db);
    let mut seen = BTreeSet::new();
    while stop.run_until_cancelled(sleep(EVERY)).await.is_some() {
        let measured = match line.open().await {
            Ok(conn) => measure(conn, &mut seen).await,
            Err(error) => Err(error),
        };
        match measured {
            Ok(()) => line.well(),
            Err(error) => {
                tracing::warn!(%error, "the queues' depth could not be measured");
                line.broke();
            }
        }
    }
}

/// Queues that were seen once are zero when they are empty.
async fn measure(
    conn: &mut PgConnection,
    seen: &mut BTreeSet<(String, String)>,
) -> Result<(), sqlx::Error> {
    let rows = query!(
        r#"select queue as "queue!", state as "state!", count(*) as "jobs!"
        from jobs.live_job_view group by queue, state"#
    )
    .fetch_all(conn)
    .await?;
    let now: BTreeMap<_, _> =
        rows.into_iter().map(|row| ((row.queue, row.state), row.jobs)).collect();
    seen.extend(now.keys().cloned());
    for place in seen.iter() {
        set(&place.0, &place.1, now.get(place).copied().unwrap_or(0));
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a gauge is a float, and no queue is that long")]
fn set(queue: &str, state: &str, jobs: i64) {
    let labels = [("queue", queue.to_owned()), ("state", state.to_owned())];
    metrics::gauge!("jobs_waiting", &labels).set(jobs as f64);
}
