use jobs::{Attempt, Failure, Job, Outcome, Queue, Unique};
use serde::{Deserialize, Serialize};

use crate::{Studio, content::handoff, queues};

/// Forgets webhooks that could no longer be replayed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ForgetWebhooks {}

impl Job<Studio> for ForgetWebhooks {
    const NAME: &'static str = "content.forget_webhooks";
    const QUEUE: Queue = queues::CONTENT;
    const ABOUT: &'static str = "Forgets webhooks whose signature has been too old for a day.";
    const RUNBOOK: &'static str = "ops/runbooks/forget_webhooks.md";

    fn unique(&self) -> Unique {
        Unique::by("all")
    }

    async fn run(self, studio: &Studio, _: &Attempt) -> Result<Outcome, Failure> {
        handoff::forget_webhooks(studio).await?;
        Ok(Outcome::Done)
    }
}
