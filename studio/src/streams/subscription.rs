//! [`Subscription`]: reads a topic as one of a group, a batch at a time.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use rdkafka::{
    ClientConfig, Message as _, Offset, TopicPartitionList,
    consumer::{CommitMode, Consumer as _, StreamConsumer},
    error::{KafkaError, RDKafkaErrorCode},
    message::BorrowedMessage,
    metadata::MetadataTopic,
    topic_partition_list::TopicPartitionListElem,
};

use super::{
    Kafka,
    client_log::Membership,
    kafka::{PATIENCE, away, blocking},
    progress::Progress,
};
use crate::Result;

/// The most messages of a batch.
const MOST: usize = 5_000;
/// After so many bytes a batch is full.
const FULL: usize = 2 << 20;
/// How long a batch that is not full waits for more.
const LINGER: Duration = Duration::from_millis(200);
/// What the client reads ahead, in kilobytes: with it and one batch, memory has a bound.
const READ_AHEAD: &str = "8192";
/// Brokers refuse members that promise to be heard of more often.
const SHORTEST_SESSION: Duration = Duration::from_secs(6);

/// A member of a group that shares the partitions of a topic.
pub struct Subscription {
    consumer: Arc<StreamConsumer<Membership>>,
    topic: String,
    progress: Progress,
}

/// Messages in the order in which they were read; each partition's in its own order.
pub struct Batch {
    /// What they say.
    pub payloads: Vec<Vec<u8>>,
    bytes: usize,
    /// Of each partition, the message after the last.
    next: BTreeMap<i32, i64>,
    /// Of the sharing out under which they were read.
    revocations: u64,
}

impl Subscription {
    /// Joins the group of the settings. A member that is not heard of for so long loses its partitions.
    ///
    /// # Errors
    /// Settings that the client refuses.
    pub fn join(kafka: &Kafka, topic: &str, silence: Duration) -> Result<Self> {
        let session = silence.max(SHORTEST_SESSION).as_millis().to_string();
        let mut client: ClientConfig = kafka.client();
        client
            .set("group.id", &kafka.settings().group)
            .set("session.timeout.ms", session)
            .set("enable.auto.commit", "false")
            .set("enable.auto.offset.store", "false")
            // Who has no position yet begins with what has been waiting longest.
            .set("auto.offset.reset", "earliest")
            // All partitions are given up before they are shared out anew: see `Batch::revocations`.
            .set("partition.assignment.strategy", "range,roundrobin")
            .set("queued.max.messages.kbytes", READ_AHEAD)
            // When that is full, the client looks so often (ms) whether there is room again: by default a second.
            .set("fetch.queue.backoff.ms", "10")
            .set("fetch.max.bytes", FULL.to_string())
            .set("fetch.message.max.bytes", FULL.to_string());
        let consumer: StreamConsumer<Membership> =
            client.create_with_context(Membership::default()).map_err(away)?;
        consumer.subscribe(&[topic]).map_err(away)?;
        Ok(Self {
            consumer: Arc::new(consumer),
            topic: topic.to_owned(),
            progress: Progress::default(),
        })
    }

    /// Waits for messages and gives those that are there, until a batch is full. Whoever stops waiting
    /// loses what was collected for this member: it has to leave, or [`step_back`](Self::step_back).
    ///
    /// # Errors
    /// What the brokers say of the topic. Brokers that are away are waited for.
    pub async fn next(&self) -> Result<Batch> {
        let mut batch = Batch::new(self.revocations());
        self.collect(&mut batch, &self.receive().await.map_err(away)?);
        let enough = tokio::time::sleep(LINGER);
        tokio::pin!(enough);
        while !batch.is_full() {
            let message = tokio::select! {
                message = self.receive() => message,
                () = &mut enough => break,
            };
            match message {
                Ok(message) => self.collect(&mut batch, &message),
                // It will be said again, when there is no batch to hand over.
                Err(_) => break,
            }
        }
        Ok(batch)
    }

    /// Says that a batch has been taken in: after a crash nobody reads it again. Batches are committed in
    /// the order in which they were read. Of partitions that somebody else reads by now, nothing is said.
    ///
    /// # Errors
    /// The brokers are away, or count this member out; then the batch is read again.
    pub async fn commit(&self, batch: &Batch) -> Result<()> {
        if batch.revocations != self.revocations() {
            return Ok(());
        }
        for (partition, next) in &batch.next {
            self.progress.taken(batch.revocations, *partition, *next);
        }
        let positions = self.list(&batch.next).map_err(away)?;
        let consumer = self.consumer.clone();
        blocking(move || consumer.commit(&positions, CommitMode::Sync)).await
    }

