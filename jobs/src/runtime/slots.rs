//! How many jobs a pool may hold: what it runs, and what is not acknowledged yet.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::AcqRel, Ordering::Acquire},
    },
    time::Duration,
};

use tokio::{sync::Notify, time::timeout};

/// A pool's slots.
#[derive(Debug)]
pub(crate) struct Slots {
    capacity: usize,
    used: AtomicUsize,
    unacknowledged: AtomicUsize,
    changed: Notify,
}

/// A slot in use, free again when dropped.
#[derive(Debug)]
pub(crate) struct Slot(Arc<Slots>);

impl Slots {
    pub fn new(capacity: usize) -> Arc<Self> {
        Arc::new(Self {
            capacity,
            used: AtomicUsize::new(0),
            unacknowledged: AtomicUsize::new(0),
            changed: Notify::new(),
        })
    }

    /// How many slots are free, once at least one is. Waits a moment for a quarter of them, so
    /// that a busy pool fetches in batches, and until acknowledging has caught up.
    pub async fn free(&self) -> usize {
        const MOMENT: Duration = Duration::from_millis(2);
        let batch = (self.capacity / 4).max(1);
        loop {
            let free = self.free_now();
            if free >= batch {
                return free;
            }
            let changed = self.changed.notified();
            if free == 0 {
                changed.await;
            } else if timeout(MOMENT, changed).await.is_err() {
                return self.free_now().max(1).min(free);
            }
        }
    }

    fn free_now(&self) -> usize {
        if self.unacknowledged.load(Acquire) > 4 * self.capacity + 100 {
            return 0;
        }
        self.capacity.saturating_sub(self.used.load(Acquire))
    }

    pub fn take(self: &Arc<Self>) -> Slot {
        self.used.fetch_add(1, AcqRel);
        Slot(self.clone())
    }

    pub fn ended(&self) {
        self.unacknowledged.fetch_add(1, AcqRel);
    }

    pub fn acknowledged(&self, jobs: usize) {
        self.unacknowledged.fetch_sub(jobs, AcqRel);
        self.changed.notify_one();
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.used.fetch_sub(1, AcqRel);
        self.0.changed.notify_one();
    }
}
