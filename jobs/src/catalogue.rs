//! The one visible list of what a program can run.

use std::{
    collections::{BTreeMap, BTreeSet},
    marker::PhantomData,
    sync::Arc,
};

use futures::future::BoxFuture;
use sqlx::PgConnection;

use crate::{
    Attempt, Failure, Job, Outcome, Policy, Schedule, Workflow, WorkflowInput,
    runtime::{Claimed, Pool},
    workflow::Runner,
};

/// All jobs, workflow versions and schedules that a program knows.
pub struct Catalogue<S> {
    entries: BTreeMap<String, Arc<Entry<S>>>,
    schedules: Vec<Schedule>,
    duplicates: Vec<String>,
}

/// What staff see of a job or workflow.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// Its stable name; a workflow's ends in `@version`.
    pub name: String,
    /// The queues it waits in.
    pub queues: Vec<&'static str>,
    /// What it does.
    pub about: &'static str,
    /// The page that says what to do when it is dead.
    pub runbook: &'static str,
    /// How it treats failure.
    pub policy: Policy,
}

/// Why a program's catalogue and pools do not fit together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogueError {
    /// Two jobs, workflow versions or schedules have one name.
    #[error("`{0}` is in the catalogue twice")]
    Duplicate(String),
    /// A queue would never be served.
    #[error("no pool serves the queue `{queue}` of `{name}`")]
    Unserved {
        /// The job.
        name: String,
        /// Its queue.
        queue: &'static str,
    },
    /// A schedule's expression cannot be read.
    #[error("the schedule `{name}` has no valid cron expression: {reason}")]
    Schedule {
        /// The schedule.
        name: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

/// One job name, with its types erased.
pub(crate) struct Entry<S> {
    pub listing: Listing,
    pub handler: Box<dyn Handler<S>>,
}

/// Runs jobs of one name.
pub(crate) trait Handler<S>: Send + Sync {
    /// How this job treats failure.
    fn policy(&self, claimed: &Claimed) -> Policy;

    /// One attempt.
    fn run(
        &self,
        claimed: Arc<Claimed>,
        state: Arc<S>,
        attempt: Attempt,
    ) -> BoxFuture<'static, Result<Outcome, Failure>>;

    /// What else must happen in the transaction in which a job goes dead.
    fn bury<'a>(
        &'a self,
        _tx: &'a mut PgConnection,
        _claimed: &'a Claimed,
        _state: &'a Arc<S>,
        _failure: &'a Failure,
    ) -> Option<BoxFuture<'a, Result<(), Failure>>> {
        None
    }

    /// Whether [`Handler::bury`] does anything.
    fn mourns(&self) -> bool {
        false
    }
}

impl<S: Send + Sync + 'static> Default for Catalogue<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Send + Sync + 'static> Catalogue<S> {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self { entries: BTreeMap::new(), schedules: Vec::new(), duplicates: Vec::new() }
    }

    /// Adds a job.
    #[must_use]
    pub fn job<J: Job<S>>(self) -> Self {
        let listing = Listing {
            name: J::NAME.to_owned(),
            queues: vec![J::QUEUE.name()],
            about: J::ABOUT,
            runbook: J::RUNBOOK,
            policy: J::policy(),
        };
        self.add(listing, Box::new(Plain::<J>(PhantomData)))
    }

    /// Adds a version of a workflow. Keep the versions whose runs are still in flight.
    #[must_use]
    pub fn workflow<I: WorkflowInput>(self, workflow: Workflow<S, I>) -> Self {
        let runner = Runner::new(workflow);
        self.add(runner.listing(), Box::new(runner))
    }

    /// Adds a schedule.
    #[must_use]
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        if self.schedules.iter().any(|other| other.name() == schedule.name()) {
            self.duplicates.push(schedule.name().to_owned());
        }
        self.schedules.push(schedule);
        self
    }

    fn add(mut self, listing: Listing, handler: Box<dyn Handler<S>>) -> Self {
        let name = listing.name.clone();
        if self.entries.insert(name.clone(), Arc::new(Entry { listing, handler })).is_some() {
            self.duplicates.push(name);
        }
        self
    }

    /// What staff see, by name.
    pub fn listings(&self) -> impl Iterator<Item = &Listing> {
        self.entries.values().map(|entry| &entry.listing)
    }

    /// Its schedules.
    pub fn schedules(&self) -> &[Schedule] {
        &self.schedules
    }

    /// Whether names are unique, schedules valid, and every job's queue served by one of `pools`
    /// (all pools of the product, not those of one process).
    pub fn check(&self, pools: &[Pool]) -> Result<(), CatalogueError> {
        self.check_names()?;
        let served: BTreeSet<_> = pools.iter().flat_map(Pool::queue_names).collect();
        for listing in self.listings() {
            for queue in &listing.queues {
                if !served.contains(queue) {
                    return Err(CatalogueError::Unserved { name: listing.name.clone(), queue });
                }
            }
        }
        Ok(())
    }

    pub(crate) fn check_names(&self) -> Result<(), CatalogueError> {
        if let Some(name) = self.duplicates.first() {
            return Err(CatalogueError::Duplicate(name.clone()));
        }
        for schedule in &self.schedules {
            schedule.check()?;
        }
        Ok(())
    }

    pub(crate) fn entry(&self, name: &str) -> Option<Arc<Entry<S>>> {
        self.entries.get(name).cloned()
    }

    /// The names that a pool of these queues may fetch.
    pub(crate) fn names_in(&self, queues: &[&'static str]) -> Vec<String> {
        self.listings()
            .filter(|listing| listing.queues.iter().any(|queue| queues.contains(queue)))
            .map(|listing| listing.name.clone())
            .collect()
    }
}

/// A job that is no workflow.
struct Plain<J>(PhantomData<fn() -> J>);

impl<S: Send + Sync + 'static, J: Job<S>> Handler<S> for Plain<J> {
    fn policy(&self, _: &Claimed) -> Policy {
        J::policy()
    }

    fn run(
        &self,
        claimed: Arc<Claimed>,
        state: Arc<S>,
        attempt: Attempt,
    ) -> BoxFuture<'static, Result<Outcome, Failure>> {
        Box::pin(async move {
            let job: J = serde_json::from_str(&claimed.args)
                .map_err(|error| Failure::permanent(error).code(UNDECODABLE))?;
            job.run(&state, &attempt).await
        })
    }
}

/// The code of a job whose arguments this program cannot read.
pub(crate) const UNDECODABLE: &str = "job.undecodable";
