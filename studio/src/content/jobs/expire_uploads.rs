use jobs::{Attempt, Failure, Job, Outcome, Queue, Unique};
use serde::{Deserialize, Serialize};

use crate::{Studio, content::uploading, queues};

/// How many uploads expire in one transaction.
const AT_ONCE: i64 = 100;

/// Expires uploads with which nobody goes on, and gives their room back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExpireUploads {}

impl Job<Studio> for ExpireUploads {
    const NAME: &'static str = "content.expire_uploads";
    const QUEUE: Queue = queues::CONTENT;
    const ABOUT: &'static str = "Expires uploads to which no part was sent for too long.";
    const RUNBOOK: &'static str = "ops/runbooks/expire_uploads.md";

    fn unique(&self) -> Unique {
        Unique::by("all")
    }

    async fn run(self, studio: &Studio, _: &Attempt) -> Result<Outcome, Failure> {
        loop {
            let expired = uploading::expire_some(studio, AT_ONCE).await?;
            if !expired.is_empty() {
                tracing::info!(count = expired.len(), "uploads expired");
            }
            if i64::try_from(expired.len()).is_ok_and(|n| n < AT_ONCE) {
                return Ok(Outcome::Done);
            }
        }
    }
}
