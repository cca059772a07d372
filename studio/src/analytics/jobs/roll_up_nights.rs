use jobs::{Attempt, Failure, Job, Outcome, Queue, Unique};
use serde::{Deserialize, Serialize};

use crate::{Studio, analytics::rollup, queues};

/// Closes the days that are over and starts their count.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RollUpNights {}

impl Job<Studio> for RollUpNights {
    const NAME: &'static str = "analytics.roll_up_nights";
    const QUEUE: Queue = queues::ANALYTICS;
    const ABOUT: &'static str = "Closes the days that are over and starts their count.";
    const RUNBOOK: &'static str = "ops/runbooks/roll_up_nights.md";

    fn unique(&self) -> Unique {
        Unique::by("all")
    }

    async fn run(self, studio: &Studio, _: &Attempt) -> Result<Outcome, Failure> {
        let days = rollup::close_days(studio).await?;
        tracing::info!(?days, "days closed");
        Ok(Outcome::Done)
    }
}
