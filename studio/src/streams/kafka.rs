//! [`Kafka`]: how this process reaches the brokers.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use rdkafka::{
    ClientConfig,
    admin::{AdminClient, AdminOptions, NewTopic, TopicReplication},
    client::DefaultClientContext,
    config::RDKafkaLogLevel,
    consumer::{BaseConsumer, Consumer as _},
    error::{KafkaError, RDKafkaErrorCode},
};

use super::client_log::ClientLog;
use crate::{Dependency, Error, Result, config};

/// How long one question to the brokers may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);
/// How long making a topic may take.
const MAKING: Duration = Duration::from_secs(10);
/// "As the brokers are configured", for the number of partitions and of replicas.
const AS_CONFIGURED: i32 = -1;

/// The way to the brokers. Cheap to clone; connects at its first use.
#[derive(Clone)]
pub struct Kafka {
    known: Arc<Known>,
}

struct Known {
    settings: config::Kafka,
    brokers: String,
    /// Asks whether the brokers are there; kept, for connecting costs more than the question.
    asking: OnceLock<Arc<BaseConsumer<ClientLog>>>,
}

impl Kafka {
    /// The way to the brokers of these settings; none if they name none.
    pub fn of(settings: &config::Kafka) -> Option<Self> {
        let brokers = settings.brokers.clone().filter(|brokers| !brokers.trim().is_empty())?;
        let known = Known { settings: settings.clone(), brokers, asking: OnceLock::new() };
        Some(Self { known: Arc::new(known) })
    }

    /// The topics and the group.
    pub fn settings(&self) -> &config::Kafka {
        &self.known.settings
    }

    /// Asks the brokers whether they are there.
    ///
    /// # Errors
    /// They are not.
    pub async fn reach(&self) -> Result<()> {
        let asking = self.asking()?;
        let topic = self.known.settings.platform_topic.clone();
        blocking(move || asking.fetch_metadata(Some(&topic), PATIENCE)).await?;
        Ok(())
    }

    /// Makes a topic, as the brokers are configured, unless it is there.
    ///
    /// # Errors
    /// The brokers are away, or this process may not make topics and it is missing.
    pub async fn ensure_topic(&self, name: &str) -> Result<()> {
        let client: AdminClient<DefaultClientContext> = self.client().create().map_err(away)?;
        let topic = NewTopic::new(name, AS_CONFIGURED, TopicReplication::Fixed(AS_CONFIGURED));
        let options = AdminOptions::new().request_timeout(Some(MAKING));
        let made = client.create_topics([&topic], &options).await.map_err(away)?;
        match made.into_iter().next() {
            Some(Err((_, RDKafkaErrorCode::TopicAlreadyExists)) | Ok(_)) | None => Ok(()),
            Some(Err((_, code))) => Err(away(KafkaError::AdminOp(code))),
        }
    }

    /// What every client of ours is made with.
    pub(super) fn client(&self) -> ClientConfig {
        let mut client = ClientConfig::new();
        client
            .set("bootstrap.servers", &self.known.brokers)
            .set("client.id", "creator-studio")
            // A broker that is back is found again within seconds.
            .set("reconnect.backoff.max.ms", "2000")
            .set("topic.metadata.refresh.interval.ms", "30000")
            .set_log_level(RDKafkaLogLevel::Warning);
        client
    }

    fn asking(&self) -> Result<Arc<BaseConsumer<ClientLog>>> {
        if let Some(asking) = self.known.asking.get() {
            return Ok(asking.clone());
        }
        let made = self.client().create_with_context(ClientLog).map_err(away)?;
        Ok(self.known.asking.get_or_init(|| Arc::new(made)).clone())
    }
}

/// Runs what the client library does only while its caller waits.
pub(super) async fn blocking<T: Send + 'static>(
    ask: impl FnOnce() -> Result<T, KafkaError> + Send + 'static,
) -> Result<T> {
    let answer = tokio::task::spawn_blocking(ask).await;
    answer.map_err(|e| Error::internal("asking Kafka", e))?.map_err(away)
}

/// Whatever the client says of the brokers is an outage: it goes on by itself, or an operator must look.
pub(super) fn away(error: KafkaError) -> Error {
    Error::unavailable(Dependency::Kafka, error)
}
