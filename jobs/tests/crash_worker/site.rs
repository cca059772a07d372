//! Jobs and workflows that stop where a test says, so that it can kill their process there.

use std::{future::pending, sync::Arc, time::Duration};

use jobs::{
    Attempt, Catalogue, CatalogueError, Failure, Item, Job, Outcome, Policy, Queue, Step,
    StepOutput, Workflow, WorkflowInput,
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
    effect_of(&step, name).await
}

/// Commits an effect of this name together with the end of the step or item.
async fn effect_of<I: WorkflowInput, T>(
    step: &Step<Site, I, T>,
    name: &str,
) -> Result<StepOutput, Failure> {
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

/// Paints the rooms that it finds, each an item with an effect, and then moves in, an effect, too.
#[derive(Debug, Serialize, Deserialize)]
pub struct Paint {
    pub rooms: Vec<Room>,
}

impl WorkflowInput for Paint {
    const NAME: &'static str = "paint";
    const VERSION: u32 = 1;
    const QUEUE: Queue = QUEUE;
    const ABOUT: &'static str = "Paints a house.";
    const RUNBOOK: &'static str = "none";

    fn subject(&self) -> String {
        "house".into()
    }

    fn policy() -> Policy {
        Policy::attempts(3).backoff(Duration::from_millis(10), Duration::from_millis(20))
    }
}

/// A room, and how often painting it fails before it succeeds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Room {
    pub name: String,
    pub failures: i64,
}

impl Item for Room {
    fn key(&self) -> String {
        self.name.clone()
    }
}

pub fn paint() -> Workflow<Site, Paint> {
    Workflow::new().fan_out("rooms", rooms, paint_room).step("move in", move_in)
}

async fn rooms(step: Step<Site, Paint>) -> Result<Vec<Room>, Failure> {
    step.state().reach("rooms begun").await?;
    Ok(step.input().rooms.clone())
}

async fn paint_room(step: Step<Site, Paint, Room>) -> Result<StepOutput, Failure> {
    let room = step.item();
    let tried: i64 = sqlx::query_scalar("select count(*) from seen where point = $1")
        .bind(format!("{} begun", room.name))
        .fetch_one(&step.state().0)
        .await?;
    if tried < room.failures {
        step.state().reach(&format!("{} begun", room.name)).await?;
        return Err(Failure::retry("the paint is out"));
    }
    effect_of(&step, &room.name).await
}

async fn move_in(step: Step<Site, Paint>) -> Result<StepOutput, Failure> {
    let painted: Vec<(String, String)> = step.outputs_of("rooms")?;
    effect_of(&step, &format!("moved into {}", painted.len())).await
}

pub fn catalogue() -> Catalogue<Site> {
    Catalogue::new().job::<Hang>().job::<Suicide>().workflow(build()).workflow(paint())
}

pub fn runtime(db: &PgPool, lease: Duration) -> Result<Runtime<Site>, CatalogueError> {
    let pools = vec![Pool::new("site").queue(QUEUE).concurrency(4)];
    let settings = Settings { lease, ..Settings::default() };
    let state = Arc::new(Site(db.clone()));
    Runtime::new(db.clone(), catalogue(), state, pools, settings)
}
