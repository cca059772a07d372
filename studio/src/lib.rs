//! The product: what a creator's content, uploads and account are, what may be done with them, and
//! where they are kept. Everything here is told by concept; nothing here knows HTTP or a worker.

pub mod accounts;
pub mod analytics;
pub mod config;
pub mod content;
pub mod error;
pub mod idempotency;
pub mod ids;
pub mod notify;
pub mod operations;
pub mod page;
pub mod platform_events;
pub mod queues;
pub mod redaction;
pub mod refusal;
mod schema;
pub mod streams;
mod studio;

pub use error::{Dependency, Error, Result};
pub use refusal::{Code, Kind, Refusal};
pub use schema::{migrate, migrations};
pub use studio::Studio;
