use jobs::{Attempt, Failure, Job, Outcome, Queue, Unique};
use serde::{Deserialize, Serialize};

use crate::{Studio, content::purging, queues};

/// Finds contents that have been in the bin for long enough, and has each of them purged.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PurgeDeleted {}

impl Job<Studio> for PurgeDeleted {
    const NAME: &'static str = "content.purge_deleted";
    const QUEUE: Queue = queues::CONTENT;
    const ABOUT: &'static str = "Finds deleted contents whose retention is over.";
    const RUNBOOK: &'static str = "ops/runbooks/purge_deleted.md";

    fn unique(&self) -> Unique {
        Unique::by("all")
    }

    async fn run(self, studio: &Studio, _: &Attempt) -> Result<Outcome, Failure> {
        purging::enqueue_due(studio).await?;
        Ok(Outcome::Done)
    }
}
