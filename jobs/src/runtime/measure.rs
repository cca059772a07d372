//! What dashboards and alerts read: counts, durations and waiting times of jobs.

use std::time::Duration;

use super::{Claimed, verdict::Verdict};

/// `jobs_waited_seconds{queue}`: from due to fetched.
pub(super) fn picked_up(claimed: &Claimed, waited: Duration) {
    metrics::histogram!("jobs_waited_seconds", "queue" => claimed.queue)
        .record(waited.as_secs_f64());
}

/// `jobs_finished_total{queue,name,outcome}` and `jobs_duration_seconds{queue,name}`, both by
/// attempt.
pub(super) fn ended(name: &str, claimed: &Claimed, verdict: &Verdict, took: Duration) {
    let outcome = match verdict {
        Verdict::Completed | Verdict::AlreadyAcked => "completed",
        Verdict::Cancelled => "cancelled",
        Verdict::Dead(_) => "dead",
        Verdict::Again { outcome, .. } => outcome,
        Verdict::LetGo => "let_go",
    };
    let name = name.to_owned();
    metrics::counter!(
        "jobs_finished_total", "queue" => claimed.queue, "name" => name.clone(), "outcome" => outcome
    )
    .increment(1);
    metrics::histogram!("jobs_duration_seconds", "queue" => claimed.queue, "name" => name)
        .record(took.as_secs_f64());
}
