//! Our apalis backend: it hands out what the fetcher fetched, and on closing gives back what was
//! not begun. Outcomes go straight to the acknowledger, which outlives the worker.
//!
//! It never answers with an error, because apalis ends a worker at the first: the tasks behind it
//! back off and heal.

use std::{
    convert::Infallible,
    task::{Context, Poll, ready},
};

use apalis_core::{
    backend::{Backend, BackendConfig, finalize::Ephemeral},
    task::Task,
    worker::context::WorkerContext,
};
use futures::future::BoxFuture;
use tokio::sync::mpsc;
use tower::layer::util::Identity;

use super::assignment::Assignment;

/// One pool's jobs, as apalis sees them.
pub(super) struct PoolBackend<S> {
    assignments: mpsc::UnboundedReceiver<Assignment<S>>,
    give_back: Option<GiveBack<S>>,
    closing: Option<BoxFuture<'static, ()>>,
}

/// What to do with the jobs that were fetched and not begun.
pub(super) type GiveBack<S> = Box<dyn FnOnce(Vec<Assignment<S>>) -> BoxFuture<'static, ()> + Send>;

impl<S> PoolBackend<S> {
    pub fn new(
        assignments: mpsc::UnboundedReceiver<Assignment<S>>,
        give_back: GiveBack<S>,
    ) -> Self {
        Self { assignments, give_back: Some(give_back), closing: None }
    }
}

impl<S: Send + Sync + 'static> Backend for PoolBackend<S> {
    type Task = Task<Assignment<S>>;
    type Error = Infallible;

    fn poll_ready(
        &mut self,
        _: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    /// Ends when the fetcher has stopped.
    fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Option<Result<Self::Task, Infallible>>> {
        self.assignments.poll_recv(cx).map(|assignment| Some(Ok(Task::new(assignment?))))
    }

    fn poll_close(
        &mut self,
        cx: &mut Context<'_>,
        worker: &WorkerContext,
    ) -> Poll<Result<(), Infallible>> {
        if let Some(give_back) = self.give_back.take() {
            let unbegun = std::iter::from_fn(|| self.assignments.try_recv().ok()).collect();
            self.closing = Some(give_back(unbegun));
        }
        if let Some(closing) = &mut self.closing {
            ready!(closing.as_mut().poll(cx));
            self.closing = None;
        }
        // The worker ends only when it is told that it stops.
        if let Err(error) = worker.stop() {
            tracing::debug!(%error, "the worker had not started");
        }
        Poll::Ready(Ok(()))
    }
}

impl<S> BackendConfig for PoolBackend<S> {
    type Args = Assignment<S>;
    type Id = uuid::Uuid;
    type Kind = Ephemeral;
    type Config = ();
    type Layer = Identity;

    fn config(&self) -> &() {
        &()
    }

    fn middleware(&mut self, _: &mut WorkerContext) -> Identity {
        Identity::new()
    }
}
