//! Sending what waits in the outbox.

use chrono::SecondsFormat;
use serde_json::json;

use super::outbox_store::{self, Waiting};
use crate::{
    Result, Studio,
    streams::{Message, Publisher},
};

/// The most events that are sent at once.
const AT_ONCE: i64 = 500;

/// What a turn came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relayed {
    /// Nothing waits.
    Nothing,
    /// Some were sent; more may wait.
    Some,
    /// Another process is at it.
    Elsewhere,
}

/// Sends the events that have waited longest, and removes those that the brokers have.
///
/// One transaction holds all of it, so one process at a time sends, whichever dies. Who dies between
/// sending and committing leaves the events to be sent again.
///
/// # Errors
/// Postgres is away; the brokers did not take all events, and the others wait on.
pub async fn relay_some(studio: &Studio, publisher: &Publisher) -> Result<Relayed> {
    let mut tx = studio.db.begin().await?;
    if !outbox_store::alone(&mut tx).await? {
        return Ok(Relayed::Elsewhere);
    }
    let waiting = outbox_store::oldest(&mut tx, AT_ONCE).await?;
    if waiting.is_empty() {
        return Ok(Relayed::Nothing);
    }
    let messages: Vec<Message> = waiting.iter().map(message).collect();
    let (mut sent, mut failed) = (Vec::new(), None);
    for (event, outcome) in waiting.iter().zip(publisher.send(&messages).await) {
        match outcome {
            Ok(()) => sent.push((event.object, event.id)),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    outbox_store::remove(&mut tx, &sent).await?;
    tx.commit().await?;
    failed.map_or(Ok(Relayed::Some), Err)
}

/// As the row says it, also where a newer program wrote a kind that this one does not know.
fn message(event: &Waiting) -> Message {
    let envelope = json!({
        "id": event.id,
        "kind": event.kind,
        "object": event.object,
        "version": event.version,
        "occurred_at": event.occurred_at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        "data": event.data,
    });
    Message { key: event.object.to_string(), payload: envelope.to_string().into_bytes() }
}
