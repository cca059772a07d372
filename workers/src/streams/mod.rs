//! Events from Kafka and to it: one reader and one relay in each process that serves `streams`. The reader
//! shares the partitions with those of other processes; of the relays one at a time sends.

mod consumer;
mod pause;
mod relay;
mod reporting;

pub use consumer::{Take, consume};
pub use relay::relay;

use studio::{Studio, analytics::intake};
use tokio_util::sync::CancellationToken;

/// What becomes of the engagement events that are read: the same as of those that come by HTTP.
const TAKE: Take = |studio, payloads| {
    Box::pin(async move {
        let taken = intake::take_stream_batch(studio, payloads).await?;
        tracing::debug!(?taken, "events taken in");
        Ok(())
    })
};

/// Moves events until asked to stop, then finishes what is under way. Does nothing where Kafka is not
/// configured.
pub async fn run(studio: &Studio, stop: CancellationToken) {
    let Some(kafka) = &studio.kafka else {
        tracing::info!("Kafka is not configured: no events come or go by it");
        return;
    };
    tokio::join!(consume(studio, kafka, TAKE, &stop), relay(studio, kafka, &stop));
}
