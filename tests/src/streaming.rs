//! The streams of the workers inside a test, and a table that keeps what was read.

use futures::future::BoxFuture;
use studio::{Result, Studio};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use workers::streams;

/// A stream that runs until it is stopped.
pub struct Streaming {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Streaming {
    /// Sends platform events.
    pub fn relay(studio: &Studio) -> Self {
        Self::run(studio, async |studio, stop| {
            let kafka = studio.kafka.clone().expect("Kafka is configured");
            streams::relay(&studio, &kafka, &stop).await;
        })
    }

    /// Reads engagement events and keeps them.
    pub fn consume(studio: &Studio) -> Self {
        Self::run(studio, consume)
    }

    fn run<F>(studio: &Studio, work: impl FnOnce(Studio, CancellationToken) -> F) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let stop = CancellationToken::new();
        Self { task: tokio::spawn(work(studio.clone(), stop.clone())), stop }
    }

    /// Asks it to stop, and waits until it did.
    pub async fn stop(self) {
        self.stop.cancel();
        self.task.await.expect("it ends in order");
    }
}

/// Reads engagement events until asked to stop, and keeps them as [`take`] does.
pub async fn consume(studio: Studio, stop: CancellationToken) {
    let kafka = studio.kafka.clone().expect("Kafka is configured");
    streams::consume(&studio, &kafka, take, &stop).await;
}

/// Keeps each payload in a row, with how often it came; fails where the table is not there (yet).
pub fn take(studio: &Studio, payloads: Vec<Vec<u8>>) -> BoxFuture<'_, Result<()>> {
    Box::pin(async move {
        let mut tx = studio.db.begin().await?;
        for payload in payloads {
            sqlx::query(
                "insert into taken (payload) values ($1)
                on conflict (payload) do update set times = taken.times + 1",
            )
            .bind(payload)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(())
    })
}

/// Makes the table of [`take`].
pub async fn make_room(studio: &Studio) {
    let table = "create table taken (payload bytea primary key, times int not null default 1)";
    sqlx::query(table).execute(&studio.db).await.expect("a table of the test");
}

/// Every payload that was taken, with how often.
pub async fn taken(studio: &Studio) -> Vec<(Vec<u8>, i32)> {
    sqlx::query_as("select payload, times from taken order by payload")
        .fetch_all(&studio.db)
        .await
        .expect("the table of the test")
}
