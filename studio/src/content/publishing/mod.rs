//! From "all parts are there" to "it can be played": what the steps of `publish_upload` do.
//!
//! Each function here may run twice, and be killed anywhere, and leaves the same as once. Those that write
//! take the transaction in which their step ends.

mod accepting;
mod assembling;
mod failing;
mod handing_off;
pub mod inspection;
pub mod outcome;
mod probing;
mod storing;

use jobs::{Failure, Policy, Queue, Tag, WorkflowInput};
use serde::{Deserialize, Serialize};
use std::time::Duration;

use super::{
    Stage, content_store,
    failures::{Consequence, FailureCode},
    refusals,
    upload::{Event, Upload, UploadState},
    upload_store,
};
use crate::{
    Result, Studio,
    ids::{AccountId, ContentId, UploadId},
    queues,
};

pub use accepting::{accept, tell_creator, title};
pub use assembling::{assemble, check_parts};
pub use failing::fail;
pub use handing_off::{hand_over, open_handoff, taken};
pub use inspection::{Inspected, inspect, keep_proof};
pub use probing::{Probed, keep_facts, probe};
pub use storing::{StoredRenditions, keep_renditions, store_renditions};

/// The signal for which a run waits after it has handed the original over.
pub const TRANSCODED: &str = "transcoded";

/// What a run of `publish_upload` is started with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PublishUpload {
    /// The upload.
    pub upload: UploadId,
    /// The content that it becomes.
    pub content: ContentId,
    /// Whose it is.
    pub owner: AccountId,
}

impl WorkflowInput for PublishUpload {
    const NAME: &'static str = "publish_upload";
    const VERSION: u32 = 1;
    const QUEUE: Queue = queues::MEDIA;
    const ABOUT: &'static str =
        "Checks an uploaded file, has it transcoded and publishes its content.";
    const RUNBOOK: &'static str = "ops/runbooks/publish_upload.md";

    fn subject(&self) -> String {
        self.upload.to_string()
    }

    fn tags(&self) -> Vec<Tag> {
        vec![("content", self.content.to_string()), ("owner", self.owner.to_string())]
    }

    fn policy() -> Policy {
        Policy::attempts(8)
            .backoff(Duration::from_secs(2), Duration::from_mins(10))
            .timeout(Duration::from_mins(15))
    }
}

/// Brings an upload and its content into the state of the step that begins: a run that staff replay
/// takes up an upload that had failed.
///
/// # Errors
/// `upload.…` for an upload whose run is no longer wanted.
pub async fn enter(studio: &Studio, publish: &PublishUpload, stage: Stage) -> Result<Upload> {
    let mut tx = studio.db.begin().await?;
    let upload = upload_store::lock_any(&mut tx, publish.upload).await?;
    let mut upload = upload.ok_or_else(|| refusals::UPLOAD_NOT_FOUND.refuse())?;
    match upload.state {
        UploadState::Submitted => content_store::set_stage(&mut tx, publish.content, stage).await?,
        UploadState::Accepted => {}
        other => {
            upload.state = other.after(Event::Retry)?;
            upload_store::set_state(&mut tx, upload.id, upload.state).await?;
            content_store::set_stage(&mut tx, publish.content, stage).await?;
        }
    }
    tx.commit().await?;
    studio.live.announce(publish.owner);
    Ok(upload)
}

/// Why a file does not become a content; `detail` is for its creator's eyes.
#[derive(Debug, thiserror::Error)]
#[error("{detail}")]
struct Unusable {
    detail: String,
}

/// A failure that trying again cannot help. Only one that staff might mend asks for their attention.
fn unusable(code: &'static FailureCode, detail: impl Into<String>) -> Failure {
    let unusable = Unusable { detail: detail.into() };
    let failure = match code.consequence {
        Consequence::Failed => Failure::permanent(unusable),
        Consequence::Refused | Consequence::SentBack => Failure::refused(unusable),
    };
    failure.code(code.code)
}
