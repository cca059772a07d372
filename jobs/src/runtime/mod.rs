//! Running jobs: pools of one process over one database. The only place that knows apalis.
//!
//! ```text
//!            ┌ fetcher ─ assignments ─▶ apalis worker ─ one task an attempt ─▶ acker ┐   a pool
//! Postgres ◀─┤                                                                       ├─▶ Postgres
//!            └ keeper (lease, rescue) · listener (NOTIFY) · schedules · sweep        ┘   a process
//! ```

mod ack;
mod acker;
mod assignment;
mod backend;
mod claimed;
mod connections;
mod crew;
mod depth;
mod fetch;
mod fetcher;
mod idle;
mod lease;
mod measure;
mod perform;
mod pool;
mod rescue;
mod running;
mod schedules;
mod settings;
mod slots;
mod sweep;
mod verdict;
mod wakes;

use std::{sync::Arc, time::Duration};

use futures::future::join_all;
use sqlx::PgPool;
use tokio::{sync::Notify, task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

pub(crate) use self::claimed::Claimed;
use self::{crew::Shared, lease::Keeper, running::Running, wakes::Wakes};
pub use self::{
    pool::Pool,
    settings::{Durability, Settings},
};
use crate::{Catalogue, CatalogueError, Waker};

/// The pools of one process.
pub struct Runtime<S> {
    db: PgPool,
    catalogue: Arc<Catalogue<S>>,
    state: Arc<S>,
    pools: Vec<Pool>,
    settings: Settings,
    /// Rung when a schedule was triggered.
    schedule_bell: Arc<Notify>,
}

impl<S: Send + Sync + 'static> Runtime<S> {
    /// Pools over a database, with the jobs they know and the state they hand to them. The
    /// engine opens connections of its own beside `db`: two a pool, and about five.
    pub fn new(
        db: PgPool,
        catalogue: impl Into<Arc<Catalogue<S>>>,
        state: impl Into<Arc<S>>,
        pools: Vec<Pool>,
        settings: Settings,
    ) -> Result<Self, CatalogueError> {
        let catalogue = catalogue.into();
        catalogue.check_names()?;
        let schedule_bell = Arc::default();
        Ok(Self { db, catalogue, state: state.into(), pools, settings, schedule_bell })
    }

    /// Runs jobs until asked to stop and all running ones have ended, or their grace has. Never
    /// ends because of the database: it backs off and heals.
    pub async fn run(&self, stop: CancellationToken) {
        let mut household = JoinSet::new();
        if self.settings.housekeeping {
            let (db, catalogue, token) = (self.db.clone(), self.catalogue.clone(), stop.clone());
            let (waker, bell) = (Waker::new(&self.db), self.schedule_bell.clone());
            household
                .spawn(async move { schedules::keep(db, &catalogue, waker, bell, token).await });
            let (db, catalogue, token) = (self.db.clone(), self.catalogue.clone(), stop.clone());
            household.spawn(async move { sweep::keep(db, &catalogue, token).await });
        }
        household.spawn(depth::keep(self.db.clone(), stop.clone()));
        self.run_pools(stop, Arc::new(Notify::new())).await;
        household.join_all().await;
    }

    /// Runs the pools and what keeps them alive. `progress` rings after every acknowledgement.
    async fn run_pools(&self, stop: CancellationToken, progress: Arc<Notify>) {
        let (wakes, bells) = Wakes::of(&self.pools, self.schedule_bell.clone());
        let running: Vec<Arc<Running>> = self.pools.iter().map(|_| Arc::default()).collect();
        let names = self.pools.iter().map(|pool| pool.name().to_owned()).collect();
        let (keeper, session) =
            Keeper::new(&self.db, &self.settings, names, running.clone(), wakes.clone());
        // The lease is kept until the last outcome is acknowledged.
        let pools_done = CancellationToken::new();
        let mut keepers = JoinSet::new();
        keepers.spawn(keeper.keep(pools_done.clone()));
        keepers.spawn(wakes::listen(self.db.clone(), wakes, pools_done.clone()));

        let shared = Shared { session, waker: Waker::new(&self.db), progress, stop };
        let crews = self.pools.iter().zip(bells).zip(running);
        join_all(crews.map(|((pool, bell), running)| {
            let shared = shared.clone();
            async move {
                while !shared.stop.is_cancelled() {
                    self.work(pool, bell.clone(), running.clone(), shared.clone()).await;
                    if !shared.stop.is_cancelled() {
                        tracing::error!(
                            pool = pool.name(),
                            "the pool ended by itself; it begins anew"
                        );
                        sleep(Duration::from_secs(1)).await;
                    }
                }
            }
        }))
        .await;
        pools_done.cancel();
        keepers.join_all().await;
    }
}
