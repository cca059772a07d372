//! One pool at work: its fetcher, its apalis worker and its acknowledger.

use std::{convert::Infallible, sync::Arc};

use apalis_core::{task::Task, worker::builder::WorkerBuilder};
use futures::FutureExt;
use tokio::{
    sync::{Notify, mpsc},
    time::{sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};
use tower::service_fn;

use super::{
    Pool, Runtime,
    acker::Acker,
    assignment::Assignment,
    backend::{GiveBack, PoolBackend},
    connections::{acknowledging, fetching},
    fetch::give_back,
    fetcher::Fetcher,
    lease::Session,
    perform::Performer,
    running::{Halt, Running},
    slots::Slots,
};
use crate::Waker;

/// What the pools of one process share.
#[derive(Clone)]
pub(super) struct Shared {
    pub session: Session,
    pub waker: Waker,
    pub progress: Arc<Notify>,
    pub stop: CancellationToken,
}

impl<S: Send + Sync + 'static> Runtime<S> {
    /// Works for one pool until stopped and everything that it ran is acknowledged.
    pub(super) async fn work(
        &self,
        pool: &Pool,
        bell: Arc<Notify>,
        running: Arc<Running>,
        shared: Shared,
    ) {
        let slots = Slots::new(pool.slots());
        let (assign, assignments) = mpsc::unbounded_channel();
        let (ack, acks) = mpsc::unbounded_channel();
        let acker = Acker {
            line: acknowledging(&self.db, self.settings.acks),
            acks,
            slots: slots.clone(),
            bell: bell.clone(),
            progress: shared.progress,
        };
        let fetcher = Fetcher {
            db: self.db.clone(),
            catalogue: self.catalogue.clone(),
            session: shared.session,
            slots: slots.clone(),
            bell,
            poll: self.settings.poll,
            assignments: assign,
        };
        let performer = Performer {
            db: self.db.clone(),
            state: self.state.clone(),
            running: running.clone(),
            stopping: shared.stop.clone(),
            waker: shared.waker,
            slots,
            acks: ack,
        };
        let acking = AbortOnDropHandle::new(tokio::spawn(acker.run()));
        let fetching =
            AbortOnDropHandle::new(tokio::spawn(fetcher.run(pool.clone(), shared.stop.clone())));
        let patience = interrupt_after_grace(pool.clone(), running, shared.stop);
        let _patience = AbortOnDropHandle::new(tokio::spawn(patience));
        let backend = PoolBackend::new(assignments, self.give_back());
        let working = tokio::spawn(run_worker(pool.name(), backend, performer));
        if let Err(error) = AbortOnDropHandle::new(working).await {
            tracing::error!(%error, pool = pool.name(), "the pool's worker ended in a panic");
        }
        if let Err(error) = fetching.await {
            tracing::error!(%error, pool = pool.name(), "the pool's fetcher ended in a panic");
        }
        // A database that stays away for longer than the lease is not waited for.
        if timeout(self.settings.lease, acking).await.is_err() {
            tracing::error!(
                pool = pool.name(),
                "outcomes could not be acknowledged; their jobs will run again"
            );
        }
    }

    /// Gives back what was fetched and not begun.
    fn give_back(&self) -> GiveBack<S> {
        let (db, patience) = (self.db.clone(), self.settings.lease);
        Box::new(move |unbegun: Vec<Assignment<S>>| {
            async move {
                if unbegun.is_empty() {
                    return;
                }
                let jobs =
                    unbegun.iter().map(|job| (job.claimed.id, job.claimed.session)).collect();
                let mut line = fetching(&db);
                let given = async { give_back(line.open().await?, &jobs).await };
                if !matches!(timeout(patience, given).await, Ok(Ok(()))) {
                    tracing::warn!(
                        "jobs that were not begun could not be given back; they will be rescued"
                    );
                }
            }
            .boxed()
        })
    }
}

/// One type-erased apalis worker: it finds each job's handler by its name. Every attempt is a task
/// of its own, so that a job that computes does not hold up the pool's others.
async fn run_worker<S: Send + Sync + 'static>(
    pool: &'static str,
    backend: PoolBackend<S>,
    performer: Performer<S>,
) {
    let performer = Arc::new(performer);
    let service = service_fn(move |task: Task<Assignment<S>>| {
        let performer = performer.clone();
        async move {
            let (claimed, entry) = (task.args.claimed.clone(), task.args.entry.clone());
            if let Err(error) = tokio::spawn(performer.clone().perform(task.args)).await {
                performer.lost_its_outcome(&claimed, &entry, &error);
            }
            Ok::<(), Infallible>(())
        }
    });
    let worker = WorkerBuilder::new(pool).backend(backend).build(service);
    if let Err(error) = worker.run().await {
        tracing::error!(%error, pool, "the pool's worker ended");
    }
}

async fn interrupt_after_grace(pool: Pool, running: Arc<Running>, stop: CancellationToken) {
    stop.cancelled().await;
    sleep(pool.grace_period()).await;
    running.halt_all(Halt::Interrupted);
}
