//! Configuration: environment variables in, a validated [`Config`] out.
//!
//! Every variable starts with `CREATOR_STUDIO_`. `creator-studio doctor --variables` prints this page.

use std::{net::SocketAddr, time::Duration};

use confique::{
    Config as _,
    meta::{FieldKind, LeafKind, Meta},
};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;
use url::Url;

/// Where this process runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// A developer's machine: demo accounts are allowed.
    Development,
    /// The test suite.
    Test,
    /// For real people: cookies are `Secure`, demo accounts are refused.
    Production,
}

/// How the object store encrypts what it keeps (S3 server-side encryption).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Encryption {
    /// The store encrypts its own files, or nothing does.
    #[serde(rename = "none")]
    None,
    /// SSE-S3.
    AES256,
    /// SSE-KMS with the bucket's default key.
    #[serde(rename = "aws:kms")]
    Kms,
}

/// Everything that a process needs to know from outside.
#[derive(Debug, Clone, confique::Config)]
pub struct Config {
    /// development, test or production.
    #[config(env = "CREATOR_STUDIO_ENV", default = "production")]
    pub environment: Environment,
    /// The address on which the API and the portal listen.
    #[config(env = "CREATOR_STUDIO_LISTEN", default = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The address under which people reach the portal; links in mails begin with it.
    #[config(env = "CREATOR_STUDIO_PUBLIC_URL", default = "http://127.0.0.1:8080")]
    pub public_url: Url,
    /// The address on which a worker serves `/metrics`; none: it serves none.
    #[config(env = "CREATOR_STUDIO_METRICS_LISTEN")]
    pub metrics_listen: Option<SocketAddr>,
    /// Whether `X-Forwarded-For` of the peer is believed (only behind a proxy of ours).
    #[config(env = "CREATOR_STUDIO_TRUST_PROXY", default = false)]
    pub trust_proxy: bool,
    /// After how many seconds without a heartbeat a worker's jobs are given to another.
    #[config(env = "CREATOR_STUDIO_LEASE_SECONDS", default = 15)]
    pub lease_seconds: u64,
    /// Postgres.
    #[config(nested)]
    pub postgres: Postgres,
    /// Redis.
    #[config(nested)]
    pub redis: Redis,
    /// The MongoDB-protocol server.
    #[config(nested)]
    pub mongo: Mongo,
    /// The S3 store.
    #[config(nested)]
    pub s3: S3,
    /// Kafka.
    #[config(nested)]
    pub kafka: Kafka,
    /// Outgoing mail.
    #[config(nested)]
    pub mail: Mail,
    /// The platform's VOD service.
    #[config(nested)]
    pub vod: Vod,
    /// Accounts and their proofs.
    #[config(nested)]
    pub accounts: Accounts,
    /// Uploads and content.
    #[config(nested)]
    pub content: Content,
    /// Engagement and figures.
    #[config(nested)]
    pub analytics: Analytics,
}

/// Postgres, the source of truth.
#[derive(Debug, Clone, confique::Config)]
pub struct Postgres {
    /// `postgres://user:password@host:port/database`.
    #[config(env = "CREATOR_STUDIO_DATABASE_URL")]
    pub url: SecretString,
    /// The most connections that one process opens.
    #[config(env = "CREATOR_STUDIO_DATABASE_CONNECTIONS", default = 16)]
    pub connections: u32,
}

/// Redis: sessions, rate limits, live fan-out.
#[derive(Debug, Clone, confique::Config)]
pub struct Redis {
    /// `redis://host:port`.
    #[config(env = "CREATOR_STUDIO_REDIS_URL")]
    pub url: SecretString,
    /// What every key begins with.
    #[config(env = "CREATOR_STUDIO_REDIS_PREFIX", default = "creator-studio")]
    pub prefix: String,
}

/// The MongoDB-protocol server: descriptive fields of content.
#[derive(Debug, Clone, confique::Config)]
pub struct Mongo {
    /// `mongodb://host:port`.
    #[config(env = "CREATOR_STUDIO_MONGO_URL")]
    pub url: SecretString,
    /// The database.
    #[config(env = "CREATOR_STUDIO_MONGO_DATABASE", default = "creator_studio")]
    pub database: String,
}

