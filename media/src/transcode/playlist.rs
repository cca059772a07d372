//! Reads the media playlist that ffmpeg wrote beside a rendition.

use std::path::Path;

use m3u8_rs::MediaPlaylist;
use tokio::{fs, io::AsyncReadExt};

use super::{ByteRange, Rendition, Segment, codecs};
use crate::MediaError;

/// An initialization section is a kilobyte or two; more than this is not one.
const MAX_INIT: u64 = 1024 * 1024;

/// The rendition `name` in `folder`: its ranges, its bandwidth and its codecs.
pub(super) async fn rendition(
    folder: &Path,
    name: &str,
    size: Option<(u32, u32)>,
    picture: bool,
    sound: bool,
) -> Result<Rendition, MediaError> {
    let written = fs::read(folder.join(format!("{name}.m3u8"))).await?;
    let (init, segments) = ranges(&written).ok_or_else(|| broken(name, "playlist"))?;
    let file = folder.join(format!("{name}.mp4"));
    let header = read_range(&file, init).await?;
    let codecs = codecs::rfc6381(&header, picture, sound).ok_or_else(|| broken(name, "header"))?;
    let (bandwidth_bps, average_bandwidth_bps) = bandwidth(&segments);
    let (width, height) = size.unzip();
    Ok(Rendition {
        name: name.to_owned(),
        file,
        width,
        height,
        bandwidth_bps,
        average_bandwidth_bps,
        codecs,
        init,
        segments,
    })
}

fn broken(name: &str, part: &str) -> MediaError {
    std::io::Error::other(format!("ffmpeg wrote a {part} for {name} that cannot be read")).into()
}

async fn read_range(file: &Path, range: ByteRange) -> Result<Vec<u8>, MediaError> {
    let mut bytes = Vec::new();
    let file = fs::File::open(file).await?;
    // The initialization section opens the file.
    file.take(range.length.min(MAX_INIT)).read_to_end(&mut bytes).await?;
    Ok(bytes)
}

/// The initialization section and the segments; `None` if the playlist is not of the form we asked for.
fn ranges(playlist: &[u8]) -> Option<(ByteRange, Vec<Segment>)> {
    let playlist: MediaPlaylist = m3u8_rs::parse_media_playlist_res(playlist).ok()?;
    let init = playlist.segments.first()?.map.as_ref()?.byte_range.as_ref().and_then(byte_range)?;
    let segments = playlist
        .segments
        .iter()
        .map(|segment| {
            let range = byte_range(segment.byte_range.as_ref()?)?;
            Some(Segment { range, duration_seconds: seconds(segment.duration) })
        })
        .collect::<Option<Vec<_>>>()?;
    (init.offset == 0 && playlist.end_list).then_some((init, segments))
}

/// ffmpeg always writes the offset that RFC 8216 lets a playlist leave out.
fn byte_range(range: &m3u8_rs::ByteRange) -> Option<ByteRange> {
    Some(ByteRange { offset: range.offset?, length: range.length })
}

/// The playlist's microseconds, without the noise of a 32-bit float.
fn seconds(duration: f32) -> f64 {
    (f64::from(duration) * 1e6).round() / 1e6
}

/// The heaviest segment's rate and the average, in bits a second (RFC 8216, 4.3.4.2).
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rates are far below 2^53 and never negative"
)]
fn bandwidth(segments: &[Segment]) -> (u64, u64) {
    let rate = |bytes: u64, seconds: f64| {
        if seconds > 0.0 { (bytes as f64 * 8.0 / seconds).ceil() as u64 } else { 0 }
    };
    let peak = segments.iter().map(|s| rate(s.range.length, s.duration_seconds)).max().unwrap_or(0);
    let bytes = segments.iter().map(|s| s.range.length).sum();
    let seconds = segments.iter().map(|s| s.duration_seconds).sum();
    (peak, rate(bytes, seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:0\n\
        #EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MAP:URI=\"720p.mp4\",BYTERANGE=\"1353@0\"\n\
        #EXTINF:4.000000,\n#EXT-X-BYTERANGE:2000@1353\n720p.mp4\n\
        #EXTINF:1.966667,\n#EXT-X-BYTERANGE:1000@3353\n720p.mp4\n#EXT-X-ENDLIST\n";

    #[test]
    fn the_pieces_of_a_rendition_are_read() {
        let (init, segments) = ranges(WRITTEN.as_bytes()).unwrap();
        assert_eq!(init, ByteRange { offset: 0, length: 1353 });
        assert_eq!(segments[1].range, ByteRange { offset: 3353, length: 1000 });
        assert!((segments[1].duration_seconds - 1.966_667).abs() < 1e-9);
        assert_eq!(bandwidth(&segments), (4068, 4023));
    }

    #[test]
    fn an_unfinished_playlist_is_no_rendition() {
        assert!(ranges(WRITTEN.replace("#EXT-X-ENDLIST\n", "").as_bytes()).is_none());
        assert!(ranges(b"#EXTM3U\n#EXT-X-ENDLIST\n").is_none());
        assert!(ranges(b"").is_none());
    }
}
