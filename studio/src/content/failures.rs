//! What a creator is told when a file could not become a content: what happened, what it means, what to
//! do. Stored is the code (and a detail of this very case); the words are looked up when they are read,
//! so that better words reach old failures too.

use serde::Serialize;

/// What becomes of the upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// The file cannot be used; its bytes are removed.
    Refused,
    /// The file is safe; trying again may help.
    Failed,
    /// The creator has to send parts again.
    SentBack,
}

/// One way in which a file does not become a content.
#[derive(Debug, PartialEq, Eq)]
pub struct FailureCode {
    /// The stable code.
    pub code: &'static str,
    /// What becomes of the upload.
    pub consequence: Consequence,
    /// What happened and what it means.
    pub sentence: &'static str,
    /// What the creator can do.
    pub what_to_do: &'static str,
}

/// A failure as a creator reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The stable code.
    pub code: String,
    /// What happened and what it means.
    pub sentence: String,
    /// What the creator can do.
    pub what_to_do: &'static str,
    /// Whether trying again may help.
    pub retryable: bool,
    /// The step of `publish_upload` at which it happened.
    #[serde(skip)]
    pub step: Option<String>,
}

macro_rules! failures {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $consequence:ident, $sentence:literal, $what_to_do:literal;)*) => {
        $($(#[$doc])* pub static $name: FailureCode = FailureCode {
            code: $code, consequence: Consequence::$consequence, sentence: $sentence, what_to_do: $what_to_do,
        };)*
        /// Every failure code.
        pub static ALL: &[&FailureCode] = &[$(&$name),*];
    };
}

failures! {
    /// Neither video nor audio.
    NOT_MEDIA = "media.not_media", Refused,
        "This isn't video or audio. Nothing was published.", "Export it as MP4 and upload that.";
    /// A program.
    EXECUTABLE = "media.executable", Refused,
        "This is a program, not video or audio. Nothing was published.", "Choose the video or audio file itself.";
    /// Text, renamed.
    TEXT = "media.text", Refused,
        "This is text, not video or audio. Nothing was published.", "Choose the video or audio file itself.";
    /// A list of addresses.
    PLAYLIST = "media.playlist", Refused,
        "This is a playlist that points at other files, not the video itself. Nothing was published.", "Upload the file that it points at.";
    /// Cut off or broken.
    DAMAGED = "media.damaged", Refused,
        "The file is damaged or cut off. Nothing was published.", "Export it again, check that it plays, then upload that.";
    /// No picture and no sound.
    NO_STREAM = "media.no_stream", Refused,
        "The file has neither picture nor sound. Nothing was published.", "Export it again, check that it plays, then upload that.";
    /// A codec that we do not read.
    CODEC = "media.unsupported_codec", Refused,
        "The file is encoded in a way that we cannot read. Nothing was published.", "Export it as MP4 with H.264 and AAC, then upload that.";
    /// Too many pixels.
    TOO_LARGE = "media.too_large", Refused,
        "The picture is larger than we can prepare. Nothing was published.", "Export it at 8K or less, then upload that.";
    /// Too long.
    TOO_LONG = "media.too_long", Refused,
        "The file plays longer than we can prepare. Nothing was published.", "Cut it into shorter pieces, then upload those.";
    /// Not the bytes that were declared.
    CHECKSUM = "upload.checksum_mismatch", Refused,
        "What arrived is not the file that was announced. Nothing was published.", "Upload the file again.";
    /// Not as many bytes as were declared.
    SIZE = "upload.size_mismatch", Refused,
        "What arrived does not have the size that was announced. Nothing was published.", "Upload the file again.";
    /// Parts vanished or changed between completion and the check.
    PARTS = "upload.parts_changed", SentBack,
        "Some parts are missing or have another size than planned.", "Send the named parts again, then complete the upload again.";
    /// The VOD service said that it failed.
    TRANSCODE_FAILED = "transcode.failed", Failed,
        "We couldn't prepare this. The original is safe, and nobody sees it yet.", "Try again. If it fails again, export the file as MP4 and upload that.";
    /// The VOD service did not take it.
    TRANSCODE_NOT_TAKEN = "transcode.not_taken", Failed,
        "We couldn't start to prepare this. The original is safe, and nobody sees it yet.", "Try again in a few minutes.";
    /// The VOD service never answered.
    TRANSCODE_TIMED_OUT = "transcode.timed_out", Failed,
        "Preparing this took too long and was stopped. The original is safe, and nobody sees it yet.", "Try again.";
    /// What came back is not what was announced.
    RENDITIONS_DAMAGED = "transcode.damaged_result", Failed,
        "What we prepared arrived damaged. The original is safe, and nobody sees it yet.", "Try again.";
    /// Everything else.
    INTERNAL = "processing.interrupted", Failed,
        "Something on our side went wrong. The original is safe, and nobody sees it yet.", "Try again. If it fails again, tell us the code and the content's id.";
}

/// The failure of this code; unknown codes (an engine's own, or one of a newer version) read as [`INTERNAL`].
pub fn by_code(code: &str) -> &'static FailureCode {
    ALL.iter().find(|failure| failure.code == code).copied().unwrap_or(&INTERNAL)
}

impl Failure {
    /// Puts words to what is stored.
    pub fn read(code: &str, detail: Option<&str>, step: Option<String>) -> Self {
        let known = by_code(code);
        let sentence = match detail {
            Some(detail) => format!("{} {detail}", known.sentence),
            None => known.sentence.to_owned(),
        };
        Self {
            code: known.code.to_owned(),
            sentence,
            what_to_do: known.what_to_do,
            retryable: known.consequence == Consequence::Failed,
            step,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_says_what_to_do_and_no_two_share_a_code() {
        let mut codes: Vec<_> = ALL.iter().map(|f| f.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
        assert!(ALL.iter().all(|f| f.what_to_do.ends_with('.') && f.sentence.ends_with('.')));
    }

    #[test]
    fn an_unknown_code_still_has_words() {
        let failure = Failure::read("jobs.panicked", None, Some("inspect".to_owned()));
        assert_eq!((failure.code.as_str(), failure.retryable), ("processing.interrupted", true));
    }

    #[test]
    fn creators_never_read_the_words_of_the_machine_room() {
        for failure in ALL {
            let words = format!("{} {}", failure.sentence, failure.what_to_do).to_lowercase();
            for word in ["job", "queue", "worker", "transcode", "multipart"] {
                assert!(!words.contains(word), "{}: {word}", failure.code);
            }
        }
    }
}
