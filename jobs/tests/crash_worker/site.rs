//! Jobs and a workflow that stop where a test says, so that it can kill their process there.

use std::{future::pending, sync::Arc, time::Duration};

use jobs::{
    Attempt, Catalogue, CatalogueError, Failure, Job, Outcome, Policy, Queue, Step, StepOutput,
    Workflow, WorkflowInput,
    runtime::{Pool, Runtime, Settings},
};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;

pub const QUEUE: Queue = Queue::new("site");

/// The state that both processes hand to the jobs: everything they share is in the database.
pub struct Site(pub PgPool);

impl Site {
    /// Says that this point was reached, and goes no further if the test wants it to halt here.
    pub async fn reach(&self, point: &str) -> Result<(), sqlx::Error> {
        sqlx::query("insert into seen (point) values ($1)").bind(point).execute(&self.0).await?;
        sqlx::query("select pg_notify('seen', $1)").bind(point).execute(&self.0).await?;
        let halt: Option<(String,)> = sqlx::query_as("select point from halt where point = $1")
            .bind(point)
            .fetch_optional(&self.0)
            .await?;
        if halt.is_some() {
            pending::<()>().await;
        }
        Ok(())
    }
}

/// Halts at the point `hang`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Hang;

impl Job<Site> for Hang {
    const NAME: &'static str = "site.hang";
    const QUEUE: Queue = QUEUE;
    const ABOUT: &'static str = "Halts where a test says.";
    const RUNBOOK: &'static str = "none";

    async fn run(self, site: &Site, _: &Attempt) -> Result<Outcome, Failure> {
        site.reach("hang").await?;
        Ok(Outcome::Done)
    }
}

/// Takes its process with it, each time.
#[derive(Debug, Serialize, Deserialize)]
pub struct Suicide;

impl Job<Site> for Suicide {
    const NAME: &'static str = "site.suicide";
    const QUEUE: Queue = QUEUE;
    const ABOUT: &'static str = "Aborts its process.";
    const RUNBOOK: &'static str = "none";

    fn policy() -> Policy {
        Policy::attempts(3)
    }

    async fn run(self, _: &Site, _: &Attempt) -> Result<Outcome, Failure> {
        std::process::abort()
    }
}

/// Three steps: one commits its effect together with its end, one only has an output, one reads it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Build {
    pub house: String,
}

impl WorkflowInput for Build {
    const NAME: &'static str = "build";
    const VERSION: u32 = 1;
    const QUEUE: Queue = QUEUE;
    const ABOUT: &'static str = "Builds a house.";
    const RUNBOOK: &'static str = "none";

    fn subject(&self) -> String {
        self.house.clone()
    }

    fn policy() -> Policy {
        Policy::attempts(3).backoff(Duration::from_millis(10), Duration::from_millis(20))
    }
}

pub fn build() -> Workflow<Site, Build> {
    Workflow::new()
        .step("ground", |step| effect(step, "ground"))
        .step("measure", measure)
        .step("walls", |step| effect(step, "walls"))
}

async fn effect(step: Step<Site, Build>, name: &'static str) -> Result<StepOutput, Failure> {
    let site = step.state();
    site.reach(&format!("{name} begun")).await?;
    let mut tx = site.0.begin().await?;
    sqlx::query("insert into effect (step) values ($1)").bind(name).execute(&mut *tx).await?;
    let done = step.complete(&mut tx, &name).await?;
    site.reach(&format!("{name} uncommitted")).await?;
    tx.commit().await?;
    site.reach(&format!("{name} committed")).await?;
    Ok(done)
}

async fn measure(step: Step<Site, Build>) -> Result<StepOutput, Failure> {
    let ground: String = step.output("ground")?;
    step.state().reach("measure begun").await?;
    Ok(StepOutput::of(&ground.len())?)
}

pub fn catalogue() -> Catalogue<Site> {
    Catalogue::new().job::<Hang>().job::<Suicide>().workflow(build())
}

pub fn runtime(db: &PgPool, lease: Duration) -> Result<Runtime<Site>, CatalogueError> {
    let pools = vec![Pool::new("site").queue(QUEUE).concurrency(4)];
    let settings = Settings { lease, ..Settings::default() };
    let state = Arc::new(Site(db.clone()));
    Runtime::new(db.clone(), catalogue(), state, pools, settings)
}
