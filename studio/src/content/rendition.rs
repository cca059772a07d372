//! A rendition: one single-file fMP4 with the places of its header and its segments.

use serde::{Deserialize, Serialize};

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByteRange {
    /// Where it begins, in bytes.
    pub offset: u64,
    /// How long it is, in bytes.
    pub length: u64,
}

/// A piece that a player can fetch by itself.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// Where it begins, in bytes.
    pub offset: u64,
    /// How long it is, in bytes.
    pub length: u64,
    /// How long it plays, in seconds.
    pub duration_seconds: f64,
}

/// Where a rendition's header and segments are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SegmentIndex {
    /// The header.
    pub init: ByteRange,
    /// The segments, in order.
    pub segments: Vec<Segment>,
}

/// One rendition of a content.
#[derive(Debug, Clone)]
pub struct Rendition {
    /// `720p`, or `audio`.
    pub name: String,
    /// Where its bytes are.
    pub object_key: String,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// Its SHA-256.
    pub sha256: Vec<u8>,
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
    /// Where its header and segments are.
    pub index: SegmentIndex,
}

impl SegmentIndex {
    /// Whether every place is inside a file of `size` bytes and every segment plays for a while.
    pub fn fits(&self, size: u64) -> bool {
        let inside = |offset: u64, length: u64| {
            length > 0 && offset.checked_add(length).is_some_and(|end| end <= size)
        };
        inside(self.init.offset, self.init.length)
            && !self.segments.is_empty()
            && self.segments.iter().all(|s| {
                inside(s.offset, s.length)
                    && s.duration_seconds.is_finite()
                    && s.duration_seconds > 0.0
            })
    }
}

/// Whether this may be the name of a rendition: it becomes part of a key and of an address.
pub fn is_name(text: &str) -> bool {
    (1..=16).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(offset: u64, length: u64, duration_seconds: f64) -> SegmentIndex {
        SegmentIndex {
            init: ByteRange { offset: 0, length: 10 },
            segments: vec![Segment { offset, length, duration_seconds }],
        }
    }

    #[test]
    fn a_segment_beyond_the_end_does_not_fit() {
        assert!(index(10, 90, 4.0).fits(100));
        assert!(!index(10, 91, 4.0).fits(100));
        assert!(!index(u64::MAX, 2, 4.0).fits(100));
    }

    #[test]
    fn a_segment_that_plays_for_no_time_does_not_fit() {
        for seconds in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(!index(10, 10, seconds).fits(100), "{seconds}");
        }
    }

    #[test]
    fn a_name_is_safe_in_keys_and_addresses() {
        assert!(is_name("1080p") && is_name("audio"));
        assert!(
            !is_name("")
                && !is_name("../x")
                && !is_name("720P")
                && !is_name("a".repeat(17).as_str())
        );
    }
}
