//! What the VOD service and we say to each other.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

use crate::content::{
    media_type::Kind,
    rendition::{ByteRange, Segment},
};

/// An original that is to be prepared.
#[derive(Debug, Clone, Serialize)]
pub struct TranscodeRequest {
    /// The hand-off's id: the service makes one transcode for it, however often it is asked.
    pub reference: Uuid,
    /// Where to read the original. A capability: not for logs.
    pub source_url: Url,
    /// Whether there is something to see.
    pub kind: Kind,
    /// Where to report.
    pub callback_url: Url,
    /// The tallest rendition, in pixels.
    pub max_height: u32,
    /// After this moment nobody wants the result.
    pub deadline: DateTime<Utc>,
}

/// How far a transcode is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TranscodeState {
    /// Not begun.
    Queued,
    /// Under way.
    Running,
    /// Done.
    Completed,
    /// Given up.
    Failed,
}

/// One transcode, as the service tells it.
#[derive(Debug, Clone, Deserialize)]
pub struct Transcode {
    /// The service's own id.
    pub id: String,
    /// The hand-off's id.
    pub reference: Uuid,
    /// How far it is.
    pub state: TranscodeState,
    /// How far it is, 0 to 100.
    #[serde(default)]
    pub progress_percent: f32,
    /// Why it was given up.
    pub failure: Option<TranscodeFailure>,
    /// What came out.
    pub result: Option<TranscodeResult>,
}

/// Why a transcode was given up.
#[derive(Debug, Clone, Deserialize)]
pub struct TranscodeFailure {
    /// The service's own code.
    pub code: String,
    /// In words, for staff.
    pub message: String,
}

/// What came out of a transcode. The addresses are short-lived.
#[derive(Debug, Clone, Deserialize)]
pub struct TranscodeResult {
    /// A still picture.
    pub thumbnail: Option<Thumbnail>,
    /// What can be played, at least one.
    pub renditions: Vec<RenditionFile>,
}

/// A still picture.
#[derive(Debug, Clone, Deserialize)]
pub struct Thumbnail {
    /// Where to read it.
    pub url: Url,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its media type.
    pub content_type: String,
}

/// One single-file fMP4.
#[derive(Debug, Clone, Deserialize)]
pub struct RenditionFile {
    /// `720p`, or `audio`.
    pub name: String,
    /// Where to read it.
    pub url: Url,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// Pixels across.
    pub width: Option<u32>,
    /// Pixels down.
    pub height: Option<u32>,
    /// Its peak, in bits a second.
    pub bandwidth_bps: u64,
    /// Its average, in bits a second.
    pub average_bandwidth_bps: u64,
    /// As RFC 6381 writes them.
    pub codecs: String,
    /// Where its header is.
    pub init: ByteRange,
    /// Where its segments are.
    pub segments: Vec<Segment>,
}

/// What a webhook is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum EventType {
    /// A transcode got further.
    #[serde(rename = "transcode.progress")]
    Progress,
    /// A transcode is done.
    #[serde(rename = "transcode.completed")]
    Completed,
    /// A transcode was given up.
    #[serde(rename = "transcode.failed")]
    Failed,
}

/// One webhook.
#[derive(Debug, Clone, Deserialize)]
pub struct Event {
    /// The same for every time it is sent.
    pub event_id: String,
    /// What it is about.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// The transcode as it was then.
    pub transcode: Transcode,
}
