//! Which media types a creator may send. What the bytes really are is proven later, by [`super::publishing::inspection`].

use serde::{Deserialize, Serialize};

/// Whether there is something to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum Kind {
    /// Moving pictures, with or without sound.
    Video,
    /// Sound alone.
    Audio,
}

/// The types that are accepted, with their kind. Browsers name some of them in several ways.
const ACCEPTED: &[(&str, Kind)] = &[
    ("video/mp4", Kind::Video),
    ("video/quicktime", Kind::Video),
    ("video/x-m4v", Kind::Video),
    ("video/webm", Kind::Video),
    ("video/x-matroska", Kind::Video),
    ("video/matroska", Kind::Video),
    ("video/x-msvideo", Kind::Video),
    ("video/avi", Kind::Video),
    ("video/mpeg", Kind::Video),
    ("video/mp2t", Kind::Video),
    ("video/3gpp", Kind::Video),
    ("video/ogg", Kind::Video),
    ("audio/mpeg", Kind::Audio),
    ("audio/mp3", Kind::Audio),
    ("audio/mp4", Kind::Audio),
    ("audio/m4a", Kind::Audio),
    ("audio/x-m4a", Kind::Audio),
    ("audio/aac", Kind::Audio),
    ("audio/wav", Kind::Audio),
    ("audio/wave", Kind::Audio),
    ("audio/x-wav", Kind::Audio),
    ("audio/vnd.wave", Kind::Audio),
    ("audio/flac", Kind::Audio),
    ("audio/x-flac", Kind::Audio),
    ("audio/ogg", Kind::Audio),
    ("audio/opus", Kind::Audio),
    ("audio/aiff", Kind::Audio),
    ("audio/x-aiff", Kind::Audio),
    ("audio/webm", Kind::Audio),
];

/// The kind of a declared media type; none if it is not accepted. Parameters (`; codecs=…`) are ignored.
pub fn accepted(declared: &str) -> Option<Kind> {
    let essence = essence(declared);
    ACCEPTED.iter().find(|(name, _)| *name == essence).map(|(_, kind)| *kind)
}

/// The type without its parameters, in lower case.
pub fn essence(declared: &str) -> String {
    declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_and_case_do_not_matter() {
        assert_eq!(accepted("Video/MP4; codecs=avc1"), Some(Kind::Video));
        assert_eq!(accepted("audio/x-m4a"), Some(Kind::Audio));
    }

    #[test]
    fn other_types_are_not_accepted() {
        for other in [
            "text/plain",
            "application/octet-stream",
            "image/gif",
            "video/",
            "",
            "application/vnd.apple.mpegurl",
        ] {
            assert_eq!(accepted(other), None, "{other}");
        }
    }
}
