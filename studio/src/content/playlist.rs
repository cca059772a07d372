//! HLS playlists over single-file fMP4 renditions (RFC 8216): byte ranges into one object each.

use std::fmt::Write;

use url::Url;

use super::rendition::{Rendition, SegmentIndex};

/// The version that `EXT-X-MAP` with a byte range needs.
const VERSION: u32 = 7;

/// The list of renditions; each points at its own playlist beside it.
pub fn master(renditions: &[Rendition]) -> String {
    let mut list = format!("#EXTM3U\n#EXT-X-VERSION:{VERSION}\n#EXT-X-INDEPENDENT-SEGMENTS\n");
    for rendition in renditions {
        let (peak, average) = (rendition.bandwidth_bps, rendition.average_bandwidth_bps);
        let codecs = &rendition.codecs;
        let _ = write!(
            list,
            "#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},CODECS=\"{codecs}\""
        );
        if let (Some(width), Some(height)) = (rendition.width, rendition.height) {
            let _ = write!(list, ",RESOLUTION={width}x{height}");
        }
        let _ = write!(list, "\n{}.m3u8\n", rendition.name);
    }
    list
}

/// The segments of one rendition, as ranges of the object at `address`.
pub fn media(index: &SegmentIndex, address: &Url) -> String {
    let longest = index.segments.iter().map(|s| s.duration_seconds).fold(1.0, f64::max).ceil();
    let mut list = format!(
        "#EXTM3U\n#EXT-X-VERSION:{VERSION}\n#EXT-X-TARGETDURATION:{longest:.0}\n#EXT-X-MEDIA-SEQUENCE:0\n\
         #EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n\
         #EXT-X-MAP:URI=\"{address}\",BYTERANGE=\"{}@{}\"\n",
        index.init.length, index.init.offset
    );
    for segment in &index.segments {
        let _ = write!(
            list,
            "#EXTINF:{:.6},\n#EXT-X-BYTERANGE:{}@{}\n{address}\n",
            segment.duration_seconds, segment.length, segment.offset
        );
    }
    list.push_str("#EXT-X-ENDLIST\n");
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::rendition::{ByteRange, Segment};

    fn rendition() -> Rendition {
        Rendition {
            name: "720p".into(),
            object_key: "renditions/x/720p.mp4".into(),
            size_bytes: 300,
            sha256: vec![0; 32],
            width: Some(1_280),
            height: Some(720),
            bandwidth_bps: 3_000_000,
            average_bandwidth_bps: 2_000_000,
            codecs: "avc1.64001f,mp4a.40.2".into(),
            index: SegmentIndex {
                init: ByteRange { offset: 0, length: 100 },
                segments: vec![
                    Segment { offset: 100, length: 120, duration_seconds: 4.0 },
                    Segment { offset: 220, length: 80, duration_seconds: 2.5 },
                ],
            },
        }
    }

    #[test]
    fn the_master_names_each_rendition_with_what_a_player_chooses_by() {
        assert_eq!(
            master(&[rendition()]),
            "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n\
             #EXT-X-STREAM-INF:BANDWIDTH=3000000,AVERAGE-BANDWIDTH=2000000,CODECS=\"avc1.64001f,mp4a.40.2\",RESOLUTION=1280x720\n\
             720p.m3u8\n"
        );
    }

    #[test]
    fn a_rendition_is_ranges_of_one_address() {
        let address = "http://store/720p.mp4?signature=x".parse().unwrap();
        assert_eq!(
            media(&rendition().index, &address),
            "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:0\n\
             #EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n\
             #EXT-X-MAP:URI=\"http://store/720p.mp4?signature=x\",BYTERANGE=\"100@0\"\n\
             #EXTINF:4.000000,\n#EXT-X-BYTERANGE:120@100\nhttp://store/720p.mp4?signature=x\n\
             #EXTINF:2.500000,\n#EXT-X-BYTERANGE:80@220\nhttp://store/720p.mp4?signature=x\n\
             #EXT-X-ENDLIST\n"
        );
    }
}
