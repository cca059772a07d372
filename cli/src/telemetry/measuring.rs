//! The metrics of a worker: it has no API, so it samples and serves them by itself.

use std::time::Duration;

use api::telemetry::{recorder, serve_metrics};
use studio::{
    Studio,
    content::publishing::outcome,
    operations::{self, health::Watch},
};
use tokio_util::sync::CancellationToken;

use crate::commands::Result;

/// How often queues and servers are looked at.
const SAMPLE: Duration = Duration::from_secs(15);

/// Measures this worker until `stop`; shows the figures at `CREATOR_STUDIO_METRICS_LISTEN`, if set.
///
/// # Errors
/// Another recorder was installed before.
pub fn measure(studio: &Studio, stop: &CancellationToken) -> Result {
    let metrics = recorder::install()?;
    outcome::start_at_zero();
    tokio::spawn(recorder::keep_up(metrics.clone(), stop.clone()));
    let Some(listen) = studio.config.metrics_listen else { return Ok(()) };
    tokio::spawn(sample(studio.clone(), stop.clone()));
    let stop = stop.clone();
    tokio::spawn(async move {
        tracing::info!(%listen, "metrics are served");
        if let Err(error) = serve_metrics(listen, metrics, stop).await {
            // Jobs go on: a worker that cannot be measured is better than none.
            tracing::error!(%listen, %error, "metrics cannot be served");
        }
    });
    Ok(())
}

async fn sample(studio: Studio, stop: CancellationToken) {
    let watch = Watch::new(studio.clone());
    let mut tick = tokio::time::interval(SAMPLE);
    while stop.run_until_cancelled(tick.tick()).await.is_some() {
        watch.readings().await;
        if let Err(error) = operations::measure_queues(&studio).await {
            tracing::warn!(%error, "the queues could not be measured");
        }
        if let Err(error) = operations::measure_analytics(&studio).await {
            tracing::warn!(%error, "the pipeline of figures could not be measured");
        }
        if let Err(error) = operations::measure_streams(&studio).await {
            tracing::warn!(%error, "the streams could not be measured");
        }
    }
}
