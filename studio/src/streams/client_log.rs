//! What the Kafka client says by itself.

use std::sync::atomic::{AtomicU64, Ordering};

use rdkafka::{
    ClientContext,
    config::RDKafkaLogLevel,
    consumer::{BaseConsumer, ConsumerContext, Rebalance},
    error::KafkaError,
};

/// Keeps the client's own lines for those who look for them: while a broker is away it repeats itself
/// every second, and whoever uses the client says once that it is.
#[derive(Debug, Default)]
pub(super) struct ClientLog;

impl ClientContext for ClientLog {
    fn log(&self, _: RDKafkaLogLevel, facility: &str, text: &str) {
        tracing::debug!(target: "kafka", facility, "{text}");
    }

    fn error(&self, error: KafkaError, reason: &str) {
        tracing::debug!(target: "kafka", %error, "{reason}");
    }
}

impl ConsumerContext for ClientLog {}

/// The same for a member of a group, which also counts how often partitions were taken from it.
#[derive(Debug, Default)]
pub(super) struct Membership {
    log: ClientLog,
    revocations: AtomicU64,
}

impl Membership {
    /// How often partitions were taken from this member: what it read before is somebody's to read again.
    pub fn revocations(&self) -> u64 {
        self.revocations.load(Ordering::Acquire)
    }
}

impl ClientContext for Membership {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, text: &str) {
        self.log.log(level, facility, text);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        self.log.error(error, reason);
    }
}

impl ConsumerContext for Membership {
    fn pre_rebalance(&self, _: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        tracing::debug!(?rebalance, "partitions are shared out anew");
        if !matches!(rebalance, Rebalance::Assign(_)) {
            self.revocations.fetch_add(1, Ordering::AcqRel);
        }
    }
}
