//! What has become of a file so far, step by step, in its creator's words.

use chrono::{DateTime, Utc};
use jobs::{
    RunId,
    inspect::{self, StepState, StepView},
};

use super::{ContentRecord, content_store, curating, upload::Upload, upload_store};
use crate::{
    Result, Studio,
    ids::{AccountId, ContentId},
};

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not begun.
    Pending,
    /// Under way.
    Running,
    /// Done.
    Done,
    /// It stopped here.
    Failed,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineStep {
    /// Its stable name.
    pub step: &'static str,
    /// What happens in it.
    pub words: &'static str,
    /// Where it stands.
    pub standing: Standing,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// What more there is to say.
    pub detail: Option<String>,
}

/// The creator's steps, and the steps of `publish_upload` that each is made of.
const STEPS: &[(&str, &str, &[&str])] = &[
    ("received", "All of the file arrived", &["check_parts", "assemble"]),
    ("checked", "Checked that it is video or audio", &["inspect", "probe"]),
    ("prepared", "Getting it ready to play", &["hand_off", "transcoded", "store_renditions"]),
    ("published", "Put in your library", &["publish"]),
];

/// The steps of a content of the owner's.
///
/// # Errors
/// `content.not_found`, `content.purged`.
pub async fn timeline(
    studio: &Studio,
    owner: AccountId,
    id: ContentId,
) -> Result<Vec<TimelineStep>> {
    let mut db = studio.db.acquire().await?;
    let record = curating::there(content_store::find(&mut db, owner, id).await?)?;
    let upload = upload_store::find(&mut db, owner, record.upload_id).await?;
    let steps = match record.run_id {
        Some(run) => inspect::steps(&mut db, RunId(run)).await?,
        None => Vec::new(),
    };
    let sent = upload.map(|upload| sending(&upload, record.run_id.is_some()));
    let rest =
        STEPS.iter().map(|(step, words, parts)| gathered(step, words, parts, &steps, &record));
    Ok(sent.into_iter().chain(rest).collect())
}

fn sending(upload: &Upload, sent: bool) -> TimelineStep {
    let detail = format!("{} of {} bytes", upload.received_bytes, upload.plan.file_size);
    TimelineStep {
        step: "uploaded",
        words: "Sent from your device",
        standing: if sent { Standing::Done } else { Standing::Running },
        started_at: Some(upload.created_at),
        finished_at: None,
        detail: (!sent).then_some(detail),
    }
}

fn gathered(
    step: &'static str,
    words: &'static str,
    parts: &[&str],
    steps: &[StepView],
    record: &ContentRecord,
) -> TimelineStep {
    let parts: Vec<&StepView> = steps.iter().filter(|s| parts.contains(&s.name.as_str())).collect();
    let standing = standing(&parts);
    let failure = record.failure.as_ref().filter(|_| standing == Standing::Failed);
    let progress =
        record.progress_percent.filter(|_| step == "prepared" && standing == Standing::Running);
    TimelineStep {
        step,
        words,
        standing,
        started_at: parts.iter().filter_map(|part| part.started_at).min(),
        finished_at: (standing == Standing::Done)
            .then(|| parts.iter().filter_map(|p| p.finished_at).max())
            .flatten(),
        detail: failure
            .map(|f| f.sentence.clone())
            .or_else(|| progress.map(|percent| format!("{percent:.0}%"))),
    }
}

fn standing(parts: &[&StepView]) -> Standing {
    if parts.iter().any(|part| part.state == StepState::Failed) {
        Standing::Failed
    } else if !parts.is_empty() && parts.iter().all(|part| part.state == StepState::Completed) {
        Standing::Done
    } else if parts.iter().all(|part| part.state == StepState::Pending) {
        Standing::Pending
    } else {
        Standing::Running
    }
}
