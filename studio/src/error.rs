//! Why a use case did not do what was asked. Knows no HTTP: the API maps it once.

use std::error::Error as StdError;

use crate::Refusal;

/// The result of a use case or a store.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A server that the product depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dependency {
    /// Postgres: the source of truth.
    Postgres,
    /// Redis: sessions, rate limits, live fan-out.
    Redis,
    /// The MongoDB-protocol server: descriptive fields of content.
    Mongo,
    /// The S3 store: bytes.
    ObjectStore,
    /// Kafka: engagement events in, platform events out. May not be configured.
    Kafka,
    /// The SMTP server.
    Mail,
    /// The platform's VOD service.
    Vod,
}

impl Dependency {
    /// All of them, in the order in which readiness reports them.
    pub const ALL: [Self; 7] = [
        Self::Postgres,
        Self::Redis,
        Self::Mongo,
        Self::ObjectStore,
        Self::Kafka,
        Self::Mail,
        Self::Vod,
    ];

    /// Its name in logs, metrics and `/readyz`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Redis => "redis",
            Self::Mongo => "mongo",
            Self::ObjectStore => "object_store",
            Self::Kafka => "kafka",
            Self::Mail => "mail",
            Self::Vod => "vod",
        }
    }
}

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller can be told why, and what to do.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A server is down or does not answer; the same request may succeed later.
    #[error("{} is unavailable", .dependency.name())]
    Unavailable {
        /// Which server.
        dependency: Dependency,
        /// What its client said. For logs only.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// A defect of ours: the caller is told that it is one, the log is told what.
    #[error("{doing}")]
    Internal {
        /// What we were doing.
        doing: &'static str,
        /// What went wrong. For logs only.
        source: Box<dyn StdError + Send + Sync>,
    },
}

impl Error {
    /// A server did not answer.
    pub fn unavailable(
        dependency: Dependency,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self::Unavailable { dependency, source: source.into() }
    }

    /// Something that should not happen did.
    pub fn internal(
        doing: &'static str,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self::Internal { doing, source: source.into() }
    }

    /// The code of the refusal, if this is one.
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Self::Refused(refusal) => Some(refusal.code.code),
            Self::Unavailable { .. } | Self::Internal { .. } => None,
        }
    }
}

/// A query that failed for want of a connection is an outage; any other failure is a defect.
impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            // An answer that is none: the server went away while it greeted a new connection.
            | sqlx::Error::Protocol(_) => Self::unavailable(Dependency::Postgres, error),
            // 57P01..57P03: the server is shutting down or starting; 08xxx: the connection broke.
            sqlx::Error::Database(ref e)
                if e.code().is_some_and(|c| c.starts_with("57P0") || c.starts_with("08")) =>
            {
                Self::unavailable(Dependency::Postgres, error)
            }
            _ => Self::internal("querying Postgres", error),
        }
    }
}

impl From<redis::RedisError> for Error {
    fn from(error: redis::RedisError) -> Self {
        Self::unavailable(Dependency::Redis, error)
    }
}

/// A command that Mongo refused is a defect; everything else (selection, I/O, pools) is an outage.
impl From<mongodb::error::Error> for Error {
    fn from(error: mongodb::error::Error) -> Self {
        use mongodb::error::ErrorKind;
        match *error.kind {
            ErrorKind::Command(_)
            | ErrorKind::Write(_)
            | ErrorKind::InsertMany(_)
            | ErrorKind::BulkWrite(_)
            | ErrorKind::BsonDeserialization(_)
            | ErrorKind::BsonSerialization(_)
            | ErrorKind::InvalidArgument { .. } => Self::internal("talking to Mongo", error),
            _ => Self::unavailable(Dependency::Mongo, error),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::internal("reading or writing JSON of our own", error)
    }
}

impl From<jobs::EnqueueError> for Error {
    fn from(error: jobs::EnqueueError) -> Self {
        match error {
            jobs::EnqueueError::Database(error) => error.into(),
            other => Self::internal("enqueuing a job", other),
        }
    }
}

/// A job that is refused will be refused again; outages and defects are worth another attempt.
impl From<Error> for jobs::Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => {
                let code = refusal.code.code;
                Self::permanent(refusal).code(code)
            }
            Error::Unavailable { dependency, .. } => {
                let code = format!("unavailable.{}", dependency.name());
                Self::retry(error).code(code)
            }
            Error::Internal { .. } => Self::retry(error),
        }
    }
}
