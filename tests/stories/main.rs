//! The stories: what the product promises, told as tests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a story that cannot go on has failed"
)]

mod architecture;
mod crashes;
mod encrypted_at_rest;
mod hostile_files;
mod many_processes;
mod outages;
mod publishing;
mod publishing_faults;
mod resumed_upload;
mod uploads;
