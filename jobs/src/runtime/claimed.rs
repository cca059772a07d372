use std::sync::Arc;

use sqlx::PgPool;
use uuid::Uuid;

use crate::{JobId, finish::Held};

/// A job that this process has fetched and holds.
#[derive(Debug)]
pub(crate) struct Claimed {
    pub id: Uuid,
    pub queue: &'static str,
    pub session: i64,
    pub args: String,
    /// Attempts ever started, this one included.
    pub attempt: i32,
    /// Those of them that do not count against the limit.
    pub attempts_before: i32,
    pub traceparent: Option<String>,
    pub unique_key: Option<Arc<str>>,
    pub run: Option<Uuid>,
    /// For work that the engine itself does around a job.
    pub db: PgPool,
}

impl Claimed {
    pub fn held(&self) -> Held {
        Held {
            job: JobId(self.id),
            session: Some(self.session),
            unique_key: self.unique_key.clone(),
        }
    }

    /// Which attempt this is among those that count, from 1.
    pub fn number(&self) -> u16 {
        u16::try_from(self.attempt - self.attempts_before).unwrap_or(1).max(1)
    }
}
