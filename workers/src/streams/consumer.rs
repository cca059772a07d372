//! Reads engagement events: a batch is committed to Kafka after what it says is committed to Postgres.

use std::mem;

use futures::{
    StreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use studio::{
    Error, Result, Studio,
    streams::{Batch, Kafka, Stream, Subscription},
};
use tokio::{sync::watch, time::interval};
use tokio_util::sync::CancellationToken;

use super::{
    pause::Pause,
    reporting::{EVERY, Reporter, words},
};

/// Takes in the payloads of a batch, for good: when it returns well they are never read again. It may be
/// called twice with the same ones, and with other ones meanwhile. An error says "not now", never "not
/// these": a payload that is no good is its to set aside.
pub type Take = for<'a> fn(&'a Studio, Vec<Vec<u8>>) -> BoxFuture<'a, Result<()>>;

/// How many batches are taken in at once: while one waits for the database, the next is read and judged.
const AT_ONCE: usize = 2;

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
    let reading = Reading { studio, subscription, take, problem, stop };
    tokio::select! {
        ended = reading.read() => ended,
        () = watch_over(subscription, reporter, seen) => Ok(()),
    }
}

/// A member of the group that reads, and what becomes of what it reads.
struct Reading<'a> {
    studio: &'a Studio,
    subscription: &'a Subscription,
    take: Take,
    problem: watch::Sender<Option<String>>,
    stop: &'a CancellationToken,
}

impl Reading<'_> {
    /// What cannot be taken in now is read again after a pause, in which nothing else is read: memory holds
    /// a few batches, whatever waits in Kafka.
    async fn read(&self) -> Result<()> {
        let mut pause = Pause::new();
        while let Some(error) = self.flow(&mut pause).await? {
            self.problem.send_replace(Some(words(&error)));
            self.subscription.step_back().await?;
            pause.wait(self.stop).await;
        }
        Ok(())
    }

    /// Takes batches in and commits them in their order, until asked to stop; or until one cannot be taken
    /// in: then it says why.
    async fn flow(&self, pause: &mut Pause) -> Result<Option<Error>> {
        let mut taken = self.taken();
        while let Some(batch) = taken.next().await {
            let (batch, outcome) = batch?;
            if let Err(error) = outcome {
                return Ok(Some(error));
            }
            pause.reset();
            self.problem.send_replace(None);
            if let Err(error) = self.subscription.commit(&batch).await {
                // They are taken in; that they may come again is what taking twice is for.
                tracing::info!(error = words(&error), "a batch may be read again");
            }
        }
        Ok(None)
    }

    /// Batches in the order in which they were read, each with what became of it.
    fn taken(&self) -> BoxStream<'_, Result<(Batch, Result<()>)>> {
        let batches = stream::unfold((), |()| self.next());
        batches.map(|batch| self.take_in(batch)).buffered(AT_ONCE).boxed()
    }

    /// The next batch, unless asked to stop.
    async fn next(&self) -> Option<(Result<Batch>, ())> {
        Some((self.stop.run_until_cancelled(self.subscription.next()).await?, ()))
    }

    async fn take_in(&self, batch: Result<Batch>) -> Result<(Batch, Result<()>)> {
        let mut batch = batch?;
        let payloads = mem::take(&mut batch.payloads);
        let outcome = (self.take)(self.studio, payloads).await;
        Ok((batch, outcome))
    }
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
