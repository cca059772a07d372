//! A picture that stands for the media.

use std::path::Path;

use crate::{
    Limits, MediaError, Probe, Source,
    sandbox::{Run, Tool},
};

/// The thumbnail's media type.
pub const THUMBNAIL_MEDIA_TYPE: &str = "image/jpeg";

/// Into 1280×720, shape kept, never enlarged, even sides.
const FIT: &str = "scale='min(1280,iw*sar)':'min(720,ih)':force_original_aspect_ratio=decrease:\
    force_divisible_by=2,setsar=1";

/// Writes a JPEG to `file`: a frame at a tenth of a video, the cover of a song, or its waveform.
pub async fn thumbnail(
    source: &Path,
    probe: &Probe,
    file: &Path,
    limits: &Limits,
) -> Result<(), MediaError> {
    let source = Source::from(source);
    let picture = match (&probe.video, probe.cover_art) {
        (Some(video), _) => {
            let at = probe.duration_seconds / 10.0;
            Picture::Frame { stream: video.index, at }
        }
        (None, Some(stream)) => Picture::Frame { stream, at: 0.0 },
        (None, None) => Picture::Waveform { stream: probe.audio.as_ref().map_or(0, |a| a.index) },
    };
    if picture.draw(&source, file, limits).await? {
        return Ok(());
    }
    // No frame that late, or a cover that cannot be decoded: the beginning, or the sound, will do.
    let second = match (&probe.video, &probe.audio) {
        (Some(video), _) => Picture::Frame { stream: video.index, at: 0.0 },
        (None, Some(audio)) => Picture::Waveform { stream: audio.index },
        (None, None) => return Err(MediaError::NoStream),
    };
    if second.draw(&source, file, limits).await? { Ok(()) } else { Err(MediaError::NoStream) }
}

enum Picture {
    Frame { stream: u32, at: f64 },
    Waveform { stream: u32 },
}

impl Picture {
    /// Whether there was something to draw.
    async fn draw(
        &self,
        source: &Source,
        file: &Path,
        limits: &Limits,
    ) -> Result<bool, MediaError> {
        let folder = tempfile::tempdir_in(file.parent().unwrap_or(Path::new(".")))?;
        let run = Run::new(Tool::Ffmpeg, source, limits);
        let run =
            match self {
                Self::Frame { stream, at } => run
                    .args(["-ss", &format!("{at:.3}")])
                    .input()?
                    .args(["-map", &format!("0:{stream}"), "-vf", FIT]),
                Self::Waveform { stream } => {
                    run.input()?.args(["-filter_complex", &waveform(*stream), "-map", "[picture]"])
                }
            };
        let drawn = folder.path().join("thumbnail.jpg");
        let outcome = run
            .args(["-frames:v", "1", "-c:v", "mjpeg", "-q:v", "4", "-pix_fmt", "yuvj420p"])
            .args(["-f", "image2", "-update", "1", "thumbnail.jpg"])
            .lines_in(folder.path(), |_| ())
            .await;
        match outcome {
            Err(error) if error.is_transient() => return Err(error),
            // The second choice may still succeed; if it does not, the caller says that nothing did.
            Err(error) => tracing::debug!(%error, "no thumbnail from the first choice"),
            Ok(_) if tokio::fs::try_exists(&drawn).await? => {
                tokio::fs::rename(&drawn, file).await?;
                return Ok(true);
            }
            Ok(_) => {}
        }
        Ok(false)
    }
}

/// The sound as a band across a dark ground. The filter holds all samples in memory, so there are few:
/// 4,000 a second are 350 MB for twelve hours.
fn waveform(stream: u32) -> String {
    format!(
        "[0:{stream}]aresample=4000,aformat=channel_layouts=mono,\
         showwavespic=s=1280x720:colors=#5cc8ff:scale=sqrt[wave];\
         color=c=#101828:s=1280x720:d=1[ground];[ground][wave]overlay=format=auto[picture]"
    )
}
