//! Reading what the engine does: for staff, dashboards and tests. Changes nothing.

mod figures;
mod items;
mod jobs;
mod queues;
mod runs;
mod schedules;
mod sessions;
mod trouble;

pub use self::{
    figures::{FigureView, figures},
    items::{ItemCounts, ItemState, ItemView, items},
    jobs::{AttemptView, JobFilter, JobState, JobView, attempts, job, jobs},
    queues::{QueueView, queues},
    runs::{
        RunFilter, RunState, RunView, SignalView, StepKind, StepState, StepView, run, runs,
        signals, step_jobs, steps,
    },
    schedules::{FiringKind, FiringView, PauseView, ScheduleView, firings, schedule, schedules},
    sessions::{SessionView, sessions},
    trouble::{DeadJobs, FailedRuns, dead_jobs, failed_runs},
};

/// A part of a list, newest first, and where the next part begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T, C> {
    /// The items.
    pub items: Vec<T>,
    /// Give it as `after` to get the next part; `None` at the end.
    pub next: Option<C>,
}

impl<T, C> Page<T, C> {
    /// Of one row more than was asked for, if there are so many.
    fn of(mut rows: Vec<T>, limit: u16, cursor: impl Fn(&T) -> C) -> Self {
        let more = rows.len() > usize::from(limit);
        rows.truncate(usize::from(limit));
        let next = if more { rows.last().map(cursor) } else { None };
        Self { items: rows, next }
    }
}

/// An enum that tables hold as a word.
macro_rules! word {
    ($(#[$about:meta])* $name:ident { $($(#[$meaning:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$meaning])* $variant,)+ }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The state of this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|state| state.as_str() == word)
            }
        }

        impl TryFrom<String> for $name {
            type Error = sqlx::Error;

            fn try_from(word: String) -> Result<Self, sqlx::Error> {
                Self::from_word(&word)
                    .ok_or_else(|| sqlx::Error::Decode(format!("unknown state `{word}`").into()))
            }
        }
    };
}
use word;
