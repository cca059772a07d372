//! What a worker last saw of a stream, kept where processes without a connection to Kafka find it.

use super::report_store;
use crate::{Result, Studio};

/// One of the two streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// From players, in.
    EngagementEvents,
    /// To the platform, out.
    PlatformEvents,
}

impl Stream {
    /// Its name in the database and in metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EngagementEvents => "engagement_events",
            Self::PlatformEvents => "platform_events",
        }
    }
}

/// What a worker saw.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What keeps the stream from flowing; none: it flows.
    pub problem: Option<String>,
    /// How many messages the group has not taken in, where that is known.
    pub waiting_messages: Option<i64>,
}

/// Leaves a report in place of the one before.
///
/// # Errors
/// Postgres is away.
pub async fn report(studio: &Studio, stream: Stream, report: &Report) -> Result<()> {
    let mut db = studio.db.acquire().await?;
    report_store::put(&mut db, stream, report).await
}
