//! Sends what waits in the outbox of platform events.

use std::time::Duration;

use studio::{
    Result, Studio,
    platform_events::{Relayed, relay_some},
    streams::{Kafka, Publisher, Stream},
};
use tokio_util::sync::CancellationToken;

use super::{
    pause::Pause,
    reporting::{Reporter, words},
};

/// How often an empty outbox is looked into.
const LOOK: Duration = Duration::from_millis(500);

/// Sends platform events until asked to stop; a turn that is under way ends first.
pub async fn relay(studio: &Studio, kafka: &Kafka, stop: &CancellationToken) {
    let mut reporter = Reporter::of(studio, Stream::PlatformEvents);
    let (mut pause, mut publisher) = (Pause::new(), None);
    while !stop.is_cancelled() {
        match turn(studio, kafka, &mut publisher, reporter.is_due()).await {
            Ok(relayed) => {
                pause.reset();
                if relayed != Relayed::Elsewhere {
                    reporter.flows(None).await;
                }
                if relayed != Relayed::Some {
                    stop.run_until_cancelled(tokio::time::sleep(LOOK)).await;
                }
            }
            Err(error) => {
                // One that failed may have lost its place in the order for good: the next begins anew.
                publisher = None;
                reporter.stands(words(&error)).await;
                pause.wait(stop).await;
            }
        }
    }
}

/// Sends once. When it is time to say how the stream does, brokers that have nothing to take are asked.
async fn turn(
    studio: &Studio,
    kafka: &Kafka,
    publisher: &mut Option<Publisher>,
    ask: bool,
) -> Result<Relayed> {
    let ready = match publisher {
        Some(ready) => ready,
        None => publisher.insert(ready(kafka).await?),
    };
    let relayed = relay_some(studio, ready).await?;
    if ask && relayed == Relayed::Nothing {
        kafka.reach().await?;
    }
    Ok(relayed)
}

async fn ready(kafka: &Kafka) -> Result<Publisher> {
    let topic = &kafka.settings().platform_topic;
    kafka.ensure_topic(topic).await?;
    Publisher::to(kafka, topic)
}
