//! Kafka: engagement events come in, platform events go out.
//!
//! Both may be away, or not configured at all: what goes out waits in Postgres
//! ([`platform_events`](crate::platform_events)), what comes in waits in Kafka. A [`Subscription`] reads in
//! batches and says that it has read one only when told so; a [`Publisher`] says for each message whether
//! the brokers have it. Who supervises them is the workers; what they saw last stands in Postgres
//! ([`report`]), where the API finds it.

mod client_log;
mod kafka;
mod progress;
mod publisher;
mod report;
mod report_store;
mod state;
mod subscription;

pub use kafka::Kafka;
pub use publisher::{Message, Publisher};
pub use report::{Report, Stream, report};
pub use state::{Flow, StreamState, stream_state};
pub use subscription::{Batch, Subscription};

pub(crate) use state::{Standing, standing};
