//! The first page of the Ops area: what hurts, and how the queues did in the last hour.

use std::{sync::Arc, time::Duration};

use ::jobs::inspect::{self, FigureView, QueueView};
use chrono::{DateTime, Utc};

use super::worth_attention::{Attention, Facts};
use crate::{
    Result, Studio,
    operations::{
        fresh::Fresh,
        health::{Reading, Watch},
    },
};

/// How long an overview is good: however many people watch it, it is made this seldom.
const FRESH: Duration = Duration::from_secs(2);
/// What the charts show.
const HOUR: Duration = Duration::from_hours(1);
/// A point of a chart.
const SLICE: Duration = Duration::from_mins(5);

/// What hurts, and how the queues do.
#[derive(Debug, Clone)]
pub struct Overview {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// What a person should look at, worst first; empty when all is well.
    pub attention: Vec<Attention>,
    /// Every queue.
    pub queues: Vec<QueueView>,
    /// What each queue finished in the last hour, in slices of five minutes.
    pub figures: Vec<FigureView>,
    /// Processes that are alive.
    pub workers_alive: usize,
    /// The servers behind the product.
    pub dependencies: Vec<Reading>,
}

/// Where staff read the overview. Cheap to clone; clones share what was read.
#[derive(Clone)]
pub struct Board {
    studio: Studio,
    watch: Watch,
    last: Arc<Fresh<Overview>>,
}

impl Board {
    /// A board that asks `watch` about the servers.
    pub fn new(studio: Studio, watch: Watch) -> Self {
        Self { studio, watch, last: Arc::new(Fresh::new(FRESH)) }
    }

    /// An overview, at most two seconds old.
    pub async fn overview(&self) -> Result<Overview> {
        self.last.get(async |_| self.look().await).await
    }

    async fn look(&self) -> Result<Overview> {
        let dependencies = self.watch.readings().await;
        let mut db = self.studio.db.acquire().await?;
        let now = super::now(&mut db).await?;
        let queues = inspect::queues(&mut db).await?;
        let workers = inspect::sessions(&mut db).await?;
        let facts = Facts {
            now,
            dependencies: &dependencies,
            queues: &queues,
            dead: &inspect::dead_jobs(&mut db).await?,
            failed: &inspect::failed_runs(&mut db).await?,
            workers: &workers,
        };
        Ok(Overview {
            at: now,
            attention: facts.worth_attention(),
            figures: inspect::figures(&mut db, HOUR, SLICE).await?,
            workers_alive: workers.iter().filter(|worker| worker.ended_at.is_none()).count(),
            queues,
            dependencies,
        })
    }
}
