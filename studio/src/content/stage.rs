//! How far a content is, and who sees it.

use serde::{Deserialize, Serialize};

/// How far a content's file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum Stage {
    /// Parts are being sent.
    Uploading,
    /// All is there; it is being checked.
    Checking,
    /// The VOD service prepares it.
    Transcoding,
    /// It can be played.
    Ready,
    /// It could not be prepared. The original is safe.
    Failed,
    /// Its file cannot be used.
    Refused,
    /// Its file never came.
    Expired,
}

impl Stage {
    /// Its name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uploading => "uploading",
            Self::Checking => "checking",
            Self::Transcoding => "transcoding",
            Self::Ready => "ready",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::Expired => "expired",
        }
    }
}

/// Who sees a content once it is ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum Visibility {
    /// Its creator.
    Private,
    /// Everybody.
    Public,
}

impl Visibility {
    /// Its name in the database and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Public => "public",
        }
    }
}

/// A content's status as the document says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Not ready.
    Processing,
    /// Ready, for its creator.
    Private,
    /// Ready, for everybody.
    Public,
}

/// A content's state as its creator sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Parts are being sent.
    Uploading,
    /// The file is safe and being checked.
    Checking,
    /// It is being prepared.
    Transcoding,
    /// The original is safe, but it could not be prepared.
    Failed,
    /// The file cannot be used.
    Refused,
    /// Only its creator sees it.
    Private,
    /// Everybody sees it.
    Public,
    /// Its file never came.
    Expired,
    /// In the bin.
    Deleted,
}

/// How far transcoding is, as the document says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TranscodingStatus {
    /// Not done.
    Pending,
    /// Done.
    Completed,
    /// Given up.
    Failed,
}
