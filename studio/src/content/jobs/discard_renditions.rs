use jobs::{Attempt, Failure, Job, Outcome, Queue, Tag, Unique};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Studio, content::purging, ids::ContentId, queues};

/// Removes the renditions of earlier hand-offs, once nobody can be playing them any more.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DiscardRenditions {
    /// The content.
    pub content: ContentId,
    /// The hand-off whose renditions stay.
    pub kept: Uuid,
}

impl Job<Studio> for DiscardRenditions {
    const NAME: &'static str = "content.discard_renditions";
    const QUEUE: Queue = queues::CONTENT;
    const ABOUT: &'static str = "Removes renditions that a later hand-off has replaced.";
    const RUNBOOK: &'static str = "ops/runbooks/discard_renditions.md";

    fn unique(&self) -> Unique {
        Unique::by(self.kept)
    }

    fn tags(&self) -> Vec<Tag> {
        vec![("content", self.content.to_string())]
    }

    async fn run(self, studio: &Studio, _: &Attempt) -> Result<Outcome, Failure> {
        purging::discard_earlier_renditions(studio, self.content, self.kept).await?;
        Ok(Outcome::Done)
    }
}
