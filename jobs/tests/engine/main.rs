//! What the engine promises, on a real Postgres, a database a test.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

mod crashes;
mod database;
mod delays;
mod enqueuing;
mod failing;
mod fan_out_crashes;
mod fan_out_retries;
mod fan_outs;
mod harvest;
mod history;
mod lab;
mod leases;
mod outages;
mod pools;
mod schedule_steering;
mod schedules;
mod site;
mod steering;
mod tracing_context;
mod trip;
mod uniqueness;
mod workflow_crashes;
mod workflow_retries;
mod workflow_waits;
mod workflows;