    /// Reads on with the first messages that were not committed here, whatever was read since.
    ///
    /// # Errors
    /// It cannot; then only a new member reads them again.
    pub async fn step_back(&self) -> Result<()> {
        let positions = self.progress.positions(self.revocations());
        if positions.is_empty() {
            return Ok(()); // whoever has the partitions now begins with what was not committed
        }
        let positions = self.list(&positions).map_err(away)?;
        let consumer = self.consumer.clone();
        blocking(move || {
            let positions = consumer.seek_partitions(positions, PATIENCE)?;
            positions.elements().iter().try_for_each(TopicPartitionListElem::error)
        })
        .await
    }

    /// How many messages of the topic the group has not said it took in.
    ///
    /// # Errors
    /// The brokers are away.
    pub async fn waiting(&self) -> Result<i64> {
        let (consumer, topic) = (self.consumer.clone(), self.topic.clone());
        blocking(move || waiting(&consumer, &topic)).await
    }

    /// Leaves the group, so that the others need not wait to learn it.
    pub async fn leave(self) {
        // The client says goodbye while it is dropped, and waits for the answer.
        let left = tokio::task::spawn_blocking(move || drop(self)).await;
        if let Err(error) = left {
            tracing::warn!(%error, "the group could not be left; it will notice");
        }
    }

    /// The next message. A broker that cannot be reached is no answer: the client finds it again.
    async fn receive(&self) -> Result<BorrowedMessage<'_>, KafkaError> {
        const COMES_BACK: [RDKafkaErrorCode; 3] = [
            RDKafkaErrorCode::BrokerTransportFailure,
            RDKafkaErrorCode::AllBrokersDown,
            RDKafkaErrorCode::Resolve,
        ];
        loop {
            match self.consumer.recv().await {
                Err(KafkaError::MessageConsumption(code)) if COMES_BACK.contains(&code) => {}
                answer => return answer,
            }
        }
    }

    fn revocations(&self) -> u64 {
        self.consumer.context().revocations()
    }

    fn collect(&self, batch: &mut Batch, message: &BorrowedMessage<'_>) {
        let revocations = self.revocations();
        self.progress.read(revocations, message.partition(), message.offset());
        batch.add(message, revocations);
    }

    fn list(&self, positions: &BTreeMap<i32, i64>) -> Result<TopicPartitionList, KafkaError> {
        let mut list = TopicPartitionList::with_capacity(positions.len());
        for (partition, offset) in positions {
            list.add_partition_offset(&self.topic, *partition, Offset::Offset(*offset))?;
        }
        Ok(list)
    }
}

impl Batch {
    fn new(revocations: u64) -> Self {
        Self { payloads: Vec::new(), bytes: 0, next: BTreeMap::new(), revocations }
    }

    /// How many bytes its messages have.
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// When partitions were taken away since the last message, what was collected before is read again by
    /// whoever has them now, this member too.
    fn add(&mut self, message: &BorrowedMessage<'_>, revocations: u64) {
        if revocations != self.revocations {
            *self = Self::new(revocations);
        }
        let payload = message.payload().unwrap_or_default().to_vec();
        self.bytes += payload.len();
        self.payloads.push(payload);
        self.next.insert(message.partition(), message.offset() + 1);
    }

    fn is_full(&self) -> bool {
        self.payloads.len() >= MOST || self.bytes >= FULL
    }
}

fn waiting(consumer: &StreamConsumer<Membership>, topic: &str) -> Result<i64, KafkaError> {
    let metadata = consumer.fetch_metadata(Some(topic), PATIENCE)?;
    let mut positions = TopicPartitionList::new();
    for partition in metadata.topics().iter().flat_map(MetadataTopic::partitions) {
        positions.add_partition(topic, partition.id());
    }
    let committed = consumer.committed_offsets(positions, PATIENCE)?;
    let mut waiting = 0;
    for partition in committed.elements() {
        let (oldest, next) = consumer.fetch_watermarks(topic, partition.partition(), PATIENCE)?;
        let position = partition.offset().to_raw().filter(|offset| *offset >= oldest);
        waiting += next - position.unwrap_or(oldest).min(next);
    }
    Ok(waiting)
}
