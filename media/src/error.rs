//! What can go wrong with media, told apart by who can do something about it.

use std::io;

/// Why media could not be read or transcoded. Callers turn these into words for the creator.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The bytes are not media of any kind that ffmpeg knows.
    #[error("the file is not audio or video")]
    NotMedia,
    /// Media or a playlist, in a container that is not accepted.
    #[error("the container {container} is not accepted")]
    ContainerNotAllowed {
        /// ffmpeg's name of the container: `hls`, `concat`, `svg_pipe`, …
        container: String,
    },
    /// A stream is compressed in a way that is not accepted.
    #[error("the codec {codec} is not accepted")]
    CodecNotAllowed {
        /// ffmpeg's name of the codec, or `unknown`.
        codec: String,
    },
    /// A container with neither picture nor sound in it.
    #[error("the file holds neither video nor audio")]
    NoStream,
    /// The file ends before its own index says it does.
    #[error("the file is cut off before its end")]
    Truncated,
    /// Longer than is accepted.
    #[error("the media lasts {seconds:.1} s, and at most {limit_seconds} s are accepted")]
    TooLong {
        /// How long it is.
        seconds: f64,
        /// How long it may be.
        limit_seconds: u64,
    },
    /// Frames of more pixels than are accepted.
    #[error("frames of {width}×{height} are larger than the {limit_pixels} pixels accepted")]
    TooLarge {
        /// Pixels across.
        width: u64,
        /// Pixels down.
        height: u64,
        /// Pixels that a frame may have.
        limit_pixels: u64,
    },
    /// The tool was stopped because the media asked for more than it may have.
    #[error("reading the media takes more {0} than is allowed")]
    LimitExceeded(Limit),
    /// The source's server refused, failed or was not there. Not the media's fault.
    #[error("the source cannot be read: {reason}")]
    SourceUnavailable {
        /// In the tool's words, without the address.
        reason: String,
    },
    /// ffmpeg, ffprobe or util-linux is not installed.
    #[error("{tool} is not installed: install the packages ffmpeg and util-linux")]
    ToolMissing {
        /// The program that was looked for on `PATH`.
        tool: &'static str,
    },
    /// The tool was asked to stop, as happens when the machine shuts down.
    #[error("{tool} was asked to stop")]
    Interrupted {
        /// The program.
        tool: &'static str,
    },
    /// The tool failed in a way that no other variant names.
    #[error("{tool} failed ({status}): {detail}")]
    ToolFailed {
        /// The program.
        tool: &'static str,
        /// Exit status or signal.
        status: String,
        /// The end of what it said, without the source's address.
        detail: String,
    },
    /// The disk or the process table failed us.
    #[error("running a media tool failed")]
    Io(#[from] io::Error),
}

/// What ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Time on the wall.
    WallTime,
    /// Processor time.
    CpuTime,
    /// Address space.
    Memory,
    /// Bytes written or printed.
    Output,
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::WallTime => "time",
            Self::CpuTime => "processor time",
            Self::Memory => "memory",
            Self::Output => "output",
        })
    }
}

impl MediaError {
    /// Whether the same media may succeed later: the fault lies with this machine or the source's
    /// server, not with the file.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::SourceUnavailable { .. }
                | Self::ToolMissing { .. }
                | Self::Interrupted { .. }
                | Self::Io(_)
                | Self::LimitExceeded(Limit::WallTime)
        )
    }

    /// A stable name for logs and answers.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotMedia => "not_media",
            Self::ContainerNotAllowed { .. } => "container_not_allowed",
            Self::CodecNotAllowed { .. } => "codec_not_allowed",
            Self::NoStream => "no_stream",
            Self::Truncated => "truncated",
            Self::TooLong { .. } => "too_long",
            Self::TooLarge { .. } => "too_large",
            Self::LimitExceeded(_) => "limit_exceeded",
            Self::SourceUnavailable { .. } => "source_unavailable",
            Self::ToolMissing { .. } => "tool_missing",
            Self::Interrupted { .. } => "interrupted",
            Self::ToolFailed { .. } => "tool_failed",
            Self::Io(_) => "io",
        }
    }
}
