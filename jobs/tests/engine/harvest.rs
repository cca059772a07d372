//! A workflow whose steps fan out, and whose items do what a test says.

use std::{sync::Arc, time::Duration};

use jobs::{
    Catalogue, Failure, Item, Policy, Queue, RunId, Step, StepOutput, Workflow, WorkflowInput,
    inspect::{self, ItemView},
    runtime::Runtime,
};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;

use crate::{
    database::Database,
    lab::{self, Lab, QUEUE},
};

/// What an item does at its first attempts; then it picks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    None,
    /// Fails this often.
    Fail(usize),
    /// Fails for good this often.
    FailForGood(usize),
    Refuse,
    Panic(usize),
    Dawdle(usize),
    Snooze(usize),
    /// Waits at the gate, its transaction open and its effect in it.
    Wait,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tree {
    pub name: String,
    pub trouble: Trouble,
}

impl Item for Tree {
    fn key(&self) -> String {
        self.name.clone()
    }
}

/// A bottle, labelled with its tree.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Bottle(String);

impl Item for Bottle {
    fn key(&self) -> String {
        self.0.clone()
    }
}

/// Picks the trees, presses what they gave, fills as many bottles.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Harvest {
    pub trees: Vec<Tree>,
    /// How often the list of trees cannot be told.
    pub lost: usize,
}

impl WorkflowInput for Harvest {
    const NAME: &'static str = "harvest";
    const VERSION: u32 = 1;
    const QUEUE: Queue = QUEUE;
    const ABOUT: &'static str = "Brings in a harvest.";
    const RUNBOOK: &'static str = "none";

    fn subject(&self) -> String {
        "orchard".into()
    }

    fn policy() -> Policy {
        Policy::attempts(2)
    }
}

pub fn harvest() -> Workflow<Lab, Harvest> {
    Workflow::new()
        .fan_out("pick", trees, pick)
        .policy(Policy::attempts(3).timeout(Duration::from_secs(2)))
        .step("press", press)
        .fan_out("fill", bottles, fill)
        .on_failed(|tx, failed| {
            Box::pin(async move {
                failed.state.note(format!("hook: {} {:?}", failed.step, failed.code));
                sqlx::query("insert into failed_harvest values ($1)")
                    .bind(failed.step)
                    .execute(tx)
                    .await?;
                Ok(())
            })
        })
}

fn times(lab: &Lab, note: &str) -> usize {
    lab.notes().iter().filter(|seen| *seen == note).count()
}

async fn trees(step: Step<Lab, Harvest>) -> Result<Vec<Tree>, Failure> {
    step.state().note("list");
    if times(step.state(), "list") <= step.input().lost {
        return Err(Failure::retry("the list is lost").code("harvest.lost"));
    }
    Ok(step.input().trees.clone())
}

/// Its effect and its end are one transaction; says how many letters the tree's name has.
async fn pick(step: Step<Lab, Harvest, Tree>) -> Result<StepOutput, Failure> {
    let (lab, tree) = (step.state(), step.item());
    let begun = format!("pick {}", tree.name);
    lab.note(&begun);
    let tried = times(lab, &begun);
    match tree.trouble {
        Trouble::Fail(often) if tried <= often => {
            return Err(Failure::retry("the ladder broke").code("harvest.ladder"));
        }
        Trouble::FailForGood(often) if tried <= often => {
            return Err(Failure::permanent("the tree fell").code("harvest.fell"));
        }
        Trouble::Refuse => return Err(Failure::refused("it is a rose").code("harvest.rose")),
        Trouble::Panic(often) if tried <= often => panic!("a wasp"),
        Trouble::Dawdle(often) if tried <= often => std::future::pending().await,
        Trouble::Snooze(often) if tried <= often => {
            return Ok(StepOutput::snooze(Duration::from_secs(30)));
        }
        _ => {}
    }
    let mut tx = lab.db.begin().await?;
    sqlx::query("insert into effect values ($1)").bind(&tree.name).execute(&mut *tx).await?;
    if tree.trouble == Trouble::Wait {
        lab.note(format!("{} waits", tree.name));
        lab.gate.pass().await;
    }
    let done = step
        .complete(&mut tx, &tree.name.len())
        .await
        .inspect_err(|_| lab.note(format!("{} fenced", tree.name)))?;
    tx.commit().await?;
    Ok(done)
}

async fn press(step: Step<Lab, Harvest>) -> Result<StepOutput, Failure> {
    let picked: Vec<(String, usize)> = step.outputs_of("pick")?;
    step.state().note(format!("press {picked:?}"));
    Ok(StepOutput::of(&picked.into_iter().map(|(tree, _)| tree).collect::<Vec<_>>())?)
}

async fn bottles(step: Step<Lab, Harvest>) -> Result<Vec<Bottle>, Failure> {
    step.output("press")
}

async fn fill(step: Step<Lab, Harvest, Bottle>) -> Result<StepOutput, Failure> {
    step.state().note(format!("fill {}", step.item().0));
    Ok(StepOutput::none())
}

pub fn catalogue() -> Catalogue<Lab> {
    lab::catalogue().workflow(harvest())
}

/// A database with tables for effects and failed harvests, a lab and a runtime.
pub async fn start() -> (Database, Arc<Lab>, Runtime<Lab>) {
    let (db, lab, _) = lab::start().await;
    let tables = "create table effect (tree text); create table failed_harvest (step text);";
    sqlx::raw_sql(tables).execute(&db.pool).await.unwrap();
    let runtime = lab::runtime_of(&db.pool, &lab, catalogue());
    (db, lab, runtime)
}

pub fn trees_of(trees: &[(&str, Trouble)]) -> Harvest {
    let tree =
        |(name, trouble): &(&str, Trouble)| Tree { name: (*name).to_owned(), trouble: *trouble };
    Harvest { trees: trees.iter().map(tree).collect(), lost: 0 }
}

pub async fn begin(db: &PgPool, harvest: &Harvest) -> RunId {
    jobs::workflow::start(&mut db.acquire().await.unwrap(), harvest).await.unwrap()
}

pub async fn items(db: &PgPool, run: RunId, step: &str) -> Vec<ItemView> {
    inspect::items(&mut db.acquire().await.unwrap(), run, step, 100).await.unwrap()
}

/// Each item's key and state, as in `apple completed`.
pub async fn standing(db: &PgPool, run: RunId) -> Vec<String> {
    let items = items(db, run, "pick").await;
    items.iter().map(|item| format!("{} {}", item.key, item.state.as_str())).collect()
}

/// The trees that were picked, one for each time.
pub async fn picked(db: &PgPool) -> Vec<String> {
    sqlx::query_scalar("select tree from effect order by tree").fetch_all(db).await.unwrap()
}

pub async fn failed_harvests(db: &PgPool) -> Vec<String> {
    sqlx::query_scalar("select step from failed_harvest").fetch_all(db).await.unwrap()
}
