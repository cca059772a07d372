//! [`Progress`]: of each partition that a member reads, the first message that is not taken in yet.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// It begins anew whenever partitions are shared out anew: whoever has one then begins with what was committed.
#[derive(Debug, Default)]
pub(super) struct Progress(Mutex<Positions>);

#[derive(Debug, Default)]
struct Positions {
    revocations: u64,
    next: BTreeMap<i32, i64>,
}

impl Progress {
    /// A message was read.
    pub fn read(&self, revocations: u64, partition: i32, offset: i64) {
        self.of(revocations).next.entry(partition).or_insert(offset);
    }

    /// What comes before `next` was taken in.
    pub fn taken(&self, revocations: u64, partition: i32, next: i64) {
        if let Some(position) = self.of(revocations).next.get_mut(&partition) {
            *position = (*position).max(next);
        }
    }

    /// Where to read again, by partition.
    pub fn positions(&self, revocations: u64) -> BTreeMap<i32, i64> {
        self.of(revocations).next.clone()
    }

    fn of(&self, revocations: u64) -> MutexGuard<'_, Positions> {
        let mut positions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if positions.revocations < revocations {
            *positions = Positions { revocations, next: BTreeMap::new() };
        }
        positions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_goes_back_to_the_first_message_that_was_not_taken_in() {
        let progress = Progress::default();
        for (partition, offset) in [(0, 10), (1, 5), (0, 11), (0, 12)] {
            progress.read(0, partition, offset);
        }
        progress.taken(0, 0, 12);
        assert_eq!(progress.positions(0), BTreeMap::from([(0, 12), (1, 5)]));
    }

    #[test]
    fn partitions_that_were_taken_away_are_forgotten() {
        let progress = Progress::default();
        progress.read(0, 0, 10);
        progress.taken(1, 0, 11);
        assert_eq!(progress.positions(1), BTreeMap::new());
    }
}
