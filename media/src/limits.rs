//! How much one run of a tool may take.

use std::time::Duration;

const MIB: u64 = 1024 * 1024;
const GIB: u64 = 1024 * MIB;

/// Bounds on one run of ffprobe or ffmpeg, and on the media it may read.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Address space, in bytes (`RLIMIT_AS`).
    pub memory_bytes: u64,
    /// Processor time over all threads (`RLIMIT_CPU`).
    pub cpu_time: Duration,
    /// Time on the wall, after which the process is killed.
    pub wall_time: Duration,
    /// Bytes of any single file that the process writes (`RLIMIT_FSIZE`).
    pub output_bytes: u64,
    /// Decoder and encoder threads.
    pub threads: u8,
    /// Pixels of a frame; more is refused before a frame is allocated.
    pub max_pixels: u64,
    /// Streams in the container.
    pub max_streams: u32,
    /// Length of the media.
    pub max_duration: Duration,
}

impl Limits {
    /// For reading what a file is: little memory, little time, nothing written.
    pub fn probe() -> Self {
        Self {
            memory_bytes: 2 * GIB,
            cpu_time: Duration::from_mins(1),
            wall_time: Duration::from_mins(2),
            output_bytes: MIB,
            threads: 1,
            max_pixels: 8192 * 4352, // 8K, and the padding codecs add
            max_streams: 64,
            max_duration: Duration::from_hours(12),
        }
    }

    /// For transcoding a source whose probe was accepted. Processor and wall-clock time grow with the
    /// media: a slow codec at 1080p takes about ten seconds of processor a second of media.
    pub fn transcode(media_seconds: f64) -> Self {
        let media = Duration::try_from_secs_f64(media_seconds).unwrap_or_default();
        Self {
            memory_bytes: 6 * GIB,
            cpu_time: Duration::from_mins(5) + media * 30,
            wall_time: Duration::from_mins(5) + media * 30,
            output_bytes: 64 * GIB,
            threads: 2,
            ..Self::probe()
        }
    }
}
