//! [`Publisher`]: sends messages, and says of each whether the brokers have it.

use futures::future::join_all;
use rdkafka::{
    ClientConfig,
    producer::{FutureProducer, FutureRecord},
};

use super::{
    Kafka,
    client_log::ClientLog,
    kafka::{PATIENCE, away},
};
use crate::Result;

/// For how long a message is tried before it counts as not sent.
const TRYING: &str = "10000";

/// A message to send.
#[derive(Debug, Clone)]
pub struct Message {
    /// Messages of one key keep their order.
    pub key: String,
    /// What it says.
    pub payload: Vec<u8>,
}

/// Sends messages to one topic. A message counts as sent when all replicas that are in step have it, and
/// trying again within this publisher repeats none.
pub struct Publisher {
    producer: FutureProducer<ClientLog>,
    topic: String,
}

impl Publisher {
    /// A publisher to `topic`; connects at its first use.
    ///
    /// # Errors
    /// Settings that the client refuses.
    pub fn to(kafka: &Kafka, topic: &str) -> Result<Self> {
        let mut client: ClientConfig = kafka.client();
        client
            .set("enable.idempotence", "true")
            .set("acks", "all")
            .set("compression.type", "lz4")
            .set("linger.ms", "5")
            .set("message.timeout.ms", TRYING);
        let producer = client.create_with_context(ClientLog).map_err(away)?;
        Ok(Self { producer, topic: topic.to_owned() })
    }

    /// Sends all, and gives for each of them whether it is there.
    pub async fn send(&self, messages: &[Message]) -> Vec<Result<()>> {
        join_all(messages.iter().map(|message| self.send_one(message))).await
    }

    async fn send_one(&self, message: &Message) -> Result<()> {
        let record =
            FutureRecord::to(&self.topic).key(&message.key).payload(message.payload.as_slice());
        let sent = self.producer.send(record, PATIENCE).await;
        sent.map(|_| ()).map_err(|(error, _)| away(error))
    }
}
