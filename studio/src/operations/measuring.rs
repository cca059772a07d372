//! What Prometheus learns of the queues: sampled by every worker, so `max` over them is the truth
//! while one of them is alive.

use chrono::{DateTime, Utc};
use metrics::gauge;

use super::inspecting::{self, QueueView};
use crate::{Result, Studio};

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
