//! Reads what a failed tool said.
//!
//! ffmpeg gives one exit code for all failures; only its words tell them apart. They are stable (the
//! texts below stand in `libavutil/error.c` and the demuxers since ffmpeg 4), and a test runs each.

use std::{os::unix::process::ExitStatusExt, process::ExitStatus};

use crate::{Limit, MediaError, Source};

const SIGKILL: i32 = 9;
const SIGXFSZ: i32 = 25;
/// ffmpeg's exit code after a signal that asks it to stop.
const STOPPED: i32 = 255;

/// Words by which ffmpeg says that a source could not be reached.
const UNREACHABLE: &[&str] = &[
    "Connection refused",
    "Connection timed out",
    "Connection reset",
    "Failed to resolve hostname",
    "Server returned",
    "HTTP error",
    "Network is unreachable",
    "Input/output error",
    "Operation timed out",
];

/// The error behind an unsuccessful exit. `said` no longer holds the source's address.
pub(super) fn failure(
    tool: &'static str,
    source: &Source,
    status: ExitStatus,
    said: &str,
) -> MediaError {
    if let Some(limit) = limit_reached(status, said) {
        return MediaError::LimitExceeded(limit);
    }
    if let Some(container) = refused_container(said) {
        return MediaError::ContainerNotAllowed { container };
    }
    if let Some(codec) = refused_codec(said) {
        return MediaError::CodecNotAllowed { codec };
    }
    if let Source::Url(_) = source
        && UNREACHABLE.iter().any(|words| said.contains(words))
    {
        return MediaError::SourceUnavailable { reason: last_line(said) };
    }
    // A name that ends in .mp4 is worth one point to ffmpeg's guess; bytes that begin like one, many.
    if said.contains("detected only with low score") {
        return MediaError::NotMedia;
    }
    if says_truncated(said) {
        return MediaError::Truncated;
    }
    if said.contains("Invalid data found when processing input") {
        return MediaError::NotMedia;
    }
    if status.code() == Some(STOPPED) {
        return MediaError::Interrupted { tool };
    }
    MediaError::ToolFailed { tool, status: status.to_string(), detail: last_line(said) }
}

/// Whether a demuxer met the end of the file too early.
pub(super) fn says_truncated(said: &str) -> bool {
    ["moov atom not found", "partial file", "File ended prematurely"]
        .iter()
        .any(|words| said.contains(words))
}

fn limit_reached(status: ExitStatus, said: &str) -> Option<Limit> {
    match status.signal() {
        Some(SIGXFSZ) => return Some(Limit::Output),
        // The kernel's end of the processor time; our own kill never comes to be judged.
        Some(SIGKILL) => return Some(Limit::CpuTime),
        _ => {}
    }
    if said.contains("File too large") {
        return Some(Limit::Output);
    }
    said.contains("Cannot allocate memory").then_some(Limit::Memory)
}

/// `[hls @ 0x55…] Format not on whitelist '…'`
fn refused_container(said: &str) -> Option<String> {
    let line = said.lines().find(|line| line.contains("Format not on whitelist"))?;
    let name = line.strip_prefix('[')?.split(" @").next()?;
    Some(name.to_owned())
}

/// `[gif @ 0x55…] Codec (gif) not on whitelist '…'`
fn refused_codec(said: &str) -> Option<String> {
    let (_, rest) = said.split_once("Codec (")?;
    let (codec, rest) = rest.split_once(')')?;
    rest.starts_with(" not on whitelist").then(|| codec.to_owned())
}

fn last_line(said: &str) -> String {
    let line = said.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or("no message");
    line.chars().filter(|c| !c.is_control()).take(300).collect()
}
