//! Runs ffprobe and ffmpeg against files that nobody vouches for.
//!
//! An upload is a program for a decoder: it may be a playlist that points at `/etc/passwd`, a frame of
//! a terapixel, or the trigger of a bug in a codec that nobody uses any more. So no other crate starts
//! these tools; they ask here, and get a typed answer or a typed error ([`MediaError`]).
//!
//! # What every run is held to
//! - **Protocols**: a local file is read by `file:` alone, a remote one by `http(s)` alone.
//! - **Demuxers and decoders** are on an allow-list ([`allowlist`]). Playlists, concat scripts, image
//!   sequences and SVG are not on it, so no input can make ffmpeg open a second address.
//! - **Network**: with a local source the process has no network at all (a network namespace of its
//!   own) where the kernel lets an ordinary user make one; where it does not, the protocol list remains.
//! - **Limits** ([`Limits`]): address space, processor seconds, wall-clock time, bytes per written file,
//!   threads, pixels per frame, streams, bytes of captured output.
//! - **Surroundings**: empty environment, private working directory, no standard input, no new
//!   privileges, no core file; the process dies with the thread that serves it, so a killed worker leaves none behind.
//!
//! What is *not* promised: the process may still read files that its user may read. A decoder that is
//! taken over is confined by the lists above, the missing network and the user's own rights.

pub mod allowlist;
pub mod clips;
mod error;
mod limits;
mod probe;
mod sandbox;
mod source;
mod transcode;

pub use error::{Limit, MediaError};
pub use limits::Limits;
pub use probe::{AudioStream, MediaKind, Probe, VideoStream, probe};
pub use source::Source;
pub use transcode::{
    ByteRange, Rendition, Rung, SEGMENT_SECONDS, Segment, THUMBNAIL_MEDIA_TYPE, ladder, thumbnail,
    transcode,
};
