//! Durable jobs, workflows and schedules on Postgres and apalis. Knows no product.
//!
//! A job is declared by implementing [`Job`], enqueued inside the transaction that needs it with
//! [`enqueue()`], and run at least once by a [`Pool`](runtime::Pool) of some process. A
//! [`Workflow`] is a row of named steps, each of which runs as a job and hands over to the next
//! in the transaction that completes it. `jobs/README.md` says how it works and what it promises.

mod attempt;
mod backoff;
mod catalogue;
pub mod clock;
mod enqueue;
mod finish;
mod ids;
pub mod inspect;
mod job;
mod line;
mod migrate;
mod outcome;
mod policy;
mod queue_store;
pub mod runtime;
mod schedule;
pub mod steer;
mod trace;
mod unique;
mod wake;
pub mod workflow;

pub use self::{
    attempt::{Attempt, CompleteError},
    backoff::Backoff,
    catalogue::{Catalogue, CatalogueError, Listing},
    enqueue::{EnqueueError, Enqueued, enqueue, enqueue_at, enqueue_in, enqueue_many},
    ids::{InvalidId, JobId, RunId},
    job::{Job, Queue, Tag},
    migrate::{migrate, migrations},
    outcome::{Acked, Failure, Outcome, Until},
    policy::{Policy, Priority, Retention},
    schedule::{Missed, Schedule},
    unique::Unique,
    wake::Waker,
    workflow::{Failed, Item, Step, StepOutput, Workflow, WorkflowInput},
};
