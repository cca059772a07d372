//! `roll_up_day`: from a day's events to the figures that creators see.

mod count;
mod prepare;
mod summarize;

use jobs::Workflow;
use studio::{Studio, analytics::rollup::RollUpDay};

/// The steps, in order. Each shard is counted by a job of its own.
pub fn roll_up_day() -> Workflow<Studio, RollUpDay> {
    Workflow::new()
        .step("prepare", prepare::prepare)
        .fan_out("count", count::shards, count::count)
        .step("summarize", summarize::summarize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_steps_are_those_that_other_parts_name() {
        assert_eq!(roll_up_day().step_names(), ["prepare", "count", "summarize"]);
    }
}
