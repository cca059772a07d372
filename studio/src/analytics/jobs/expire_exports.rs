use jobs::{Attempt, Failure, Job, Outcome, Queue, Unique};
use serde::{Deserialize, Serialize};

use crate::{Studio, analytics::export, queues};

/// Removes the files of exports that have expired.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExpireExports {}

impl Job<Studio> for ExpireExports {
    const NAME: &'static str = "analytics.expire_exports";
    const QUEUE: Queue = queues::ANALYTICS;
    const ABOUT: &'static str = "Removes the files of exports that are older than a week.";
    const RUNBOOK: &'static str = "ops/runbooks/expire_exports.md";

    fn unique(&self) -> Unique {
        Unique::by("all")
    }

    async fn run(self, studio: &Studio, _: &Attempt) -> Result<Outcome, Failure> {
        let expired = export::expire(studio).await?;
        if expired > 0 {
            tracing::info!(expired, "exports expired");
        }
        Ok(Outcome::Done)
    }
}
