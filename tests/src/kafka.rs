//! Kafka as others use it: a broker of a test's own, messages that others send, and what they find.

use std::{
    collections::HashMap,
    path::Path,
    time::{Duration, Instant},
};

use rdkafka::{
    ClientConfig, Message as _, Offset, TopicPartitionList,
    admin::{AdminClient, AdminOptions, NewTopic, TopicReplication},
    client::DefaultClientContext,
    consumer::{BaseConsumer, Consumer as _},
    metadata::MetadataTopic,
    producer::{FutureProducer, FutureRecord},
};
use serde_json::Value;

use crate::{
    eventually,
    gate::Gate,
    processes::{Process, free_port},
    servers,
};

const PATIENCE: Duration = Duration::from_secs(10);

/// A broker of a test's own behind a gate: it tells its clients to connect to the gate, so that none goes
/// around it.
pub struct Broker {
    /// Shut it, and the broker is away.
    pub gate: Gate,
    _process: Process,
}

impl Broker {
    /// Starts one; what it says goes into `folder`.
    pub async fn start(folder: &Path) -> Self {
        let address = format!("127.0.0.1:{}", free_port());
        let gate = Gate::before([address.clone()]).await;
        let (listens, told) = (format!("tcp://{address}"), format!("tcp://{}", gate.address));
        let arguments = ["broker", "--listener-url", &listens, "--advertised-listener-url", &told];
        let log = folder.join("kafka.log");
        let program = servers::kafka_program();
        let process = Process::start_program(&program, &arguments, &HashMap::new(), &log);
        eventually("the broker listens", async || {
            tokio::net::TcpStream::connect(&address).await.ok().map(drop)
        })
        .await;
        Self { gate, _process: process }
    }

    /// Where clients connect.
    pub fn address(&self) -> String {
        self.gate.address.to_string()
    }
}

/// A message as it lies in a topic.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its key.
    pub key: String,
    /// What it says.
    pub payload: Value,
}

/// Makes a topic of several partitions.
pub async fn create_topic(brokers: &str, topic: &str, partitions: i32) {
    let client: AdminClient<DefaultClientContext> = client(brokers).create().expect("a client");
    let topic = NewTopic::new(topic, partitions, TopicReplication::Fixed(1));
    let options = AdminOptions::new().request_timeout(Some(PATIENCE));
    let made = client.create_topics([&topic], &options).await.expect("the broker answers");
    assert!(made.iter().all(Result::is_ok), "the topic is made: {made:?}");
}

/// Sends messages, spread over the partitions.
pub async fn send(brokers: &str, topic: &str, payloads: &[Vec<u8>]) {
    let producer: FutureProducer = client(brokers).create().expect("a client");
    let sending = payloads.iter().enumerate().map(|(number, payload)| {
        let key = number.to_string();
        let producer = producer.clone();
        async move {
            let record = FutureRecord::to(topic).key(&key).payload(payload);
            producer.send(record, PATIENCE).await.expect("the broker takes the message");
        }
    });
    futures::future::join_all(sending).await;
}

/// Everything that lies in a topic, each partition in its order.
pub async fn all(brokers: &str, topic: &str) -> Vec<Found> {
    let (client, topic) = (client(brokers), topic.to_owned());
    let read = tokio::task::spawn_blocking(move || read(&client, &topic));
    read.await.expect("the topic can be read")
}

/// How many messages a second can be read of a topic when they are forgotten at once.
pub async fn reading_alone(brokers: &str, topic: &str) -> f64 {
    let (client, topic) = (client(brokers), topic.to_owned());
    let read = tokio::task::spawn_blocking(move || {
        let (consumer, there) = at_the_beginning(&client, &topic);
        let message = || consumer.poll(PATIENCE).expect("there is more").expect("a message");
        message();
        let begun = Instant::now();
        for _ in 1..there {
            message();
        }
        f64::from(there) / begun.elapsed().as_secs_f64()
    });
    read.await.expect("the topic can be read")
}

fn read(client: &ClientConfig, topic: &str) -> Vec<Found> {
    let (consumer, left) = at_the_beginning(client, topic);
    let found = |_| {
        let message = consumer.poll(PATIENCE).expect("there is more").expect("a message");
        Found {
            key: String::from_utf8_lossy(message.key().unwrap_or_default()).into_owned(),
            payload: serde_json::from_slice(message.payload().unwrap_or_default())
                .unwrap_or_default(),
        }
    };
    (0..left).map(found).collect()
}

/// A reader of all partitions, and how many messages lie in them.
fn at_the_beginning(client: &ClientConfig, topic: &str) -> (BaseConsumer, u32) {
    let consumer: BaseConsumer = client.create().expect("a client");
    let metadata = consumer.fetch_metadata(Some(topic), PATIENCE).expect("the broker answers");
    let (mut from, mut left) = (TopicPartitionList::new(), 0);
    for partition in metadata.topics().iter().flat_map(MetadataTopic::partitions) {
        let (first, next) = consumer
            .fetch_watermarks(topic, partition.id(), PATIENCE)
            .expect("the broker knows the partition");
        from.add_partition_offset(topic, partition.id(), Offset::Beginning).expect("an offset");
        left += next - first;
    }
    consumer.assign(&from).expect("partitions to read");
    (consumer, u32::try_from(left).expect("a count"))
}

fn client(brokers: &str) -> ClientConfig {
    let mut client = ClientConfig::new();
    client.set("bootstrap.servers", brokers).set("group.id", "tests");
    client.set("enable.auto.commit", "false");
    client
}
