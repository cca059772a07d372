//! What Prometheus learns of queues and streams: sampled by every worker, so `max` over them is the truth
//! while one of them is alive.

use chrono::{DateTime, Utc};
use metrics::gauge;

use super::inspecting::{self, QueueView};
use crate::{
    Result, Studio,
    analytics::business,
    platform_events::outbox_state,
    streams::{Flow, stream_state},
};

/// Sets the gauges of every queue and of the workers.
pub async fn measure_queues(studio: &Studio) -> Result<()> {
    let (now, queues) = inspecting::list_queues(studio).await?;
    for queue in &queues {
        measure(now, queue);
    }
    let workers = inspecting::list_workers(studio).await?;
    let alive = workers.iter().filter(|worker| worker.ended_at.is_none());
    gauge!("creator_studio_workers_alive").set(figure(alive.count() as u64));
    Ok(())
}

/// Sets the gauges of the streams from Kafka and to it. Where they are off, that nothing flows is what
/// was asked for, and there is no figure.
pub async fn measure_streams(studio: &Studio) -> Result<()> {
    let (stream, outbox) = (stream_state(studio).await?, outbox_state(studio).await?);
    for (name, state) in [("engagement_events", stream.state), ("platform_events", outbox.state)] {
        if state != Flow::Off {
            let up = if state == Flow::Up { 1.0 } else { 0.0 };
            gauge!("creator_studio_stream_up", "stream" => name).set(up);
        }
    }
    if let Some(waiting) = stream.waiting_messages {
        gauge!("creator_studio_stream_waiting_messages").set(figure(waiting.unsigned_abs()));
    }
    if outbox.state != Flow::Off {
        gauge!("creator_studio_outbox_waiting").set(figure(outbox.waiting.unsigned_abs()));
        gauge!("creator_studio_outbox_oldest_seconds").set(outbox.oldest_seconds);
    }
    Ok(())
}

/// Sets the gauges of the pipeline of figures and of the newest business figures.
pub async fn measure_analytics(studio: &Studio) -> Result<()> {
    let figures = business::figures(studio).await?;
    let lag = figures.freshness.lag_seconds;
    gauge!("creator_studio_analytics_lag_seconds").set(figure(lag.unsigned_abs()));
    if let Some(day) = figures.days.first() {
        gauge!("creator_studio_contents_published")
            .set(figure(day.contents_published.unsigned_abs()));
    }
    if let Some(month) =
        figures.months.iter().find(|m| m.is_complete(figures.freshness.complete_through))
    {
        gauge!("creator_studio_creators_published")
            .set(figure(month.creators_published.unsigned_abs()));
        gauge!("creator_studio_creators_retained")
            .set(figure(month.creators_retained.unsigned_abs()));
    }
    Ok(())
}

fn measure(now: DateTime<Utc>, queue: &QueueView) {
    let states = [
        ("available", queue.available),
        ("scheduled", queue.scheduled),
        ("retrying", queue.retrying),
        ("running", queue.running),
        ("dead", queue.dead),
    ];
    for (state, jobs) in states {
        gauge!("creator_studio_queue_jobs", "queue" => queue.queue.clone(), "state" => state)
            .set(figure(jobs.unsigned_abs()));
    }
    let oldest = queue.oldest_due_at.and_then(|since| (now - since).to_std().ok());
    gauge!("creator_studio_queue_oldest_due_seconds", "queue" => queue.queue.clone())
        .set(oldest.unwrap_or_default().as_secs_f64());
}

#[allow(clippy::cast_precision_loss, reason = "nobody has 2^53 jobs")]
fn figure(count: u64) -> f64 {
    count as f64
}
