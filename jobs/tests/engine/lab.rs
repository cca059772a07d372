//! A state to watch jobs with, and jobs that do what a test needs.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use jobs::{
    Attempt, Catalogue, Failure, Job, JobId, Outcome, Policy, Queue, Unique, inspect,
    runtime::{Pool, Runtime, Settings},
};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use tokio::sync::{Notify, Semaphore};

use crate::database::Database;

pub const QUEUE: Queue = Queue::new("lab");
pub const OTHER: Queue = Queue::new("other");

/// What jobs write to and wait for.
pub struct Lab {
    pub db: PgPool,
    notes: Mutex<Vec<String>>,
    noted: Notify,
    pub gate: Gate,
}

/// Jobs wait at it until the test lets them through.
pub struct Gate(Semaphore);

impl Default for Gate {
    fn default() -> Self {
        Self(Semaphore::new(0))
    }
}

impl Gate {
    pub fn open(&self, times: usize) {
        self.0.add_permits(times);
    }

    pub async fn pass(&self) {
        self.0.acquire().await.unwrap().forget();
    }
}

impl Lab {
    pub fn new(db: &PgPool) -> Arc<Self> {
        Arc::new(Self {
            db: db.clone(),
            notes: Mutex::default(),
            noted: Notify::new(),
            gate: Gate::default(),
        })
    }

    pub fn note(&self, note: impl Into<String>) {
        self.notes.lock().unwrap().push(note.into());
        self.noted.notify_waiters();
    }

    pub fn notes(&self) -> Vec<String> {
        self.notes.lock().unwrap().clone()
    }

    /// Waits until a note is there; a minute at most.
    pub async fn sees(&self, note: &str) {
        self.sees_times(note, 1).await;
    }

    pub async fn sees_times(&self, note: &str, times: usize) {
        let seeing = async {
            loop {
                let noted = self.noted.notified();
                if self.notes().iter().filter(|seen| *seen == note).count() >= times {
                    return;
                }
                noted.await;
            }
        };
        let seen = tokio::time::timeout(Duration::from_mins(1), seeing).await;
        assert!(seen.is_ok(), "never saw {note} {times} times: {:?}", self.notes());
    }
}

/// What a job of the lab does.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Do {
    Note(String),
    /// Notes that it began, waits at the gate, notes that it ended.
    Wait(String),
    /// Fails this many times, then succeeds.
    Fail(u16),
    Refuse,
    Panic,
    /// Once; then it is done.
    Snooze,
    GiveUp,
    /// Finishes inside its own transaction, which also inserts a row into `effect`.
    Effect,
    /// The same, but its own transaction is rolled back.
    EffectRolledBack,
}

/// A job with five attempts in the queue `lab`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Work {
    pub task: Do,
    pub key: Option<String>,
}

impl Work {
    pub fn new(task: Do) -> Self {
        Self { task, key: None }
    }

    pub fn note(text: &str) -> Self {
        Self::new(Do::Note(text.to_owned()))
    }

    pub fn keyed(task: Do, key: &str) -> Self {
        Self { task, key: Some(key.to_owned()) }
    }
}

impl Job<Lab> for Work {
    const NAME: &'static str = "lab.work";
    const QUEUE: Queue = QUEUE;
    const ABOUT: &'static str = "Does what a test needs.";
    const RUNBOOK: &'static str = "none";

    fn policy() -> Policy {
        Policy::attempts(5).backoff(Duration::from_secs(10), Duration::from_mins(10))
    }

    fn unique(&self) -> Unique {
        self.key.as_ref().map_or(Unique::none(), Unique::by)
    }

    fn tags(&self) -> Vec<jobs::Tag> {
        vec![("kind", format!("{:?}", self.task).split('(').next().unwrap_or_default().to_owned())]
    }

    async fn run(self, lab: &Lab, attempt: &Attempt) -> Result<Outcome, Failure> {
        run(self.task, lab, attempt).await
    }
}

async fn run(task: Do, lab: &Lab, attempt: &Attempt) -> Result<Outcome, Failure> {
    match task {
        Do::Note(text) => lab.note(text),
        Do::Wait(text) => {
            lab.note(format!("{text} began"));
            lab.gate.pass().await;
            lab.note(format!("{text} ended"));
        }
        Do::Fail(times) => {
            lab.note(format!("attempt {}", attempt.number()));
            if attempt.number() <= times {
                let cause = std::io::Error::other("the disk is on fire");
                return Err(Failure::retry(cause).code("lab.on_fire"));
            }
        }
        Do::Refuse => return Err(Failure::permanent("it cannot be done").code("lab.refused")),
        Do::Panic => panic!("a bug in the job"),
        Do::Snooze => {
            lab.note(format!("attempt {}", attempt.number()));
            if lab.notes().len() < 2 {
                return Ok(Outcome::snooze(Duration::from_mins(1)));
            }
        }
        Do::GiveUp => return Ok(Outcome::Cancelled),
        Do::Effect => {
            let mut tx = lab.db.begin().await?;
            sqlx::query("insert into effect values ('once')").execute(&mut *tx).await?;
            lab.note("effect began");
            lab.gate.pass().await;
            let done = attempt.complete(&mut tx).await.inspect_err(|_| lab.note("fenced"))?;
            tx.commit().await?;
            return Ok(done);
        }
        Do::EffectRolledBack => {
            let mut tx = lab.db.begin().await?;
            sqlx::query("insert into effect values ('never')").execute(&mut *tx).await?;
            let _ = attempt.complete(&mut tx).await?;
            tx.rollback().await?;
            return Err(Failure::retry("the commit failed"));
        }
    }
    Ok(Outcome::Done)
}

