//! Running everything that is due, for tests.

use std::{sync::Arc, time::Duration};

use sqlx::{PgConnection, query_scalar};
use tokio::{sync::Notify, time::timeout};
use tokio_util::sync::CancellationToken;

use super::{Runtime, connections::keeping, schedules};
use crate::{EnqueueError, Waker};

impl<S: Send + Sync + 'static> Runtime<S> {
    /// Enqueues the schedules' due ticks and what was triggered, and runs everything that is due in these pools' queues,
    /// until nothing is due or running there. For tests: to see retries, deadlines or later
    /// ticks, move the clock with [`crate::clock`] and call it again.
    pub async fn run_until_idle(&self) -> Result<(), EnqueueError> {
        let mut line = keeping(&self.db);
        if self.settings.housekeeping {
            let schedules = self.catalogue.schedules();
            schedules::fire_due(line.open().await?, schedules, &Waker::new(&self.db)).await?;
        }
        let stop = CancellationToken::new();
        let progress = Arc::new(Notify::new());
        let watch = async {
            let watched = self.until_idle(line.open().await?, &progress).await;
            stop.cancel();
            watched
        };
        let (watched, ()) = tokio::join!(watch, self.run_pools(stop.clone(), progress.clone()));
        Ok(watched?)
    }

    async fn until_idle(
        &self,
        conn: &mut PgConnection,
        progress: &Notify,
    ) -> Result<(), sqlx::Error> {
        const LOOK: Duration = Duration::from_millis(20);
        loop {
            let progressed = progress.notified();
            if !self.has_work(conn).await? {
                return Ok(());
            }
            // Rung after every acknowledgement; the rest is seen by looking.
            let _ = timeout(LOOK, progressed).await;
        }
    }

    async fn has_work(&self, conn: &mut PgConnection) -> Result<bool, sqlx::Error> {
        let queues: Vec<&'static str> =
            self.pools.iter().flat_map(super::Pool::queue_names).collect();
        let names = self.catalogue.names_in(&queues);
        let queues: Vec<String> = queues.into_iter().map(str::to_owned).collect();
        query_scalar!(
            r#"select exists (
                select from jobs.job
                where queue = any ($1) and name = any ($2)
                    and (session is not null or run_at <= jobs.now())
                    and queue not in (select queue from jobs.paused_queue)
            ) as "busy!""#,
            &queues,
            &names
        )
        .fetch_one(conn)
        .await
    }
}
