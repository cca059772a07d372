//! An upload: one file on its way from a creator's device to a content.
//!
//! ```text
//! uploading ─ submit ─▶ submitted ─ accept ─▶ accepted
//!    │  ▲                 │ │ └──── refuse ─▶ refused
//!    │  └── send_back ────┘ └─────── fail ──▶ failed ─ retry ─▶ submitted
//!    ├─ abort ─▶ aborted
//!    └─ expire ─▶ expired
//! ```

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{failures::Failure, part_plan::PartPlan, refusals};
use crate::{
    Code, Refusal,
    ids::{AccountId, ContentId, UploadId},
};

/// Where an upload stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum UploadState {
    /// Parts are being sent.
    Uploading,
    /// The creator said that all parts are there; `publish_upload` has taken over.
    Submitted,
    /// The file is what it says, and its content can be played.
    Accepted,
    /// The file is safe, but could not be prepared. Can be tried again.
    Failed,
    /// The file cannot be used; its bytes are gone.
    Refused,
    /// The creator gave it up.
    Aborted,
    /// Nobody went on with it for too long.
    Expired,
}

/// What can happen to an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// A part is to be signed.
    SignPart,
    /// The creator says that all parts are there.
    Submit,
    /// The parts are not what was declared: the creator has to send some again.
    SendBack,
    /// The content can be played.
    Accept,
    /// Something on our side went wrong.
    Fail,
    /// The file cannot be used.
    Refuse,
    /// A failed upload is prepared once more.
    Retry,
    /// The creator gives up.
    Abort,
    /// Its time is over.
    Expire,
}

impl UploadState {
    /// All states.
    pub const ALL: [Self; 7] = [
        Self::Uploading,
        Self::Submitted,
        Self::Accepted,
        Self::Failed,
        Self::Refused,
        Self::Aborted,
        Self::Expired,
    ];

    /// Its name, in the database and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uploading => "uploading",
            Self::Submitted => "submitted",
            Self::Accepted => "accepted",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::Aborted => "aborted",
            Self::Expired => "expired",
        }
    }

    /// The state after `event`.
    ///
    /// # Errors
    /// The code that says why this state does not allow it.
    pub fn after(self, event: Event) -> Result<Self, Refusal> {
        use {Event as E, UploadState as S};
        match (self, event) {
            (S::Uploading, E::SignPart) | (S::Submitted, E::SendBack) => Ok(S::Uploading),
            (S::Uploading, E::Submit) | (S::Failed, E::Retry) => Ok(S::Submitted),
            (S::Uploading, E::Abort) => Ok(S::Aborted),
            (S::Uploading, E::Expire) => Ok(S::Expired),
            (S::Submitted, E::Accept) => Ok(S::Accepted),
            (S::Submitted, E::Fail) => Ok(S::Failed),
            (S::Submitted, E::Refuse) => Ok(S::Refused),
            _ => Err(self.refusal(event).refuse()),
        }
    }

    /// Whether its declared size counts against its owner's room.
    pub const fn takes_room(self) -> bool {
        !matches!(self, Self::Refused | Self::Aborted | Self::Expired)
    }

    fn refusal(self, event: Event) -> &'static Code {
        match (self, event) {
            (_, Event::Retry) => &refusals::UPLOAD_NOT_FAILED,
            (Self::Uploading, _) => &refusals::UPLOAD_NOT_SUBMITTED,
            (Self::Submitted, _) => &refusals::UPLOAD_ALREADY_SUBMITTED,
            (Self::Accepted, _) => &refusals::UPLOAD_ALREADY_ACCEPTED,
            (Self::Failed, _) => &refusals::UPLOAD_FAILED,
            (Self::Refused, _) => &refusals::UPLOAD_REFUSED,
            (Self::Aborted, _) => &refusals::UPLOAD_ABORTED,
            (Self::Expired, _) => &refusals::UPLOAD_EXPIRED,
        }
    }
}

/// One file on its way in.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its id.
    pub id: UploadId,
    /// The content that it becomes.
    pub content_id: ContentId,
    /// Whose it is.
    pub owner: AccountId,
    /// Where it stands.
    pub state: UploadState,
    /// The file's name on the creator's device, made harmless.
    pub file_name: String,
    /// The title that the content begins with.
    pub title: String,
    /// The declared media type.
    pub media_type: String,
    /// The declared SHA-256.
    pub sha256: Option<Vec<u8>>,
    /// How the file is cut.
    pub plan: PartPlan,
    /// Where its bytes are: never served before the upload is accepted, and not renamed then, since a
    /// copy of terabytes would buy nothing.
    pub object_key: String,
    /// The object store's name for the unfinished object.
    pub multipart_id: String,
    /// How many bytes had arrived when the object store was last asked.
    pub received_bytes: u64,
    /// How many parts had arrived then.
    pub received_parts: u32,
    /// When that was.
    pub received_at: Option<DateTime<Utc>>,
    /// The media type that its bytes prove.
    pub proven_type: Option<String>,
    /// The SHA-256 of its bytes as stored.
    pub proven_sha256: Option<Vec<u8>>,
    /// The run of `publish_upload` that took it over.
    pub run_id: Option<Uuid>,
    /// Why it is failed, refused or back at the creator.
    pub failure: Option<Failure>,
    /// How often its state changed.
    pub version: i64,
    /// Its place in its owner's sequence of changes.
    pub change: i64,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it is given up unless parts go on arriving.
    pub expires_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EVENTS: [Event; 9] = [
        Event::SignPart,
        Event::Submit,
        Event::SendBack,
        Event::Accept,
        Event::Fail,
        Event::Refuse,
        Event::Retry,
        Event::Abort,
        Event::Expire,
    ];

    proptest! {
        /// Whatever happens in whatever order: what has ended stays ended, room that was given back is
        /// never taken again, and every refusal names the upload.
        #[test]
        fn no_sequence_of_events_revives_what_has_ended(events in prop::collection::vec(0..EVENTS.len(), 0..40)) {
            let mut state = UploadState::Uploading;
            for event in events.into_iter().map(|n| EVENTS[n]) {
                let ended = matches!(state, UploadState::Accepted | UploadState::Refused | UploadState::Aborted | UploadState::Expired);
                match state.after(event) {
                    Ok(next) => {
                        prop_assert!(!ended, "{state:?} went on to {next:?}");
                        prop_assert!(state.takes_room() || !next.takes_room());
                        state = next;
                    }
                    Err(refusal) => prop_assert!(refusal.code.code.starts_with("upload.")),
                }
            }
        }
    }

    #[test]
    fn each_state_refuses_in_its_own_words() {
        let code = |state: UploadState| state.after(Event::SignPart).unwrap_err().code.code;
        let refusing: Vec<_> = UploadState::ALL[1..].iter().map(|state| code(*state)).collect();
        assert_eq!(
            refusing,
            [
                "upload.already_submitted",
                "upload.already_accepted",
                "upload.failed",
                "upload.refused",
                "upload.aborted",
                "upload.expired"
            ]
        );
    }

    #[test]
    fn parts_are_only_taken_while_uploading() {
        for state in UploadState::ALL {
            assert_eq!(state.after(Event::SignPart).is_ok(), state == UploadState::Uploading);
        }
    }
}
