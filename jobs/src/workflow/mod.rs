//! Durable runs of named, versioned steps, each executed as a job.
//!
//! The step that follows is enqueued in the transaction that completes the one before, so a crash
//! neither loses nor doubles a step. A wait is a row with a timer; signals go to an inbox whether
//! or not the run waits for them yet. Park, signal and deadline all lock the run's row first. A step
//! may fan out: a job for each of its items, and the last that ends moves the run on.

mod advance;
mod definition;
mod execute;
mod fail;
mod fan_out;
mod input;
mod outline;
mod signal;
mod start;
mod step;
mod store;
mod wait;

pub use self::{
    definition::{Failed, Workflow},
    fan_out::Item,
    input::WorkflowInput,
    signal::{SignalError, Signalled, signal},
    start::start,
    step::{Step, StepOutput},
};
pub(crate) use self::{
    execute::Runner,
    fan_out::{is_incomplete, redo_unfinished},
    store::{StepArgs, lock_run, set_executor},
};

pub(crate) fn job_name(workflow: &str, version: u32) -> String {
    format!("{workflow}@{version}")
}
