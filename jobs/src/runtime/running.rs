//! The attempts that this process has under way, and stopping them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Why an attempt is stopped from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Halt {
    /// Staff cancelled its job.
    Cancelled,
    /// The process stops, and its grace is over.
    Interrupted,
    /// The process has missed its lease: the job is someone else's.
    LeaseLost,
}

/// Every attempt under way in this process.
#[derive(Debug, Default)]
pub(crate) struct Running(Mutex<HashMap<Uuid, Arc<Stop>>>);

#[derive(Debug, Default)]
struct Stop {
    token: CancellationToken,
    reason: OnceLock<Halt>,
}

/// One attempt under way, until it is dropped.
#[derive(Debug)]
pub(crate) struct Underway {
    id: Uuid,
    stop: Arc<Stop>,
    all: Arc<Running>,
}

impl Running {
    pub fn enter(self: &Arc<Self>, id: Uuid) -> Underway {
        let stop = Arc::new(Stop::default());
        self.lock().insert(id, stop.clone());
        Underway { id, stop, all: self.clone() }
    }

    pub fn halt(&self, id: Uuid, reason: Halt) {
        if let Some(stop) = self.lock().get(&id) {
            stop.halt(reason);
        }
    }

    pub fn halt_all(&self, reason: Halt) {
        for stop in self.lock().values() {
            stop.halt(reason);
        }
    }

    pub fn ids(&self) -> Vec<Uuid> {
        self.lock().keys().copied().collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, Arc<Stop>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stop {
    fn halt(&self, reason: Halt) {
        // The first reason stands.
        let _ = self.reason.set(reason);
        self.token.cancel();
    }
}

impl Underway {
    /// Resolves when the attempt must stop.
    pub async fn halted(&self) -> Halt {
        self.stop.token.cancelled().await;
        self.stop.reason.get().copied().unwrap_or(Halt::Interrupted)
    }
}

impl Drop for Underway {
    fn drop(&mut self) {
        self.all.lock().remove(&self.id);
    }
}