/// Takes longer than its timeout.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Dawdle;

impl Job<Lab> for Dawdle {
    const NAME: &'static str = "lab.dawdle";
    const QUEUE: Queue = QUEUE;
    const ABOUT: &'static str = "Never ends.";
    const RUNBOOK: &'static str = "none";

    fn policy() -> Policy {
        Policy::attempts(5).timeout(Duration::from_millis(100))
    }

    async fn run(self, _: &Lab, _: &Attempt) -> Result<Outcome, Failure> {
        std::future::pending().await
    }
}

/// The same work in another queue.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Patient(pub Do);

impl Job<Lab> for Patient {
    const NAME: &'static str = "lab.patient";
    const QUEUE: Queue = OTHER;
    const ABOUT: &'static str = "Does what a test needs, and takes its time.";
    const RUNBOOK: &'static str = "none";

    async fn run(self, lab: &Lab, attempt: &Attempt) -> Result<Outcome, Failure> {
        run(self.0, lab, attempt).await
    }
}

pub fn catalogue() -> Catalogue<Lab> {
    Catalogue::new().job::<Work>().job::<Patient>().job::<Dawdle>()
}

pub fn pools() -> Vec<Pool> {
    vec![Pool::new("lab").queues([QUEUE, OTHER]).concurrency(8)]
}

/// Leases of two seconds.
pub fn settings() -> Settings {
    Settings { lease: Duration::from_secs(2), ..Settings::default() }
}

pub fn runtime(db: &Database, lab: &Arc<Lab>) -> Runtime<Lab> {
    runtime_of(&db.pool, lab, catalogue())
}

pub fn runtime_of(db: &PgPool, lab: &Arc<Lab>, catalogue: Catalogue<Lab>) -> Runtime<Lab> {
    Runtime::new(db.clone(), catalogue, lab.clone(), pools(), settings()).unwrap()
}

/// A database, a lab and a runtime over both.
pub async fn start() -> (Database, Arc<Lab>, Runtime<Lab>) {
    let db = Database::new().await;
    let lab = Lab::new(&db);
    let runtime = runtime(&db, &lab);
    (db, lab, runtime)
}

pub async fn enqueue(db: &PgPool, job: &Work) -> JobId {
    jobs::enqueue(&mut db.acquire().await.unwrap(), job).await.unwrap().id
}

pub async fn state(db: &PgPool, job: JobId) -> inspect::JobState {
    view(db, job).await.state
}

pub async fn view(db: &PgPool, job: JobId) -> inspect::JobView {
    let mut conn = db.acquire().await.unwrap();
    inspect::job(&mut conn, job).await.unwrap().expect("the job is there")
}

/// Number and outcome of every attempt.
pub async fn attempts(db: &PgPool, job: JobId) -> Vec<(i32, String)> {
    let mut conn = db.acquire().await.unwrap();
    let attempts = inspect::attempts(&mut conn, &[job]).await.unwrap();
    attempts.into_iter().map(|attempt| (attempt.number, attempt.outcome)).collect()
}

pub async fn advance(db: &PgPool, by: Duration) {
    jobs::clock::advance(&mut db.acquire().await.unwrap(), by).await.unwrap();
}

/// Moves the clock to half past an hour, so that no hourly tick is less than a minute ago.
pub async fn half_past(db: &PgPool) {
    sqlx::query(
        "update jobs.clock set ahead = date_trunc('hour', now()) + interval '90 min' - now()",
    )
    .execute(db)
    .await
    .unwrap();
}

/// Waits until this holds; a minute at most.
pub async fn until(holds: impl AsyncFn() -> bool) {
    const LOOK: Duration = Duration::from_millis(10);
    let holding = async {
        while !holds().await {
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), holding).await.expect("it never held");
}

/// Runs until idle, moves the clock to the next waiting job, and so on until none waits.
pub async fn run_to_the_end(db: &PgPool, runtime: &Runtime<Lab>) {
    loop {
        runtime.run_until_idle().await.unwrap();
        let mut conn = db.acquire().await.unwrap();
        if jobs::clock::advance_to_next_due(&mut conn).await.unwrap().is_none() {
            return;
        }
    }
}
