use jobs::{Attempt, Failure, Job, Outcome, Queue, Tag, Unique};
use serde::{Deserialize, Serialize};

use crate::{Studio, content::purging, ids::ContentId, queues};

/// Deletes one content for good: objects, document, room.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PurgeContent {
    /// The content.
    pub content: ContentId,
}

impl Job<Studio> for PurgeContent {
    const NAME: &'static str = "content.purge_content";
    const QUEUE: Queue = queues::CONTENT;
    const ABOUT: &'static str = "Deletes a content for good once its retention is over.";
    const RUNBOOK: &'static str = "ops/runbooks/purge_content.md";

    fn unique(&self) -> Unique {
        Unique::by(self.content)
    }

    fn tags(&self) -> Vec<Tag> {
        vec![("content", self.content.to_string())]
    }

    async fn run(self, studio: &Studio, _: &Attempt) -> Result<Outcome, Failure> {
        purging::purge(studio, self.content).await?;
        Ok(Outcome::Done)
    }
}
