//! A pool's fetching: never more than its free slots, asleep until there is something to fetch.

use std::{sync::Arc, time::Duration};

use sqlx::PgPool;
use tokio::{
    sync::{Notify, mpsc},
    time::sleep,
};
use tokio_util::sync::CancellationToken;

use super::{
    Claimed, Pool,
    assignment::Assignment,
    connections::fetching,
    fetch::{Fetched, Probe, next_due},
    lease::Session,
    slots::Slots,
};
use crate::{Catalogue, line::Line};

/// Fetches for one pool until stopped.
pub(super) struct Fetcher<S> {
    pub db: PgPool,
    pub catalogue: Arc<Catalogue<S>>,
    pub session: Session,
    pub slots: Arc<Slots>,
    pub bell: Arc<Notify>,
    pub poll: Duration,
    pub assignments: mpsc::UnboundedSender<Assignment<S>>,
}

impl<S: Send + Sync + 'static> Fetcher<S> {
    pub async fn run(mut self, pool: Pool, stop: CancellationToken) {
        let queues: Vec<&'static str> = pool.queue_names().collect();
        let names = Arc::new(self.catalogue.names_in(&queues));
        let mut probes: Vec<_> =
            queues.iter().map(|queue| Probe::new(queue, names.clone())).collect();
        let mut line = fetching(&self.db);
        while let Some(free) = stop.run_until_cancelled(self.slots.free()).await {
            let Some(session) = stop.run_until_cancelled(self.session()).await else { return };
            if stop.is_cancelled() {
                return;
            }
            // Never stopped in the middle: what a fetch took must reach the pool.
            let nap = match self.fetch(&mut line, &mut probes, session, free).await {
                Ok(drained) => {
                    line.well();
                    if !drained {
                        continue;
                    }
                    self.time_to_next(&mut line, &queues).await
                }
                Err(error) => {
                    tracing::warn!(%error, pool = pool.name(), "fetching failed; trying again");
                    line.broke()
                }
            };
            stop.run_until_cancelled(async {
                tokio::select! {
                    () = self.bell.notified() => {}
                    () = sleep(nap) => {}
                }
            })
            .await;
        }
    }

    /// The process's session, once it has one.
    async fn session(&mut self) -> i64 {
        loop {
            if let Some(session) = *self.session.borrow_and_update() {
                return session;
            }
            if self.session.changed().await.is_err() {
                // Its keeper is gone, and so will this be.
                std::future::pending::<()>().await;
            }
        }
    }

    /// Fills the free slots from the pool's queues in turn. True when none of them has more.
    async fn fetch(
        &self,
        line: &mut Line,
        probes: &mut [Probe],
        session: i64,
        free: usize,
    ) -> Result<bool, sqlx::Error> {
        // Another queue begins each time, so that a long one cannot starve the others.
        probes.rotate_left(usize::from(probes.len() > 1));
        let mut left = free;
        for probe in probes.iter_mut() {
            let fetched = probe.fetch(line.open().await?, session, left).await?;
            left -= fetched.len().min(left);
            for job in fetched {
                self.assign(job, probe.queue(), session);
            }
            if left == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn assign(&self, job: Fetched, queue: &'static str, session: i64) {
        let Some(entry) = self.catalogue.entry(&job.name) else { return };
        let waited = (job.started_at - job.run_at).to_std().unwrap_or_default();
        let claimed = Claimed {
            id: job.id,
            queue,
            session,
            args: job.args,
            attempt: job.attempt,
            attempts_before: job.attempts_before,
            traceparent: job.traceparent,
            unique_key: job.unique_key.map(Into::into),
            run: job.run,
            db: self.db.clone(),
        };
        let assignment =
            Assignment { claimed: Arc::new(claimed), entry, waited, slot: self.slots.take() };
        // The pool is gone only when the process is; then the job is rescued.
        let _ = self.assignments.send(assignment);
    }

    /// Until the next job is due, or the next poll.
    async fn time_to_next(&self, line: &mut Line, queues: &[&'static str]) -> Duration {
        let queues: Vec<String> = queues.iter().map(|queue| (*queue).to_owned()).collect();
        let due = match line.open().await {
            Ok(conn) => next_due(conn, &queues).await,
            Err(error) => Err(error),
        };
        match due {
            Ok(None) => self.poll,
            Ok(Some(seconds)) => Duration::from_secs_f64(seconds.clamp(0.0, 1e6)).min(self.poll),
            Err(error) => {
                tracing::warn!(%error, "asking for the next due job failed");
                line.broke()
            }
        }
    }
}
