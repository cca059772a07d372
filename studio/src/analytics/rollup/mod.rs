//! Counting days: a day is closed once, its shards are counted by a workflow, and what comes late has just its day and
//! shard counted again.

mod business_store;
mod closing;
mod counting;
mod recounting;

use chrono::NaiveDate;
use jobs::{Item, Policy, Queue, Tag, WorkflowInput};
use serde::{Deserialize, Serialize};

pub use self::{
    business_store::{
        BusinessDay, BusinessMonth, days as business_days, months as business_months,
    },
    closing::close_days,
    counting::{Counted, count_shard, prepare, summarize},
    recounting::recount_late,
};
use crate::queues;

/// Counts a day, or some shards of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollUpDay {
    /// The UTC day.
    pub day: NaiveDate,
    /// Which shards.
    pub shards: Vec<i16>,
}

/// One shard, as an item of the step that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Its number.
    pub number: i16,
}

impl Item for Shard {
    fn key(&self) -> String {
        format!("shard-{:02}", self.number)
    }
}

impl WorkflowInput for RollUpDay {
    const NAME: &'static str = "roll_up_day";
    const VERSION: u32 = 1;
    const QUEUE: Queue = queues::ANALYTICS;
    const ABOUT: &'static str = "Counts the events of one day into the figures that creators see.";
    const RUNBOOK: &'static str = "ops/runbooks/roll_up_day.md";

    fn subject(&self) -> String {
        self.day.to_string()
    }

    fn tags(&self) -> Vec<Tag> {
        vec![("day", self.day.to_string())]
    }

    fn policy() -> Policy {
        use std::time::Duration;
        Policy::attempts(12)
            .backoff(Duration::from_secs(2), Duration::from_mins(5))
            .timeout(Duration::from_mins(30))
    }
}
