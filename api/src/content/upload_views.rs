//! What uploads look like on the wire.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object, types::Example};
use studio::content::{self, upload, uploading};

use super::{
    bounded::{FileNameText, FileSize, Md5Text, Parts, Sha256Text, TitleText},
    failure_view::FailureView,
};

/// Where an upload stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
pub enum UploadState {
    /// Parts are being sent.
    Uploading,
    /// All parts are there; they are being checked and prepared.
    Submitted,
    /// Its content can be played.
    Accepted,
    /// The original is safe, but it could not be prepared. `contents.retry` tries again.
    Failed,
    /// The file cannot be used.
    Refused,
    /// Given up by its creator.
    Aborted,
    /// Given up because no part came for too long.
    Expired,
}

/// Who sees a content once it is ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
pub enum WhenReady {
    /// Its creator.
    Private,
    /// Everybody.
    Public,
}

/// A file that is to be uploaded.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct CreateUpload {
    /// Its name on the device.
    pub file_name: FileNameText,
    /// Its size in bytes, up to 5 TiB.
    pub size_bytes: FileSize,
    /// Its media type, `video/…` or `audio/…`.
    pub media_type: String,
    /// Its SHA-256 in hexadecimal; what is stored is then compared with it.
    pub sha256: Option<Sha256Text>,
    /// The title to begin with; without one, the file's name.
    pub title: Option<TitleText>,
    /// Who sees it once it is ready.
    pub when_ready: WhenReady,
}

impl Example for CreateUpload {
    fn example() -> Self {
        Self {
            file_name: FileNameText("beach.mp4".to_owned()),
            size_bytes: FileSize(734_003_200),
            media_type: "video/mp4".to_owned(),
            sha256: None,
            title: Some(TitleText("A day at the beach".to_owned())),
            when_ready: WhenReady::Private,
        }
    }
}

/// One file on its way in.
#[derive(Debug, Object)]
#[oai(rename = "Upload", skip_serializing_if_is_none)]
pub struct UploadView {
    /// Its id (`upl_…`).
    id: String,
    /// The content that it becomes (`cnt_…`).
    content_id: String,
    /// The file's name, made harmless.
    file_name: String,
    /// The title that the content begins with.
    title: String,
    /// The file's size in bytes.
    size_bytes: u64,
    /// The declared media type.
    media_type: String,
    /// The declared SHA-256; once the file is stored, the SHA-256 of what is stored.
    sha256: Option<String>,
    /// Where it stands.
    state: UploadState,
    /// The size of every part but the last, in bytes.
    part_size_bytes: u64,
    /// How many parts there are, numbered from 1.
    part_count: u32,
    /// How many bytes had arrived when the store was last asked.
    received_bytes: u64,
    /// How many parts had arrived then.
    received_parts: u32,
    /// When it was created.
    created_at: DateTime<Utc>,
    /// When it is given up unless parts go on arriving.
    expires_at: DateTime<Utc>,
    /// Why it failed, was refused, or needs parts again.
    failure: Option<FailureView>,
    /// How often its state changed, from 1.
    version: i64,
}

/// A page of uploads.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct UploadPage {
    /// The uploads, the newest first.
    pub items: Vec<UploadView>,
    /// Where the next page begins; none at the end.
    pub next_cursor: Option<String>,
}

/// A part and its checksum.
#[derive(Debug, Object)]
#[oai(example)]
pub struct PartToSign {
    /// Its number, from 1.
    pub number: u32,
    /// Its MD5 in base64, as `Content-MD5` wants it.
    pub md5: Md5Text,
}

impl Example for PartToSign {
    fn example() -> Self {
        Self { number: 1, md5: Md5Text("1B2M2Y8AsgTpgAmY7PhCfg==".to_owned()) }
    }
}

/// Parts that are to be sent.
#[derive(Debug, Object)]
#[oai(example)]
pub struct SignParts {
    /// Up to 100 of them.
    pub parts: Parts<100>,
}

impl Example for SignParts {
    fn example() -> Self {
        Self { parts: Parts(vec![PartToSign::example()]) }
    }
}

/// A part that may now be sent: `PUT url` with `headers` and the part's bytes.
#[derive(Debug, Object)]
pub struct SignedPart {
    /// Its number.
    number: u32,
    /// Where to send it. Whoever has this address can send this very part, and nothing else.
    url: String,
    /// Headers that have to be sent exactly so.
    headers: BTreeMap<String, String>,
    /// Until when the address is good.
    expires_at: DateTime<Utc>,
}