/// The S3 store: originals, renditions, thumbnails.
#[derive(Debug, Clone, confique::Config)]
pub struct S3 {
    /// The endpoint; none: the one of AWS for the region.
    #[config(env = "CREATOR_STUDIO_S3_ENDPOINT")]
    pub endpoint: Option<Url>,
    /// The endpoint as clients reach it, where that differs.
    #[config(env = "CREATOR_STUDIO_S3_PUBLIC_ENDPOINT")]
    pub public_endpoint: Option<Url>,
    /// The region.
    #[config(env = "CREATOR_STUDIO_S3_REGION", default = "us-east-1")]
    pub region: String,
    /// The bucket.
    #[config(env = "CREATOR_STUDIO_S3_BUCKET", default = "creator-studio")]
    pub bucket: String,
    /// What every key begins with; empty, or ends in a slash.
    #[config(env = "CREATOR_STUDIO_S3_KEY_PREFIX", default = "")]
    pub key_prefix: String,
    /// The access key; none: the credentials of the machine.
    #[config(env = "CREATOR_STUDIO_S3_ACCESS_KEY")]
    pub access_key: Option<SecretString>,
    /// The secret key.
    #[config(env = "CREATOR_STUDIO_S3_SECRET_KEY")]
    pub secret_key: Option<SecretString>,
    /// Whether the bucket stands in the path (`host/bucket/key`) instead of the host name.
    #[config(env = "CREATOR_STUDIO_S3_PATH_STYLE", default = false)]
    pub path_style: bool,
    /// Server-side encryption to ask for: none, AES256 or aws:kms.
    #[config(env = "CREATOR_STUDIO_S3_ENCRYPTION", default = "AES256")]
    pub encryption: Encryption,
}

/// Kafka: engagement events in, platform events out. Without it, players report by HTTP alone, and
/// platform events wait.
#[derive(Debug, Clone, confique::Config)]
pub struct Kafka {
    /// `host:port` of some brokers, separated by commas, reached in the clear: within one private
    /// network, or by a proxy that speaks TLS for us. None, or empty: no events come or go by Kafka.
    #[config(env = "CREATOR_STUDIO_KAFKA_BROKERS")]
    pub brokers: Option<String>,
    /// The topic from which engagement events are read.
    #[config(env = "CREATOR_STUDIO_KAFKA_EVENTS_TOPIC", default = "engagement-events")]
    pub events_topic: String,
    /// The topic to which platform events are sent.
    #[config(env = "CREATOR_STUDIO_KAFKA_PLATFORM_TOPIC", default = "platform-events")]
    pub platform_topic: String,
    /// The group in which all workers share the partitions of the engagement events.
    #[config(env = "CREATOR_STUDIO_KAFKA_GROUP", default = "creator-studio")]
    pub group: String,
}

/// Outgoing mail.
#[derive(Debug, Clone, confique::Config)]
pub struct Mail {
    /// `smtp://host:port`, or `smtps://user:password@host`.
    #[config(env = "CREATOR_STUDIO_SMTP_URL")]
    pub smtp_url: SecretString,
    /// The sender.
    #[config(env = "CREATOR_STUDIO_MAIL_FROM", default = "Creator Studio <studio@localhost>")]
    pub from: String,
}

/// The platform's VOD service.
#[derive(Debug, Clone, confique::Config)]
pub struct Vod {
    /// Its address.
    #[config(env = "CREATOR_STUDIO_VOD_URL")]
    pub url: Url,
    /// The secret that signs requests to it and webhooks from it.
    #[config(env = "CREATOR_STUDIO_VOD_SECRET")]
    pub secret: SecretString,
    /// Where it reports; none: `/v1/webhooks/vod` under the public address.
    #[config(env = "CREATOR_STUDIO_VOD_CALLBACK_URL")]
    pub callback_url: Option<Url>,
    /// After how many seconds a transcode that nobody heard of again has failed.
    #[config(env = "CREATOR_STUDIO_VOD_DEADLINE_SECONDS", default = 21_600)]
    pub deadline_seconds: u64,
    /// How often, in seconds, a transcode is asked about, should its webhook be lost.
    #[config(env = "CREATOR_STUDIO_VOD_POLL_SECONDS", default = 60)]
    pub poll_seconds: u64,
}

/// Accounts and their proofs.
#[derive(Debug, Clone, confique::Config)]
pub struct Accounts {
    /// The Ed25519 key that signs access tokens, as PKCS#8 PEM.
    #[config(env = "CREATOR_STUDIO_TOKEN_KEY")]
    pub token_key: SecretString,
    /// How long an access token is good, in seconds.
    #[config(env = "CREATOR_STUDIO_ACCESS_TOKEN_SECONDS", default = 900)]
    pub access_token_seconds: u64,
    /// How long a device stays signed in without being used, in seconds.
    #[config(env = "CREATOR_STUDIO_SESSION_SECONDS", default = 2_592_000)]
    pub session_seconds: u64,
}

