//! Reads engagement events: a batch is committed to Kafka after what it says is committed to Postgres.

use futures::future::BoxFuture;
use studio::{
    Result, Studio,
    streams::{Kafka, Stream, Subscription},
};
use tokio::{sync::watch, time::interval};
use tokio_util::sync::CancellationToken;

use super::{
    pause::Pause,
    reporting::{EVERY, Reporter, words},
};

/// Takes in the payloads of a batch, for good: when it returns well they are never read again. It may be
/// called twice with the same ones. An error says "not now", never "not these": a payload that is no good
/// is its to set aside.
pub type Take = for<'a> fn(&'a Studio, &'a [&'a [u8]]) -> BoxFuture<'a, Result<()>>;

/// Reads until asked to stop; a batch that is being taken in is finished first.
pub async fn consume(studio: &Studio, kafka: &Kafka, take: Take, stop: &CancellationToken) {
    let mut reporter = Reporter::of(studio, Stream::EngagementEvents);
    let mut pause = Pause::new();
    while !stop.is_cancelled() {
        let joined = join(studio, kafka).await;
        let ended = match joined {
            Ok(subscription) => {
                pause.reset();
                let ended = serve(studio, &subscription, take, &mut reporter, stop).await;
                subscription.leave().await;
                ended
            }
            Err(error) => Err(error),
        };
        if let Err(error) = ended {
            reporter.stands(words(&error)).await;
            pause.wait(stop).await;
        }
    }
}

async fn join(studio: &Studio, kafka: &Kafka) -> Result<Subscription> {
    let topic = &kafka.settings().events_topic;
    kafka.ensure_topic(topic).await?;
    Subscription::join(kafka, topic, studio.config.lease())
}

/// Reads and reports, as one member of the group.
async fn serve(
    studio: &Studio,
    subscription: &Subscription,
    take: Take,
    reporter: &mut Reporter<'_>,
    stop: &CancellationToken,
) -> Result<()> {
    let (problem, seen) = watch::channel(None);
    tokio::select! {
        ended = read(studio, subscription, take, &problem, stop) => ended,
        () = watch_over(subscription, reporter, seen) => Ok(()),
    }
}

/// One batch after the other. What cannot be taken in now is read again after a pause, in which nothing
/// else is read: memory holds one batch, whatever waits in Kafka.
async fn read(
    studio: &Studio,
    subscription: &Subscription,
    take: Take,
    problem: &watch::Sender<Option<String>>,
    stop: &CancellationToken,
) -> Result<()> {
    let mut pause = Pause::new();
    while let Some(batch) = stop.run_until_cancelled(subscription.next()).await {
        let batch = batch?;
        let payloads: Vec<&[u8]> = batch.payloads.iter().map(Vec::as_slice).collect();
        match take(studio, &payloads).await {
            Ok(()) => {
                pause.reset();
                problem.send_replace(None);
                if let Err(error) = subscription.commit(&batch).await {
                    // They are taken in; that they may come again is what taking twice is for.
                    tracing::info!(error = words(&error), "a batch may be read again");
                }
            }
            Err(error) => {
                problem.send_replace(Some(words(&error)));
                subscription.step_back(&batch).await?;
                pause.wait(stop).await;
            }
        }
    }
    Ok(())
}

/// Reports how far behind the group is, and what keeps it.
async fn watch_over(
    subscription: &Subscription,
    reporter: &mut Reporter<'_>,
    problem: watch::Receiver<Option<String>>,
) {
    let mut tick = interval(EVERY);
    loop {
        tick.tick().await;
        let waiting = subscription.waiting().await;
        let problem = problem.borrow().clone();
        match (problem, waiting) {
            (Some(problem), _) => reporter.stands(problem).await,
            (None, Ok(waiting)) => reporter.flows(Some(waiting)).await,
            (None, Err(error)) => reporter.stands(words(&error)).await,
        }
    }
}
