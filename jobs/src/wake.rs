//! Telling idle pools that there is work, after the commit that made it.
//!
//! `NOTIFY` takes a lock over the whole cluster when its transaction commits, so it never stands
//! in a business transaction: it goes out on a connection of its own, and wakes that come while
//! one is under way share the next one. A lost wake costs at most one poll.

use std::{
    collections::BTreeSet,
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use sqlx::{PgPool, query};
use tokio::sync::Notify;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::{Queue, line::Line};

/// The channel on which pools listen.
pub(crate) const CHANNEL: &str = "jobs_wake";
/// What is said there when a schedule was triggered; no queue is called so.
pub(crate) const SCHEDULES: &str = "#schedules";

/// Wakes the pools of a queue. Cheap to clone; the connection closes with the last clone.
#[derive(Debug, Clone)]
pub struct Waker {
    wanted: Arc<Wanted>,
    _until_the_last_clone_is_dropped: Arc<DropGuard>,
}

#[derive(Debug, Default)]
struct Wanted {
    queues: Mutex<BTreeSet<String>>,
    changed: Notify,
}

impl Wanted {
    fn add(&self, queue: &str) {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        if !queues.contains(queue) {
            queues.insert(queue.to_owned());
        }
        self.changed.notify_one();
    }

    fn take(&self) -> Vec<String> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        mem::take(&mut *queues).into_iter().collect()
    }
}

impl Waker {
    /// A waker for the database of this pool, with one connection of its own, opened at the
    /// first wake. Call it inside a tokio runtime.
    #[must_use]
    pub fn new(pool: &PgPool) -> Self {
        let wanted = Arc::new(Wanted::default());
        let closed = CancellationToken::new();
        tokio::spawn(closed.clone().run_until_cancelled_owned(send(pool.clone(), wanted.clone())));
        Self { wanted, _until_the_last_clone_is_dropped: Arc::new(closed.drop_guard()) }
    }

    /// Wakes the pools that serve `queue`. Call it after the commit; never blocks or fails.
    pub fn wake(&self, queue: Queue) {
        self.wake_named(queue.name());
    }

    /// Wakes those who fire schedules. Call it after the commit of a trigger; never blocks or fails.
    pub fn wake_schedules(&self) {
        self.wanted.add(SCHEDULES);
    }

    /// Wakes the pools that serve the queue of this name, as [`Waker::wake`] does.
    pub fn wake_named(&self, queue: &str) {
        self.wanted.add(queue);
    }
}

async fn send(pool: PgPool, wanted: Arc<Wanted>) {
    let mut line = Line::new(pool.connect_options().as_ref().clone());
    loop {
        wanted.changed.notified().await;
        let queues = wanted.take();
        if queues.is_empty() {
            continue;
        }
        match notify(&mut line, &queues).await {
            Ok(()) => line.well(),
            Err(error) => {
                tracing::warn!(%error, "waking pools failed; they will find the work when they poll");
                tokio::time::sleep(line.broke()).await;
            }
        }
    }
}

async fn notify(line: &mut Line, queues: &[String]) -> Result<(), sqlx::Error> {
    query!("select pg_notify($1, queue) from unnest($2::text[]) queue", CHANNEL, queues)
        .execute(line.open().await?)
        .await?;
    Ok(())
}
