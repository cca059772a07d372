//! The stories: what the product promises, told as tests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a story that cannot go on has failed"
)]
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "names that we gave ourselves"
)]

mod api_tokens;
mod architecture;
mod audit;
mod cheap_figures;
mod content;
mod crashes;
mod encrypted_at_rest;
mod engagement;
mod engagement_stream;
mod exact_figures;
mod exports;
mod figures;
mod figures_through_outages;
mod guessing;
mod hostile_files;
mod live;
mod mails;
mod many_processes;
mod one_trace;
mod ops_area;
mod outages;
mod passwords;
mod platform_events;
mod playback;
mod problems;
mod publishing;
mod publishing_faults;
mod registration;
mod resumed_upload;
mod role_matrix;
mod roll_up_crashes;
mod schedules;
mod sessions;
mod signals;
mod uploads;
