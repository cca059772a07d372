//! A workflow whose steps fail as often as a test says.

use std::{collections::HashMap, sync::Arc, time::Duration};

use jobs::{
    Attempt, Catalogue, Failure, Job, Outcome, Policy, Queue, RunId, Step, StepOutput, Workflow,
    WorkflowInput,
    inspect::{self, RunView, StepView},
    runtime::Runtime,
    workflow::Signalled,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::PgPool;

use crate::{
    database::Database,
    lab::{self, Lab, OTHER, QUEUE},
};

/// How often each step fails before it succeeds; a million means never.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Trip {
    pub failures: HashMap<String, usize>,
    pub permanent: bool,
    pub refused: bool,
}

impl WorkflowInput for Trip {
    const NAME: &'static str = "trip";
    const VERSION: u32 = 1;
    const QUEUE: Queue = QUEUE;
    const ABOUT: &'static str = "Goes on a trip.";
    const RUNBOOK: &'static str = "none";

    fn subject(&self) -> String {
        "rome".into()
    }

    fn tags(&self) -> Vec<jobs::Tag> {
        vec![("city", "rome".into())]
    }

    fn policy() -> Policy {
        Policy::attempts(2)
    }
}

/// A job that sets out on a trip.
#[derive(Debug, Serialize, Deserialize)]
pub struct Depart;

impl Job<Lab> for Depart {
    const NAME: &'static str = "lab.depart";
    const QUEUE: Queue = QUEUE;
    const ABOUT: &'static str = "Sets out on a trip.";
    const RUNBOOK: &'static str = "none";

    async fn run(self, lab: &Lab, attempt: &Attempt) -> Result<Outcome, Failure> {
        let mut tx = lab.db.begin().await?;
        jobs::workflow::start(&mut tx, &Trip::default()).await?;
        let done = attempt.complete(&mut tx).await?;
        tx.commit().await?;
        Ok(done)
    }
}

pub const DEADLINE: Duration = Duration::from_hours(2);

pub fn trip() -> Workflow<Lab, Trip> {
    Workflow::new()
        .step("pack", step)
        .step("book", step)
        .queue(OTHER)
        .wait_for("confirmed", DEADLINE)
        .step("travel", step)
        .policy(Policy::attempts(3))
        .on_failed(|tx, failed| {
            Box::pin(async move {
                failed.state.note(format!("hook: {} {:?}", failed.step, failed.code));
                let told = failed.state.notes().iter().filter(|n| n.starts_with("hook")).count();
                assert!(told > failed.input.failures.get("hook").copied().unwrap_or(0), "hook");
                sqlx::query("insert into failed_trip values ($1)")
                    .bind(failed.step)
                    .execute(tx)
                    .await?;
                Ok(())
            })
        })
}

async fn step(step: Step<Lab, Trip>) -> Result<StepOutput, Failure> {
    let (lab, name) = (step.state(), step.name());
    lab.note(name);
    let tried = lab.notes().iter().filter(|note| *note == name).count();
    if tried <= step.input().failures.get(name).copied().unwrap_or(0) {
        let failure = match step.input() {
            Trip { refused: true, .. } => Failure::refused,
            Trip { permanent: true, .. } => Failure::permanent,
            Trip { .. } => Failure::retry,
        };
        return Err(failure(format!("{name} failed")).code("trip.trouble"));
    }
    if name == "travel" {
        let seat: String = step.output::<serde_json::Value>("confirmed")?["seat"].to_string();
        lab.note(format!("travels on {seat} with {}", step.output::<String>("pack")?));
    }
    Ok(StepOutput::of(&format!("{name} {tried}"))?)
}

pub fn catalogue() -> Catalogue<Lab> {
    lab::catalogue().job::<Depart>().workflow(trip())
}

/// A database with a table for failed trips, a lab and a runtime.
pub async fn start() -> (Database, Arc<Lab>, Runtime<Lab>) {
    let (db, lab, _) = lab::start().await;
    sqlx::raw_sql("create table failed_trip (step text)").execute(&db.pool).await.unwrap();
    let runtime = lab::runtime_of(&db.pool, &lab, catalogue());
    (db, lab, runtime)
}

pub async fn depart(db: &PgPool, trip: &Trip) -> RunId {
    jobs::workflow::start(&mut db.acquire().await.unwrap(), trip).await.unwrap()
}

/// A trip on which this step fails so often.
pub fn failing(step: &str, times: usize) -> Trip {
    Trip { failures: HashMap::from([(step.to_owned(), times)]), ..Trip::default() }
}

pub async fn confirm(db: &PgPool, run: RunId, seat: &str) -> Signalled {
    let mut tx = db.begin().await.unwrap();
    let payload = json!({ "seat": seat });
    let signalled =
        jobs::workflow::signal(&mut tx, run, "confirmed", &payload, seat).await.unwrap();
    tx.commit().await.unwrap();
    signalled
}

pub async fn run(db: &PgPool, run: RunId) -> RunView {
    inspect::run(&mut db.acquire().await.unwrap(), run).await.unwrap().unwrap()
}

pub async fn steps(db: &PgPool, run: RunId) -> Vec<StepView> {
    inspect::steps(&mut db.acquire().await.unwrap(), run).await.unwrap()
}

pub async fn failed_trips(db: &PgPool) -> Vec<String> {
    sqlx::query_scalar("select step from failed_trip").fetch_all(db).await.unwrap()
}
