//! Telling idle pools that there is work, after the commit that made it.
//!
//! `NOTIFY` takes a lock over the whole cluster when its transaction commits, so it never stands
//! in a business transaction: it goes out on a connection of its own, and wakes that come while
//! one is under way share the next one. A lost wake costs at most one poll.

use std::{
    collections::BTreeSet,
    mem,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sqlx::{ConnectOptions, PgConnection, PgPool, query};
use tokio::sync::Notify;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::Queue;

/// The channel on which pools listen.
pub(crate) const CHANNEL: &str = "jobs_wake";

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

    pub(crate) fn wake_named(&self, queue: &str) {
        self.wanted.add(queue);
    }
}

async fn send(pool: PgPool, wanted: Arc<Wanted>) {
    let mut connection: Option<PgConnection> = None;
    loop {
        wanted.changed.notified().await;
        let queues = wanted.take();
        if queues.is_empty() {
            continue;
        }
        if let Err(error) = notify(&pool, &mut connection, &queues).await {
            tracing::warn!(%error, "waking pools failed; they will find the work when they poll");
            connection = None;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

async fn notify(
    pool: &PgPool,
    connection: &mut Option<PgConnection>,
    queues: &[String],
) -> Result<(), sqlx::Error> {
    let connection = match connection {
        Some(open) => open,
        None => connection.insert(pool.connect_options().connect().await?),
    };
    query!("select pg_notify($1, queue) from unnest($2::text[]) queue", CHANNEL, queues)
        .execute(connection)
        .await?;
    Ok(())
}
