//! A content: one work of a creator, from the first part of its file to what others see.

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;
use uuid::Uuid;

use super::{
    Stage, State, Status, TranscodingStatus, Visibility, document::ContentDocument,
    failures::Failure, media_type::Kind, upload::UploadState,
};
use crate::ids::{AccountId, ContentId, UploadId};

/// What Postgres knows of a content and of the upload that it comes from.
#[derive(Debug, Clone)]
pub struct ContentRecord {
    /// Its id.
    pub id: ContentId,
    /// Whose it is.
    pub owner: AccountId,
    /// Whether there is something to see; declared first, proven later.
    pub kind: Kind,
    /// How far its file is.
    pub stage: Stage,
    /// Who sees it once it is ready.
    pub visibility: Visibility,
    /// What the creator's ETag speaks of.
    pub version: i64,
    /// Its place in its owner's sequence of changes.
    pub change: i64,
    /// What it is sorted by when titles are.
    pub sort_title: String,
    /// How far the VOD service is, 0 to 100.
    pub progress_percent: Option<f32>,
    /// How long it plays, in milliseconds.
    pub duration_ms: Option<i64>,
    /// Pixels across.
    pub width: Option<i32>,
    /// Pixels down.
    pub height: Option<i32>,
    /// The key of its thumbnail.
    pub thumbnail_key: Option<String>,
    /// When its upload was created.
    pub created_at: DateTime<Utc>,
    /// When everybody could see it first.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was put in the bin.
    pub deleted_at: Option<DateTime<Utc>>,
    /// When it was deleted for good.
    pub purged_at: Option<DateTime<Utc>>,
    /// The upload that it comes from.
    pub upload_id: UploadId,
    /// Where that stands.
    pub upload_state: UploadState,
    /// Its file's name.
    pub file_name: String,
    /// The title that it began with.
    pub first_title: String,
    /// Its file's size in bytes.
    pub size_bytes: i64,
    /// How much of it had arrived when the object store was last asked.
    pub received_bytes: i64,
    /// The key of its original.
    pub original_key: String,
    /// The run of `publish_upload`.
    pub run_id: Option<Uuid>,
    /// Why it failed or was refused.
    pub failure: Option<Failure>,
}

impl ContentRecord {
    /// Its status.
    pub fn status(&self) -> Status {
        match (self.stage, self.visibility) {
            (Stage::Ready, Visibility::Private) => Status::Private,
            (Stage::Ready, Visibility::Public) => Status::Public,
            _ => Status::Processing,
        }
    }

    /// Its state as its creator sees it.
    pub fn state(&self) -> State {
        if self.deleted_at.is_some() || self.purged_at.is_some() {
            return State::Deleted;
        }
        match self.stage {
            Stage::Uploading => State::Uploading,
            Stage::Checking => State::Checking,
            Stage::Transcoding => State::Transcoding,
            Stage::Failed => State::Failed,
            Stage::Refused => State::Refused,
            Stage::Expired => State::Expired,
            Stage::Ready if self.visibility == Visibility::Public => State::Public,
            Stage::Ready => State::Private,
        }
    }

    /// How far transcoding is.
    pub fn transcoding_status(&self) -> TranscodingStatus {
        match self.stage {
            Stage::Ready => TranscodingStatus::Completed,
            Stage::Failed | Stage::Refused => TranscodingStatus::Failed,
            Stage::Uploading | Stage::Checking | Stage::Transcoding | Stage::Expired => {
                TranscodingStatus::Pending
            }
        }
    }

    /// Whether `viewer` may play it now.
    pub fn may_play(&self, viewer: Option<AccountId>) -> bool {
        self.stage == Stage::Ready
            && self.purged_at.is_none()
            && (viewer == Some(self.owner)
                || self.visibility == Visibility::Public && self.deleted_at.is_none())
    }

    /// How long it plays, in seconds.
    pub fn duration_seconds(&self) -> Option<f64> {
        #[allow(
            clippy::cast_precision_loss,
            reason = "milliseconds of a media file, far below 2^52"
        )]
        self.duration_ms.map(|ms| ms as f64 / 1_000.0)
    }

    /// How far it is with what happens now, 0 to 100, where that is known.
    pub fn percent(&self) -> Option<f64> {
        #[allow(clippy::cast_precision_loss, reason = "a share of bytes, shown as a percentage")]
        match self.stage {
            Stage::Uploading => Some(
                (self.received_bytes as f64 / self.size_bytes.max(1) as f64 * 100.0).min(100.0),
            ),
            Stage::Transcoding => self.progress_percent.map(f64::from),
            _ => None,
        }
    }

    /// Until when it can be taken out of the bin.
    pub fn restore_until(&self, retention_days: u32) -> Option<DateTime<Utc>> {
        self.deleted_at.map(|at| at + TimeDelta::days(retention_days.into()))
    }
}

/// A content as its creator sees it: what Postgres and MongoDB know, and an address for its thumbnail.
#[derive(Debug, Clone)]
pub struct Content {
    /// What Postgres knows.
    pub record: ContentRecord,
    /// What MongoDB knows.
    pub document: ContentDocument,
    /// A short-lived address of the thumbnail.
    pub thumbnail_url: Option<Url>,
    /// Until when it can be taken out of the bin.
    pub restore_until: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(stage: Stage, visibility: Visibility) -> ContentRecord {
        ContentRecord {
            id: ContentId::new(),
            owner: AccountId::new(),
            kind: Kind::Video,
            stage,
            visibility,
            version: 1,
            change: 1,
            sort_title: String::new(),
            progress_percent: None,
            duration_ms: None,
            width: None,
            height: None,
            thumbnail_key: None,
            created_at: Utc::now(),
            published_at: None,
            deleted_at: None,
            purged_at: None,
            upload_id: UploadId::new(),
            upload_state: UploadState::Submitted,
            file_name: String::new(),
            first_title: String::new(),
            size_bytes: 1,
            received_bytes: 0,
            original_key: String::new(),
            run_id: None,
            failure: None,
        }
    }

    #[test]
    fn public_when_ready_is_not_public_yet() {
        let content = record(Stage::Transcoding, Visibility::Public);
        assert_eq!((content.status(), content.state()), (Status::Processing, State::Transcoding));
        assert!(!content.may_play(None) && !content.may_play(Some(content.owner)));
    }

    #[test]
    fn others_see_what_is_public_and_the_creator_sees_all_of_it() {
        let (public, private) =
            (record(Stage::Ready, Visibility::Public), record(Stage::Ready, Visibility::Private));
        assert!(public.may_play(None) && public.may_play(Some(AccountId::new())));
        assert!(!private.may_play(None) && !private.may_play(Some(AccountId::new())));
        assert!(private.may_play(Some(private.owner)));
    }

    #[test]
    fn what_is_in_the_bin_is_for_its_creator_alone() {
        let mut content = record(Stage::Ready, Visibility::Public);
        content.deleted_at = Some(Utc::now());
        assert_eq!(content.state(), State::Deleted);
        assert!(!content.may_play(None) && content.may_play(Some(content.owner)));
    }
}
