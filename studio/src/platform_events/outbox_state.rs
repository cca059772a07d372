//! [`outbox_state`]: whether platform events go out, in a sentence for staff.

use super::outbox_store;
use crate::{
    Result, Studio,
    streams::{Flow, Standing, Stream, standing},
};

/// How platform events go out.
#[derive(Debug, Clone)]
pub struct OutboxState {
    /// Whether they do.
    pub state: Flow,
    /// How many wait: at most one for each object that changed.
    pub waiting: i64,
    /// For how long the first of them has waited, in seconds.
    pub oldest_seconds: f64,
    /// The same in words.
    pub sentence: String,
}

/// How platform events go out, as the worker that sends them last reported.
///
/// # Errors
/// Postgres is away.
pub async fn outbox_state(studio: &Studio) -> Result<OutboxState> {
    let mut db = studio.db.acquire().await?;
    let (waiting, oldest_seconds) = outbox_store::backlog(&mut db).await?;
    drop(db);
    let events = if waiting == 1 { "1 event waits" } else { &format!("{waiting} events wait") };
    let (state, sentence) = match standing(studio, Stream::PlatformEvents).await? {
        Standing::Off => (Flow::Off, format!("Kafka is not configured; {events}.")),
        Standing::Silent { .. } => (
            Flow::Down,
            format!("No worker sends events; {events} for one that serves the pool `streams`."),
        ),
        Standing::Stuck { problem, .. } => (
            Flow::Down,
            format!("Kafka does not take events; {events}, and nothing is lost. ({problem})"),
        ),
        Standing::Flows { .. } if waiting == 0 => (Flow::Up, "Every event has been sent.".into()),
        Standing::Flows { .. } => (Flow::Up, format!("{events} to be sent.")),
    };
    Ok(OutboxState { state, waiting, oldest_seconds, sentence })
}
