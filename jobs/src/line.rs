//! A database connection of one's own that heals.

use std::time::Duration;

use sqlx::{ConnectOptions, PgConnection, postgres::PgConnectOptions};

/// One connection, opened when it is first needed and again after it broke.
///
/// The engine's loops do not borrow from a pool: a pool shared with jobs could be exhausted by
/// them, and pools ping their connections between uses, which would double every round trip.
#[derive(Debug)]
pub(crate) struct Line {
    options: PgConnectOptions,
    open: Option<PgConnection>,
    breaks: u32,
}

impl Line {
    pub fn new(options: PgConnectOptions) -> Self {
        Self { options, open: None, breaks: 0 }
    }

    /// The connection, opened if need be.
    pub async fn open(&mut self) -> Result<&mut PgConnection, sqlx::Error> {
        match self.open {
            Some(ref mut open) => Ok(open),
            None => Ok(self.open.insert(self.options.connect().await?)),
        }
    }

    /// Something worked.
    pub fn well(&mut self) {
        self.breaks = 0;
    }

    /// Something failed: the next use opens anew. Says how long to wait before it, from 50 ms
    /// up to 3 s.
    pub fn broke(&mut self) -> Duration {
        self.open = None;
        self.breaks = self.breaks.saturating_add(1);
        Duration::from_millis(50 << self.breaks.min(6)).min(Duration::from_secs(3))
    }
}
