//! The Ops area: what staff see and do. Each resource is a file; each action leaves a row in the audit
//! log, which the use case writes.

mod analytics;
mod audit;
mod business;
mod jobs;
mod overview;
mod people;
mod queues;
mod run_views;
mod runs;
mod schedule_views;
mod schedules;
mod step_views;
mod views;
mod workers;

use poem_openapi::{Object, Tags, types::Example};
use studio::operations::{Reason, Staff};

use crate::{Problem, auth::Permit, telemetry};

/// All resources of this area.
pub type Resources = (
    overview::Overview,
    queues::Queues,
    jobs::Jobs,
    runs::Runs,
    schedules::Schedules,
    workers::Workers,
    audit::Audit,
    people::People,
    analytics::Analytics,
    business::Business,
);

/// All resources of this area.
pub const RESOURCES: Resources = (
    overview::Overview,
    queues::Queues,
    jobs::Jobs,
    runs::Runs,
    schedules::Schedules,
    workers::Workers,
    audit::Audit,
    people::People,
    analytics::Analytics,
    business::Business,
);

#[derive(Tags)]
enum Area {
    /// What hurts, how the queues do, and who works.
    Operations,
    /// The pipeline of figures, and what the business asks.
    #[oai(rename = "OperationsAnalytics")]
    Analytics,
    /// Durable jobs: what they are, what happened to them, retry and cancel.
    Jobs,
    /// Workflow runs: their steps, what they wait for, and doing them again.
    Runs,
    /// What the clock enqueues: when, what it did lately, triggering, pausing and resuming.
    Schedules,
    /// What staff did. Rows can only be added.
    Audit,
    /// Other people's accounts and roles.
    People,
}

/// Why staff do what they do.
#[derive(Debug, Object)]
#[oai(example)]
struct Action {
    /// The reason, for the audit log.
    #[oai(validator(min_length = 1, max_length = 500))]
    reason: Option<String>,
}

impl Example for Action {
    fn example() -> Self {
        Self { reason: Some("The mail server is back.".to_owned()) }
    }
}

impl Action {
    fn reason(&self) -> Result<Option<Reason>, Problem> {
        Ok(Reason::parse_optional(self.reason.as_deref())?)
    }
}

/// Who acts, and in which request.
fn staff<P>(auth: &Permit<P>) -> Staff {
    Staff::caller(auth.caller().clone()).within(telemetry::request_id(), telemetry::trace_id())
}
