//! What ffmpeg may use on media that nobody vouches for. What is not named here is refused.
//!
//! A demuxer that opens other files or addresses (hls, dash, concat, image2, sdp, …) must never be added.

/// Protocols for a source on this machine.
pub const FILE_PROTOCOLS: &str = "file";
/// Protocols for a source behind an `http(s)` address.
pub const URL_PROTOCOLS: &str = "http,https,tcp,tls";

/// Containers a creator may upload, by the names of ffmpeg's demuxers.
pub const DEMUXERS: &[&str] = &[
    "mov", "mp4", "m4a", "3gp", "matroska", "webm", "avi", "mpegts", "mp3", "wav", "w64", "flac",
    "ogg", "aac", "aiff",
];

/// Video codecs a creator may upload, by ffmpeg's codec names.
pub const VIDEO_CODECS: &[&str] = &[
    "h264",
    "hevc",
    "vp8",
    "vp9",
    "av1",
    "mpeg4",
    "mpeg2video",
    "mpeg1video",
    "mjpeg",
    "prores",
    "theora",
    "h263",
];

/// Picture codecs of cover art.
pub const PICTURE_CODECS: &[&str] = &["mjpeg", "png"];

/// Audio codecs a creator may upload, by ffmpeg's codec names.
pub const AUDIO_CODECS: &[&str] = &[
    "aac",
    "mp3",
    "mp2",
    "opus",
    "vorbis",
    "flac",
    "alac",
    "ac3",
    "eac3",
    "pcm_s16le",
    "pcm_s16be",
    "pcm_s24le",
    "pcm_s24be",
    "pcm_s32le",
    "pcm_s32be",
    "pcm_f32le",
    "pcm_f32be",
    "pcm_f64le",
    "pcm_u8",
    "pcm_s8",
    "pcm_alaw",
    "pcm_mulaw",
];

/// Decoders of subtitles. Their streams are ignored, but ffprobe opens a decoder for each stream.
const SUBTITLE_DECODERS: &[&str] = &[
    "srt", "subrip", "mov_text", "ass", "ssa", "webvtt", "text", "dvdsub", "pgssub", "dvbsub",
    "cc_dec",
];

/// Decoders whose name differs from their codec's.
const OTHER_DECODERS: &[&str] = &[
    "libdav1d",
    "libaom-av1",
    "libvpx",
    "libvpx-vp9",
    "mp3float",
    "mp2float",
    "libopus",
    "libvorbis",
];

/// The value of ffmpeg's `-format_whitelist`.
pub(crate) fn demuxers() -> String {
    DEMUXERS.join(",")
}

/// The value of ffmpeg's `-codec_whitelist`: it names decoders.
pub(crate) fn decoders() -> String {
    [VIDEO_CODECS, PICTURE_CODECS, AUDIO_CODECS, SUBTITLE_DECODERS, OTHER_DECODERS]
        .concat()
        .join(",")
}
