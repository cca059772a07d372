use jobs::{Attempt, Failure, Job, Outcome, Queue, Unique};
use serde::{Deserialize, Serialize};

use crate::{Studio, analytics::rollup, queues};

/// Counts the days again of which events came late.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RollUpLate {}

impl Job<Studio> for RollUpLate {
    const NAME: &'static str = "analytics.roll_up_late";
    const QUEUE: Queue = queues::ANALYTICS;
    const ABOUT: &'static str = "Counts the days again of which events came late.";
    const RUNBOOK: &'static str = "ops/runbooks/roll_up_late.md";

    fn unique(&self) -> Unique {
        Unique::by("all")
    }

    async fn run(self, studio: &Studio, _: &Attempt) -> Result<Outcome, Failure> {
        let days = rollup::recount_late(studio).await?;
        if !days.is_empty() {
            tracing::info!(?days, "late events are being counted");
        }
        Ok(Outcome::Done)
    }
}
