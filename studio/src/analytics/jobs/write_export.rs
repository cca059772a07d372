use std::time::Duration;

use jobs::{Attempt, Failure, Job, Outcome, Policy, Queue, Tag, Unique};
use serde::{Deserialize, Serialize};

use crate::{Studio, analytics::exporting, ids::ExportId, queues};

/// Writes the file of an export.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WriteExport {
    /// The export.
    pub export: ExportId,
}

impl Job<Studio> for WriteExport {
    const NAME: &'static str = "analytics.write_export";
    const QUEUE: Queue = queues::ANALYTICS;
    const ABOUT: &'static str = "Writes figures that a creator asked for as a file.";
    const RUNBOOK: &'static str = "ops/runbooks/write_export.md";

    fn policy() -> Policy {
        Policy::attempts(8)
            .backoff(Duration::from_secs(1), Duration::from_mins(2))
            .timeout(Duration::from_mins(5))
    }

    fn unique(&self) -> Unique {
        Unique::by(self.export)
    }

    fn tags(&self) -> Vec<Tag> {
        vec![("export", self.export.to_string())]
    }

    async fn run(self, studio: &Studio, attempt: &Attempt) -> Result<Outcome, Failure> {
        match exporting::write(studio, self.export).await {
            Ok(()) => Ok(Outcome::Done),
            Err(error) => {
                if attempt.is_last() {
                    exporting::give_up(studio, self.export).await?;
                }
                Err(error.into())
            }
        }
    }
}
