//! What a file is: kind, length, picture, sound.

mod duration;
mod report;

use crate::{
    Limits, MediaError, Source, allowlist,
    sandbox::{Run, Tool},
};
use report::{Report, Stream};

/// Whether there is something to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// Moving pictures, with or without sound.
    Video,
    /// Sound alone; cover art does not make it a video.
    Audio,
}

/// What [`probe`] found out.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// Video or audio.
    pub kind: MediaKind,
    /// ffmpeg's name of the container: `mov,mp4,m4a,3gp,3g2,mj2`, `matroska,webm`, `mp3`, …
    pub container: String,
    /// Length in seconds, within a tenth of one: the container's word checked against its last packets,
    /// or counted where it says nothing.
    pub duration_seconds: f64,
    /// The moving picture.
    pub video: Option<VideoStream>,
    /// The sound.
    pub audio: Option<AudioStream>,
    /// Index of a still picture that comes with the media.
    pub cover_art: Option<u32>,
}

impl Probe {
    /// Pixels across as a viewer sees them, for video.
    pub fn width(&self) -> Option<u32> {
        self.video.as_ref().map(|video| video.width)
    }

    /// Pixels down as a viewer sees them, for video.
    pub fn height(&self) -> Option<u32> {
        self.video.as_ref().map(|video| video.height)
    }

    /// Whether there is sound.
    pub fn has_audio(&self) -> bool {
        self.audio.is_some()
    }
}

/// The moving picture of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct VideoStream {
    /// Index in the container.
    pub index: u32,
    /// ffmpeg's codec name, `h264` for example.
    pub codec: String,
    /// Pixels across, after rotation and with square pixels.
    pub width: u32,
    /// Pixels down, after rotation and with square pixels.
    pub height: u32,
    /// Frames a second on average, where the container says so.
    pub frame_rate: Option<f64>,
    /// Whether frames hold two half pictures, taken one after the other.
    pub interlaced: bool,
}

/// The sound of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct AudioStream {
    /// Index in the container.
    pub index: u32,
    /// ffmpeg's codec name, `aac` for example.
    pub codec: String,
    /// Channels.
    pub channels: u32,
}

/// Reads what `source` is, without decoding more than its beginning and listing more than its end
/// (a container that does not say how long it is is read through once).
pub async fn probe(source: &Source, limits: &Limits) -> Result<Probe, MediaError> {
    let report = Report::read(source, limits).await?;
    let streams = &report.streams;
    let video = streams.iter().find(|s| s.is("video") && !s.is_cover());
    let audio = streams.iter().find(|s| s.is("audio"));
    let cover_art = streams.iter().find(|s| s.is("video") && s.is_cover()).map(|s| s.index);

    let kind = match (video, audio) {
        (Some(_), _) => MediaKind::Video,
        (None, Some(_)) => MediaKind::Audio,
        (None, None) => return Err(MediaError::NoStream),
    };
    let video = video.map(|stream| video_stream(stream, limits)).transpose()?;
    let audio = audio.map(audio_stream).transpose()?;

    let chosen: Vec<u32> =
        video.iter().map(|v| v.index).chain(audio.iter().map(|a| a.index)).collect();
    let duration_seconds = duration::measure(source, limits, &report, &chosen).await?;
    if duration_seconds > limits.max_duration.as_secs_f64() {
        let limit_seconds = limits.max_duration.as_secs();
        return Err(MediaError::TooLong { seconds: duration_seconds, limit_seconds });
    }
    let container = report.format.name;
    Ok(Probe { kind, container, duration_seconds, video, audio, cover_art })
}

fn video_stream(stream: &Stream, limits: &Limits) -> Result<VideoStream, MediaError> {
    let codec = accepted_codec(stream, allowlist::VIDEO_CODECS)?;
    if stream.width == 0 || stream.height == 0 {
        return Err(MediaError::NotMedia); // a header without a single frame behind it
    }
    let limit_pixels = limits.max_pixels;
    let too_large = |width, height| MediaError::TooLarge { width, height, limit_pixels };
    if stream.width.saturating_mul(stream.height) > limit_pixels {
        return Err(too_large(stream.width, stream.height));
    }
    let (width, height) = stream.display_size();
    match (u32::try_from(width), u32::try_from(height)) {
        (Ok(across), Ok(down)) if width.saturating_mul(height) <= limit_pixels => Ok(VideoStream {
            index: stream.index,
            codec,
            width: across,
            height: down,
            frame_rate: stream.frame_rate(),
            interlaced: stream.is_interlaced(),
        }),
        _ => Err(too_large(width, height)),
    }
}

fn audio_stream(stream: &Stream) -> Result<AudioStream, MediaError> {
    let codec = accepted_codec(stream, allowlist::AUDIO_CODECS)?;
    Ok(AudioStream { index: stream.index, codec, channels: stream.channels })
}

fn accepted_codec(stream: &Stream, accepted: &[&str]) -> Result<String, MediaError> {
    let codec = stream.codec_name.clone().unwrap_or_else(|| "unknown".into());
    if accepted.contains(&codec.as_str()) {
        Ok(codec)
    } else {
        Err(MediaError::CodecNotAllowed { codec })
    }
}

impl Report {
    async fn read(source: &Source, limits: &Limits) -> Result<Self, MediaError> {
        let printed = Run::new(Tool::Ffprobe, source, limits)
            // Enough of the file to meet a stream that starts late (bytes, microseconds).
            .args(["-probesize", "32000000", "-analyzeduration", "30000000"])
            .args(["-show_entries", report::ENTRIES, "-of", "json"])
            .input()?
            .output()
            .await?;
        // ffprobe passes some metadata through as it found it, so the bytes need not be UTF-8.
        serde_json::from_str(&String::from_utf8_lossy(&printed))
            .map_err(|error| std::io::Error::other(format!("ffprobe's report: {error}")).into())
    }
}
