use std::time::Duration;

use jobs::{Attempt, Failure, Job, Outcome, Policy, Queue, Unique};
use serde::{Deserialize, Serialize};

use crate::{Studio, content::purging, queues};

/// Gives up what a crash left in the object store between beginning an object and writing its row.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SweepOrphans {}

impl Job<Studio> for SweepOrphans {
    const NAME: &'static str = "content.sweep_orphans";
    const QUEUE: Queue = queues::CONTENT;
    const ABOUT: &'static str = "Gives up unfinished objects in the store that no upload knows.";
    const RUNBOOK: &'static str = "ops/runbooks/sweep_orphans.md";

    fn policy() -> Policy {
        Policy::attempts(4).timeout(Duration::from_mins(30))
    }

    fn unique(&self) -> Unique {
        Unique::by("all")
    }

    async fn run(self, studio: &Studio, _: &Attempt) -> Result<Outcome, Failure> {
        let swept = purging::sweep_orphans(studio).await?;
        if swept > 0 {
            tracing::warn!(swept, "unfinished objects without an upload were given up");
        }
        Ok(Outcome::Done)
    }
}
