//! What becomes of ticks that nobody was there to enqueue.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::cadence::Cadence;

/// What happens to ticks that passed while no process was there to enqueue them.
///
/// Ticks of a paused schedule are wanted by nobody: they are passed over and not made up for when
/// it is resumed. Only [`Missed::All`], where each tick has work of its own, makes up for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Missed {
    /// They are dropped: a tick that is later than a minute has been missed.
    Skip,
    /// The newest is made up for; enough for work that covers all that is due.
    #[default]
    Once,
    /// Each is made up for, the oldest first, at most 100 of them.
    All,
}

impl Missed {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Skip, Self::Once, Self::All];

    /// Its word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Once => "once",
            Self::All => "all",
        }
    }

    /// The policy of this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|missed| missed.as_str() == word)
    }
}

/// The most ticks that are made up for at once, and the most that are recorded as skipped.
const MOST: usize = 100;
/// A tick that is this late has been missed.
const TOLERANCE: TimeDelta = TimeDelta::minutes(1);

/// What becomes of the ticks since the last look.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Decision {
    /// They are enqueued, the oldest first.
    pub fire: Vec<Tick>,
    /// They are not, the oldest first; of many, the newest.
    pub skip: Vec<DateTime<Utc>>,
}

/// A tick that is enqueued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tick {
    pub at: DateTime<Utc>,
    /// It is made up for.
    pub late: bool,
}

impl Decision {
    pub fn is_empty(&self) -> bool {
        self.fire.is_empty() && self.skip.is_empty()
    }
}

/// Decides on the ticks in `(last, now]`.
pub(super) fn decide(
    cadence: &Cadence,
    missed: Missed,
    last: DateTime<Utc>,
    now: DateTime<Utc>,
    paused: bool,
) -> Decision {
    let newest = || cadence.until(now).take_while(|tick| *tick > last);
    let wanted: Vec<DateTime<Utc>> = match (paused, missed) {
        // They wait until it is resumed.
        (true, Missed::All) => return Decision::default(),
        (true, _) => Vec::new(),
        (false, Missed::All) => {
            cadence.after(last).take_while(|tick| *tick <= now).take(MOST).collect()
        }
        (false, Missed::Once) => newest().take(1).collect(),
        (false, Missed::Skip) => newest().take(1).filter(|tick| now - *tick < TOLERANCE).collect(),
    };
    let fired: BTreeSet<_> = wanted.iter().copied().collect();
    let mut skip: Vec<_> = newest().filter(|tick| !fired.contains(tick)).take(MOST).collect();
    skip.reverse();
    let fire = wanted.into_iter().map(|at| Tick { at, late: now - at >= TOLERANCE }).collect();
    Decision { fire, skip }
}
