//! Running jobs: pools of one process over one database. The only place that knows apalis.

mod claimed;
mod pool;
mod settings;

use std::sync::Arc;

use sqlx::PgPool;
use tokio_util::sync::CancellationToken;

pub(crate) use self::claimed::Claimed;
pub use self::{
    pool::Pool,
    settings::{Durability, Settings},
};
use crate::{Catalogue, CatalogueError};

/// The pools of one process.
pub struct Runtime<S> {
    db: PgPool,
    catalogue: Arc<Catalogue<S>>,
    state: Arc<S>,
    pools: Vec<Pool>,
    settings: Settings,
}

impl<S: Send + Sync + 'static> Runtime<S> {
    /// Pools over a database, with the jobs they know and the state they hand to them.
    pub fn new(
        db: PgPool,
        catalogue: impl Into<Arc<Catalogue<S>>>,
        state: impl Into<Arc<S>>,
        pools: Vec<Pool>,
        settings: Settings,
    ) -> Result<Self, CatalogueError> {
        let catalogue = catalogue.into();
        catalogue.check_names()?;
        Ok(Self { db, catalogue, state: state.into(), pools, settings })
    }

    /// Runs jobs until asked to stop and all running ones have ended, or their grace has. Never
    /// ends because of the database: it backs off and heals.
    pub async fn run(&self, stop: CancellationToken) {
        stop.cancelled().await;
    }

    /// Enqueues the schedules' due ticks and runs everything that is due in these pools' queues
    /// until nothing is due or running. For tests; with retries, move the clock and call it again.
    pub async fn run_until_idle(&self) -> Result<(), sqlx::Error> {
        Ok(())
    }
}
