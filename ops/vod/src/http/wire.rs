//! What goes over the wire, as the `OpenAPI` document describes it.

use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object};
use url::Url;

use crate::{
    results::Results,
    transcode::{self, Failure as Failed, Order, Output, StoredRendition},
};

/// Whether there is something to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
pub enum Kind {
    Video,
    Audio,
}

impl From<Kind> for media::MediaKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Video => Self::Video,
            Kind::Audio => Self::Audio,
        }
    }
}

/// Where a transcode stands. `completed` and `failed` are final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
pub enum State {
    Queued,
    Running,
    Completed,
    Failed,
}

/// An order to transcode.
#[derive(Object)]
pub struct NewTranscode {
    /// The client's own id of this hand-off. The same reference is the same transcode.
    #[oai(validator(min_length = 1, max_length = 200, pattern = "^[A-Za-z0-9._:-]+$"))]
    pub reference: String,
    /// Where the source can be read with a plain GET, for as long as the deadline is away.
    pub source_url: Url,
    /// What the source is known to be.
    pub kind: Kind,
    /// Where webhooks go.
    pub callback_url: Url,
    /// The most lines of a rendition, counted on the shorter side.
    #[oai(default = "most_lines", validator(minimum(value = "2"), maximum(value = "1080")))]
    pub max_height: u32,
    /// When the result is of no use any more: an unfinished transcode then fails.
    pub deadline: DateTime<Utc>,
}

fn most_lines() -> u32 {
    1080
}

impl From<NewTranscode> for Order {
    fn from(new: NewTranscode) -> Self {
        Self {
            reference: new.reference,
            source_url: new.source_url,
            kind: new.kind.into(),
            callback_url: new.callback_url,
            max_height: new.max_height,
            deadline: new.deadline,
        }
    }
}

/// A transcode.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Transcode {
    /// This service's id.
    pub id: String,
    /// The client's id.
    pub reference: String,
    pub state: State,
    /// 0 to 100; 100 only when completed.
    pub progress_percent: u8,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// What was made, when completed.
    pub result: Option<TranscodeResult>,
}

/// Why a transcode failed.
#[derive(Debug, Object)]
pub struct Failure {
    /// One of the codes listed above.
    pub code: String,
    /// For people who operate the client.
    pub message: String,
    /// Whether the same source may succeed under a new reference.
    pub retryable: bool,
}

/// What was made.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct TranscodeResult {
    /// Length of the source in seconds.
    pub duration_seconds: f64,
    /// Pixels across of the source as seen; absent for audio.
    pub width: Option<u32>,
    /// Pixels down of the source as seen; absent for audio.
    pub height: Option<u32>,
    pub has_audio: bool,
    /// A frame, the cover, or the waveform.
    pub thumbnail: Thumbnail,
    /// Largest first.
    pub renditions: Vec<Rendition>,
}

/// A picture that stands for the media.
#[derive(Debug, Object)]
pub struct Thumbnail {
    pub url: Url,
    pub bytes: u64,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    pub content_type: String,
}

/// One fragmented MP4 file.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Rendition {
    /// `1080p`, `720p`, …, or `audio`.
    pub name: String,
    pub url: Url,
    pub bytes: u64,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
    /// Bits a second of the heaviest segment.
    pub bandwidth_bps: u64,
    /// Bits a second on average.
    pub average_bandwidth_bps: u64,
    /// RFC 6381: `avc1.64001f,mp4a.40.2`.
    pub codecs: String,
    /// The initialization section.
    pub init: ByteRange,
    /// The segments in the order they play. They and `init` cover the file.
    pub segments: Vec<Segment>,
}

/// A piece of the file.
#[derive(Debug, Object)]
pub struct ByteRange {
    pub offset: u64,
    pub length: u64,
}

/// A piece of the file that plays.
#[derive(Debug, Object)]
pub struct Segment {
    pub offset: u64,
    pub length: u64,
    pub duration_seconds: f64,
}

impl Transcode {
    /// The transcode as its client sees it, with links valid from `now`.
    pub fn of(transcode: &transcode::Transcode, results: &Results, now: DateTime<Utc>) -> Self {
        let link = |name: &str| results.link(&transcode.id, name, now);
        Self {
            id: transcode.id.clone(),
            reference: transcode.order.reference.clone(),
            state: match transcode.state {
                transcode::State::Queued => State::Queued,
                transcode::State::Running => State::Running,
                transcode::State::Completed => State::Completed,
                transcode::State::Failed => State::Failed,
            },
            progress_percent: transcode.progress_percent,
            failure: transcode.failure.clone().map(Failure::from),
            result: transcode.output.as_ref().map(|output| TranscodeResult::of(output, link)),
        }
    }

    /// Makes it look as it did while it ran, for an event that comes after its time.
    pub fn look_unfinished(&mut self) {
        if self.result.take().is_some() || self.failure.take().is_some() {
            self.state = State::Running;
            self.progress_percent = 50;
        }
    }
}

impl From<Failed> for Failure {
    fn from(Failed { code, message, retryable }: Failed) -> Self {
        Self { code, message, retryable }
    }
}

impl TranscodeResult {
    fn of(output: &Output, link: impl Fn(&str) -> Url) -> Self {
        let thumbnail = &output.thumbnail;
        Self {
            duration_seconds: output.duration_seconds,
            width: output.width,
            height: output.height,
            has_audio: output.has_audio,
            thumbnail: Thumbnail {
                url: link(&thumbnail.name),
                bytes: thumbnail.bytes,
                sha256: thumbnail.sha256.clone(),
                content_type: media::THUMBNAIL_MEDIA_TYPE.to_owned(),
            },
            renditions: output
                .renditions
                .iter()
                .map(|stored| Rendition::of(stored, &link))
                .collect(),
        }
    }
}

impl Rendition {
    fn of(stored: &StoredRendition, link: &impl Fn(&str) -> Url) -> Self {
        let StoredRendition { file, rendition } = stored;
        let segment = |segment: &media::Segment| Segment {
            offset: segment.range.offset,
            length: segment.range.length,
            duration_seconds: segment.duration_seconds,
        };
        Self {
            name: rendition.name.clone(),
            url: link(&file.name),
            bytes: file.bytes,
            sha256: file.sha256.clone(),
            width: rendition.width,
            height: rendition.height,
            bandwidth_bps: rendition.bandwidth_bps,
            average_bandwidth_bps: rendition.average_bandwidth_bps,
            codecs: rendition.codecs.clone(),
            init: ByteRange { offset: rendition.init.offset, length: rendition.init.length },
            segments: rendition.segments.iter().map(segment).collect(),
        }
    }
}