/// Uploads and content.
#[derive(Debug, Clone, confique::Config)]
pub struct Content {
    /// How many bytes a creator may keep.
    #[config(env = "CREATOR_STUDIO_QUOTA_BYTES", default = 107_374_182_400u64)]
    pub quota_bytes: u64,
    /// After how many seconds an upload that gets no part is given up.
    #[config(env = "CREATOR_STUDIO_UPLOAD_EXPIRY_SECONDS", default = 604_800)]
    pub upload_expiry_seconds: u64,
    /// How long a signed address is good, in seconds.
    #[config(env = "CREATOR_STUDIO_SIGNED_URL_SECONDS", default = 3_600)]
    pub signed_url_seconds: u64,
    /// How many days deleted content can be restored.
    #[config(env = "CREATOR_STUDIO_RETENTION_DAYS", default = 30)]
    pub retention_days: u32,
}

/// Engagement and figures.
#[derive(Debug, Clone, confique::Config)]
pub struct Analytics {
    /// How many days events are kept and may come late. Figures are kept for good.
    #[config(env = "CREATOR_STUDIO_EVENT_RETENTION_DAYS", default = 35)]
    pub event_retention_days: u32,
    /// How many seconds after its end a day's count is late.
    #[config(env = "CREATOR_STUDIO_ANALYTICS_LATE_AFTER_SECONDS", default = 10_800)]
    pub late_after_seconds: u64,
}

/// The environment does not make a usable configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A variable is missing or malformed.
    #[error(transparent)]
    Unreadable(#[from] confique::Error),
    /// Variables that are right by themselves do not fit together.
    #[error("{0}")]
    Contradiction(&'static str),
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// Names the variable that is missing, malformed or at odds with another.
    pub fn from_env() -> Result<Self, ConfigError> {
        let config = Self::builder().env().load()?;
        config.check()?;
        Ok(config)
    }

    /// Every variable with what it means and what it is when nobody says, for people.
    pub fn describe() -> String {
        let mut text = String::new();
        describe(&Self::META, &mut text);
        text
    }

    fn check(&self) -> Result<(), ConfigError> {
        let wrong = |because| Err(ConfigError::Contradiction(because));
        if !self.s3.key_prefix.is_empty() && !self.s3.key_prefix.ends_with('/') {
            return wrong("CREATOR_STUDIO_S3_KEY_PREFIX must be empty or end in a slash");
        }
        if self.s3.access_key.is_some() != self.s3.secret_key.is_some() {
            return wrong("CREATOR_STUDIO_S3_ACCESS_KEY and _SECRET_KEY go together");
        }
        if !(2..=55).contains(&self.analytics.event_retention_days) {
            return wrong("CREATOR_STUDIO_EVENT_RETENTION_DAYS must be from 2 to 55");
        }
        if self.lease_seconds == 0 {
            return wrong("CREATOR_STUDIO_LEASE_SECONDS must be at least 1");
        }
        if self.environment == Environment::Production && self.public_url.scheme() != "https" {
            return wrong("in production CREATOR_STUDIO_PUBLIC_URL must begin with https://");
        }
        Ok(())
    }

    /// How long a worker's jobs stay its own without a heartbeat.
    pub const fn lease(&self) -> Duration {
        Duration::from_secs(self.lease_seconds)
    }
}

fn describe(meta: &Meta, text: &mut String) {
    for field in meta.fields {
        match field.kind {
            FieldKind::Nested { meta } => describe(meta, text),
            FieldKind::Leaf { env: Some(name), kind } => {
                let otherwise = match kind {
                    LeafKind::Required { default: Some(value) } => {
                        format!("default {}", json!(value))
                    }
                    LeafKind::Required { default: None } => "required".to_owned(),
                    LeafKind::Optional => "optional".to_owned(),
                };
                let meaning = field.doc.join(" ");
                text.extend([name, " (", &otherwise, ")\n   ", &meaning, "\n"]);
            }
            FieldKind::Leaf { env: None, .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variable_is_described_with_its_default() {
        let text = Config::describe();
        assert!(text.contains("CREATOR_STUDIO_LEASE_SECONDS (default 15)"), "{text}");
        assert!(text.contains("CREATOR_STUDIO_DATABASE_URL (required)"), "{text}");
        assert!(text.contains("CREATOR_STUDIO_S3_ENDPOINT (optional)"), "{text}");
    }
}
