//! What the rest of the platform is told: contents that were published, changed or taken away. The contract
//! is openapi/platform-events.md.
//!
//! An event is written into an outbox in the transaction of the change that it tells of ([`tell`]), and a
//! worker sends what waits there to Kafka ([`relay_some`]): at least once, and for each object in order. An
//! event says how an object is, so a newer one takes the place of one that still waits: the outbox never
//! holds more than one for each object, however long Kafka is away.

mod event;
mod outbox_state;
mod outbox_store;
mod relaying;

pub use event::{About, PlatformEvent, PublicContent, Reason, RemovedContent};
pub use outbox_state::{OutboxState, outbox_state};
pub use relaying::{Relayed, relay_some};

use sqlx::PgConnection;

use crate::Result;

/// Has the platform told of a change, in the transaction of that change.
///
/// # Errors
/// Postgres is away.
pub async fn tell(tx: &mut PgConnection, event: &PlatformEvent) -> Result<()> {
    outbox_store::put(tx, event).await
}
