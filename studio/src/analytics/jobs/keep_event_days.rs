use jobs::{Attempt, Failure, Job, Outcome, Queue, Unique};
use serde::{Deserialize, Serialize};

use crate::{Studio, analytics::keeping, queues};

/// Makes room for the events of the next days, and lets old events go; figures stay.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeepEventDays {}

impl Job<Studio> for KeepEventDays {
    const NAME: &'static str = "analytics.keep_event_days";
    const QUEUE: Queue = queues::ANALYTICS;
    const ABOUT: &'static str =
        "Makes room for the events of the next days, and lets old events go; figures stay.";
    const RUNBOOK: &'static str = "ops/runbooks/keep_event_days.md";

    fn unique(&self) -> Unique {
        Unique::by("all")
    }

    async fn run(self, studio: &Studio, _: &Attempt) -> Result<Outcome, Failure> {
        let dropped = keeping::keep(studio).await?;
        if !dropped.is_empty() {
            tracing::info!(days = ?dropped, "old events let go");
        }
        Ok(Outcome::Done)
    }
}
