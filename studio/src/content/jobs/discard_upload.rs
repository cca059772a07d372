use jobs::{Attempt, Failure, Job, Outcome, Queue, Tag, Unique};
use serde::{Deserialize, Serialize};

use crate::{
    Result, Studio,
    content::{upload::UploadState, upload_store},
    ids::UploadId,
    queues,
};

/// Frees the bytes of an upload that was given up, expired or refused.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DiscardUpload {
    /// The upload.
    pub upload: UploadId,
}

impl Job<Studio> for DiscardUpload {
    const NAME: &'static str = "content.discard_upload";
    const QUEUE: Queue = queues::CONTENT;
    const ABOUT: &'static str =
        "Frees the stored bytes of an upload that was given up, expired or refused.";
    const RUNBOOK: &'static str = "ops/runbooks/discard_upload.md";

    fn unique(&self) -> Unique {
        Unique::by(self.upload)
    }

    fn tags(&self) -> Vec<Tag> {
        vec![("upload", self.upload.to_string())]
    }

    async fn run(self, studio: &Studio, _: &Attempt) -> Result<Outcome, Failure> {
        discard(studio, self.upload).await?;
        Ok(Outcome::Done)
    }
}

async fn discard(studio: &Studio, id: UploadId) -> Result<()> {
    let mut db = studio.db.acquire().await?;
    let Some(upload) = upload_store::find_any(&mut db, id).await? else { return Ok(()) };
    drop(db);
    let gone =
        matches!(upload.state, UploadState::Aborted | UploadState::Expired | UploadState::Refused);
    if !gone {
        tracing::warn!(upload = %id, state = upload.state.name(), "its bytes are wanted and stay");
        return Ok(());
    }
    studio.objects.give_up(&upload.object_key, &upload.multipart_id).await?;
    studio.objects.remove(&upload.object_key).await
}
