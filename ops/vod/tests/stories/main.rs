//! The service as its clients meet it: a real process, real ffmpeg, a real receiver of webhooks.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod client;
mod contract;
mod faults;
mod handing_over;
mod hostile_media;
mod process;
mod receiver;
mod restarts;
mod results;
mod sources;
mod webhooks;
