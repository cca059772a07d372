//! [`Studio`]: what every use case needs at hand, the same for the API and the workers.

use std::{str::FromStr, sync::Arc, time::Duration};

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use secrecy::ExposeSecret;
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{
    Dependency, Error, Result,
    accounts::{Keys, Limiter, Passwords, SessionStore},
    analytics::{intake::Intake, realtime::Counters},
    config::Config,
    content::{live::Live, objects::ObjectStore, vod::VodClient},
    notify::Mailer,
    streams::Kafka,
};

/// How long a request waits for a connection before it says that the store is down.
const PATIENCE: Duration = Duration::from_secs(3);

/// The stores, clients and settings of one process. Cheap to clone.
#[derive(Clone)]
pub struct Studio {
    /// The settings.
    pub config: Arc<Config>,
    /// Postgres.
    pub db: PgPool,
    /// Redis; reconnects by itself.
    pub redis: ConnectionManager,
    /// The database of content documents.
    pub mongo: mongodb::Database,
    /// Wakes the workers after a commit that enqueued.
    pub waker: jobs::Waker,
    /// The keys that sign tokens.
    pub keys: Arc<Keys>,
    /// Who is signed in.
    pub sessions: SessionStore,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// Counts attempts.
    pub limits: Limiter,
    /// The way to Kafka, where it is configured.
    pub kafka: Option<Kafka>,
    /// Sends mails.
    pub mailer: Mailer,
    /// Originals, renditions and thumbnails.
    pub objects: ObjectStore,
    /// The platform's VOD service.
    pub vod: VodClient,
    /// Tells whoever is watching that something changed.
    pub live: Live,
    /// Takes the events in that players report.
    pub intake: Intake,
    /// Counts what happens just now.
    pub counters: Counters,
}

impl Studio {
    /// Makes the clients. No server needs to be up: each is met at its first use.
    ///
    /// # Errors
    /// An address that no client can read.
    pub async fn connect(config: Config) -> Result<Self> {
        let redis = redis_manager(&config)?;
        let db = postgres(&config)?;
        let counters = Counters::new(redis.clone(), &config.redis.prefix);
        Ok(Self {
            waker: jobs::Waker::new(&db),
            mongo: mongo(&config).await?,
            keys: Arc::new(Keys::read(&config.accounts.token_key)?),
            sessions: SessionStore::new(
                redis.clone(),
                &config.redis.prefix,
                config.accounts.session_seconds,
            ),
            objects: ObjectStore::connect(&config).await,
            vod: VodClient::connect(&config)?,
            intake: Intake::start(&db, &counters, config.analytics.event_retention_days),
            counters,
            live: Live::new(&config, db.clone(), redis.clone())?,
            db,
            passwords: Passwords::default(),
            limits: Limiter::new(redis.clone(), &config.redis.prefix),
            kafka: Kafka::of(&config.kafka),
            mailer: Mailer::new(&config)?,
            redis,
            config: Arc::new(config),
        })
    }

    /// Makes what the stores need before their first use, besides the schema of Postgres. Safe to
    /// run twice.
    ///
    /// # Errors
    /// A store that is away.
    pub async fn prepare(&self) -> Result<()> {
        self.objects.prepare().await
    }
}

fn postgres(config: &Config) -> Result<PgPool> {
    let options = PgConnectOptions::from_str(config.postgres.url.expose_secret())
        .map_err(|e| Error::internal("reading CREATOR_STUDIO_DATABASE_URL", e))?
        .application_name("creator-studio");
    Ok(PgPoolOptions::new()
        .max_connections(config.postgres.connections)
        .acquire_timeout(PATIENCE)
        .connect_lazy_with(options))
}

fn redis_manager(config: &Config) -> Result<ConnectionManager> {
    let client = redis::Client::open(config.redis.url.expose_secret())
        .map_err(|e| Error::internal("reading CREATOR_STUDIO_REDIS_URL", e))?;
    let settings = ConnectionManagerConfig::new()
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(PATIENCE))
        .set_number_of_retries(1);
    Ok(ConnectionManager::new_lazy_with_config(client, settings)?)
}

async fn mongo(config: &Config) -> Result<mongodb::Database> {
    let mut options = mongodb::options::ClientOptions::parse(config.mongo.url.expose_secret())
        .await
        .map_err(|e| Error::internal("reading CREATOR_STUDIO_MONGO_URL", e))?;
    options.app_name = Some("creator-studio".to_owned());
    options.server_selection_timeout = Some(PATIENCE);
    options.connect_timeout = Some(PATIENCE);
    let client = mongodb::Client::with_options(options)
        .map_err(|e| Error::unavailable(Dependency::Mongo, e))?;
    Ok(client.database(&config.mongo.database))
}
