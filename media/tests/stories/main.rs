//! The crate against the real ffmpeg: what creators bring, what attackers bring, what comes out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod files;
mod probing;
mod sandbox;
mod store;
mod transcoding;
