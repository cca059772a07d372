use jobs::{Attempt, Failure, Job, Outcome, Queue, Tag, Unique};
use serde::{Deserialize, Serialize};

use crate::{
    Result, Studio,
    content::{content_store, details::Details, document_store},
    ids::ContentId,
    queues,
};

/// Brings a content's document in line with what Postgres has decided. It reads what is so now, so it
/// does not matter how many of them run, or in what order.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WriteDocument {
    /// The content.
    pub content: ContentId,
}

impl Job<Studio> for WriteDocument {
    const NAME: &'static str = "content.write_document";
    const QUEUE: Queue = queues::CONTENT;
    const ABOUT: &'static str =
        "Writes a content's status, thumbnail and duration into its document.";
    const RUNBOOK: &'static str = "ops/runbooks/write_document.md";

    fn unique(&self) -> Unique {
        Unique::by(self.content)
    }

    fn tags(&self) -> Vec<Tag> {
        vec![("content", self.content.to_string())]
    }

    async fn run(self, studio: &Studio, _: &Attempt) -> Result<Outcome, Failure> {
        write(studio, self.content).await?;
        Ok(Outcome::Done)
    }
}

async fn write(studio: &Studio, id: ContentId) -> Result<()> {
    let mut db = studio.db.acquire().await?;
    let Some(record) = content_store::find_any(&mut db, id).await? else { return Ok(()) };
    drop(db);
    if record.purged_at.is_some() {
        document_store::remove(studio, id).await?;
    } else {
        let title = record.first_title.clone();
        let first = Details { title, description: String::new(), tags: Vec::new() };
        document_store::project(studio, &record, &first).await?;
    }
    studio.live.announce(record.owner);
    Ok(())
}
