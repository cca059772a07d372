//! Waking this process's pools and schedules: by its own hand, or by `NOTIFY` from anywhere.

use std::{collections::HashMap, sync::Arc, time::Duration};

use sqlx::{
    PgPool,
    postgres::{PgListener, PgPoolOptions},
};
use tokio::{sync::Notify, time::sleep};
use tokio_util::sync::CancellationToken;

use super::Pool;
use crate::wake::{CHANNEL, SCHEDULES};

/// What each pool of this process sleeps on, and whoever fires its schedules.
#[derive(Debug, Default)]
pub(crate) struct Wakes {
    by_queue: HashMap<&'static str, Vec<Arc<Notify>>>,
    all: Vec<Arc<Notify>>,
    schedules: Arc<Notify>,
}

impl Wakes {
    /// The bells of these pools, and all of them together.
    pub fn of(pools: &[Pool], schedules: Arc<Notify>) -> (Arc<Self>, Vec<Arc<Notify>>) {
        let mut wakes = Self { schedules, ..Self::default() };
        for pool in pools {
            let bell = Arc::new(Notify::new());
            for queue in pool.queue_names() {
                wakes.by_queue.entry(queue).or_default().push(bell.clone());
            }
            wakes.all.push(bell);
        }
        let bells = wakes.all.clone();
        (Arc::new(wakes), bells)
    }

    pub fn wake(&self, queue: &str) {
        for bell in self.by_queue.get(queue).into_iter().flatten() {
            bell.notify_one();
        }
    }

    pub fn wake_schedules(&self) {
        self.schedules.notify_one();
    }

    pub fn wake_all(&self) {
        for bell in &self.all {
            bell.notify_one();
        }
    }
}

/// Listens on a connection of its own until stopped. While it cannot, pools find work by polling.
pub(super) async fn listen(db: PgPool, wakes: Arc<Wakes>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let listening = stop.run_until_cancelled(listen_once(&db, &wakes)).await;
        if let Some(Err(error)) = listening {
            tracing::warn!(%error, "cannot hear wake-ups; pools find work when they poll");
            stop.run_until_cancelled(sleep(Duration::from_secs(1))).await;
        }
    }
}

async fn listen_once(db: &PgPool, wakes: &Wakes) -> Result<(), sqlx::Error> {
    let options = db.connect_options().as_ref().clone();
    let own = PgPoolOptions::new().max_connections(1).connect_lazy_with(options);
    let mut listener = PgListener::connect_with(&own).await?;
    listener.listen(CHANNEL).await?;
    // Something may have been said while nobody listened.
    wakes.wake_all();
    wakes.wake_schedules();
    while let Some(notification) = listener.try_recv().await? {
        match notification.payload() {
            "*" => {
                wakes.wake_all();
                wakes.wake_schedules();
            }
            SCHEDULES => wakes.wake_schedules(),
            queue => wakes.wake(queue),
        }
    }
    Ok(())
}
