//! The harness of the stories: a whole Creator Studio of its own for each test, on real servers.
//!
//! A test gets a Postgres database (cloned from a template), a Mongo database, a Redis prefix, a key
//! prefix in the store, topics in Kafka and mail addresses that nobody else uses. It runs the real pools until they
//! are idle instead of sleeping, and fails when it leaves a job behind.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a harness that cannot start its test must say so and stop"
)]
#![allow(clippy::implicit_hasher, reason = "variables are kept in one kind of map")]
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "names that we gave ourselves"
)]

pub mod channel;
pub mod client;
pub mod clips;
pub mod database;
pub mod eventually;
pub mod gate;
pub mod halts;
pub mod harness;
pub mod kafka;
pub mod leftovers;
pub mod live;
pub mod mailbox;
pub mod objects;
pub mod otlp;
pub mod processes;
pub mod recount;
pub mod servers;
pub mod settings;
pub mod streaming;
pub mod upload;
pub mod vod;

pub use client::Client;
pub use eventually::eventually;
pub use harness::{Harness, install_tls};
pub use vod::Vod;