/// Parts that may now be sent.
#[derive(Debug, Object)]
pub struct SignedParts {
    /// One for each that was asked for, in the same order.
    pub parts: Vec<SignedPart>,
}

/// A part that has arrived.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct StoredPart {
    /// Its number.
    number: u32,
    /// Its size in bytes.
    size_bytes: u64,
    /// What the store calls it. Not a checksum.
    etag: String,
    /// The MD5 in base64 that it was last signed with: a device compares its own file with it before it
    /// goes on.
    md5: Option<String>,
}

/// Parts that have arrived.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct StoredParts {
    /// By number.
    pub parts: Vec<StoredPart>,
    /// Ask for the parts after this number next; none at the end.
    pub next: Option<u32>,
}

/// The end of an upload.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct CompleteUpload {
    /// All parts as the device believes to have sent them. If it is given, every part has to be in it.
    pub parts: Option<Parts<10_000>>,
}

impl Example for CompleteUpload {
    fn example() -> Self {
        Self { parts: Some(Parts(vec![PartToSign::example()])) }
    }
}

impl From<upload::UploadState> for UploadState {
    fn from(state: upload::UploadState) -> Self {
        match state {
            upload::UploadState::Uploading => Self::Uploading,
            upload::UploadState::Submitted => Self::Submitted,
            upload::UploadState::Accepted => Self::Accepted,
            upload::UploadState::Failed => Self::Failed,
            upload::UploadState::Refused => Self::Refused,
            upload::UploadState::Aborted => Self::Aborted,
            upload::UploadState::Expired => Self::Expired,
        }
    }
}

impl From<UploadState> for upload::UploadState {
    fn from(state: UploadState) -> Self {
        match state {
            UploadState::Uploading => Self::Uploading,
            UploadState::Submitted => Self::Submitted,
            UploadState::Accepted => Self::Accepted,
            UploadState::Failed => Self::Failed,
            UploadState::Refused => Self::Refused,
            UploadState::Aborted => Self::Aborted,
            UploadState::Expired => Self::Expired,
        }
    }
}

impl From<CreateUpload> for uploading::NewFile {
    fn from(new: CreateUpload) -> Self {
        Self {
            file_name: new.file_name.0,
            size_bytes: new.size_bytes.0,
            media_type: new.media_type,
            sha256: new.sha256.map(|text| text.0),
            title: new.title.map(|text| text.0),
            when_ready: match new.when_ready {
                WhenReady::Private => content::Visibility::Private,
                WhenReady::Public => content::Visibility::Public,
            },
        }
    }
}

impl From<upload::Upload> for UploadView {
    fn from(upload: upload::Upload) -> Self {
        Self {
            id: upload.id.to_string(),
            content_id: upload.content_id.to_string(),
            file_name: upload.file_name,
            title: upload.title,
            size_bytes: upload.plan.file_size,
            media_type: upload.media_type,
            sha256: upload.proven_sha256.or(upload.sha256).map(hex::encode),
            state: upload.state.into(),
            part_size_bytes: upload.plan.part_size,
            part_count: upload.plan.count,
            received_bytes: upload.received_bytes,
            received_parts: upload.received_parts,
            created_at: upload.created_at,
            expires_at: upload.expires_at,
            failure: upload.failure.map(Into::into),
            version: upload.version,
        }
    }
}

impl From<PartToSign> for uploading::PartToSign {
    fn from(part: PartToSign) -> Self {
        Self { number: part.number, md5: part.md5.0 }
    }
}

impl From<PartToSign> for uploading::PartChecksum {
    fn from(part: PartToSign) -> Self {
        Self { number: part.number, md5: part.md5.0 }
    }
}

impl From<uploading::SignedPart> for SignedPart {
    fn from(part: uploading::SignedPart) -> Self {
        Self {
            number: part.number,
            url: part.request.url.into(),
            headers: part.request.headers.into_iter().collect(),
            expires_at: part.request.expires_at,
        }
    }
}

impl From<uploading::ArrivedParts> for StoredParts {
    fn from(arrived: uploading::ArrivedParts) -> Self {
        let parts = arrived.parts.into_iter().map(|arrived| StoredPart {
            number: arrived.part.number,
            size_bytes: arrived.part.size,
            etag: arrived.part.etag,
            md5: arrived.md5,
        });
        Self { parts: parts.collect(), next: arrived.next }
    }
}
