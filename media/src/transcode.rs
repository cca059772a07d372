//! Turns accepted media into what players stream: HLS renditions, each one fragmented MP4 file that is
//! addressed by byte ranges (RFC 8216), and a thumbnail.

mod codecs;
mod command;
mod ladder;
mod playlist;
mod thumbnail;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{Limits, MediaError, MediaKind, Probe, Source};
pub use ladder::{Rung, ladder};
pub use thumbnail::{THUMBNAIL_MEDIA_TYPE, thumbnail};

/// Length of a segment in seconds. Every rendition has a keyframe at each multiple of it, so a player
/// can change rendition at any border.
pub const SEGMENT_SECONDS: u32 = 4;

/// One rendition: a file, and where its pieces lie.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rendition {
    /// `1080p`, `720p`, …: the shorter side in pixels; `audio` for sound alone.
    pub name: String,
    /// The single fragmented MP4 file.
    pub file: PathBuf,
    /// Pixels across, for video.
    pub width: Option<u32>,
    /// Pixels down, for video.
    pub height: Option<u32>,
    /// Bits a second of the heaviest segment (`BANDWIDTH` in HLS).
    pub bandwidth_bps: u64,
    /// Bits a second on average (`AVERAGE-BANDWIDTH` in HLS).
    pub average_bandwidth_bps: u64,
    /// The codecs as RFC 6381 writes them: `avc1.64001f,mp4a.40.2`.
    pub codecs: String,
    /// The initialization section.
    pub init: ByteRange,
    /// The segments in the order they play.
    pub segments: Vec<Segment>,
}

/// A piece of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByteRange {
    /// First byte.
    pub offset: u64,
    /// Bytes.
    pub length: u64,
}

/// A piece of a file that plays.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// Where it lies.
    pub range: ByteRange,
    /// How long it plays, in seconds.
    pub duration_seconds: f64,
}

/// Transcodes the local file `source`, which `probe` describes, into files in the folder `into`: video
/// as H.264 and AAC on each rung of the [`ladder`] up to `max_lines`, audio as one AAC rendition.
/// `progress` hears the share that is done, from 0 to 1, about twice a second.
pub async fn transcode(
    source: &Path,
    probe: &Probe,
    into: &Path,
    max_lines: u32,
    limits: &Limits,
    mut progress: impl FnMut(f64),
) -> Result<Vec<Rendition>, MediaError> {
    let rungs = match (probe.kind, &probe.video) {
        (MediaKind::Video, Some(video)) => ladder(video.width, video.height, max_lines),
        _ => Vec::new(),
    };
    let source = Source::from(source);
    let remarks = command::describe(&source, probe, &rungs, limits)?
        .lines_in(into, |line| {
            if let Some(seconds) = command::seconds_done(line) {
                progress((seconds / probe.duration_seconds).clamp(0.0, 1.0));
            }
        })
        .await?;
    if remarks.truncated() {
        return Err(MediaError::Truncated);
    }
    if rungs.is_empty() {
        return Ok(vec![playlist::rendition(into, command::AUDIO, None, false, true).await?]);
    }
    let mut renditions = Vec::with_capacity(rungs.len());
    for rung in &rungs {
        let size = Some((rung.width, rung.height));
        let sound = probe.has_audio();
        renditions.push(playlist::rendition(into, &rung.name, size, true, sound).await?);
    }
    Ok(renditions)
}
