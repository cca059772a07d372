//! The other process of the crash tests, seen from the test.

use std::{
    process::{Child, Command, Stdio},
    time::Duration,
};

use sqlx::{PgPool, postgres::PgListener};

use crate::database::Database;
#[path = "../crash_worker/site.rs"]
mod shared;
pub use shared::*;

/// The tables with which the test watches and halts them.
const TABLES: &str = "
    create table seen (id bigint generated always as identity, point text not null);
    create table halt (point text primary key);
    create table effect (step text not null);";

/// A process that runs the site's jobs; killed with `kill -9` when dropped.
pub struct Process(Child);

impl Process {
    pub fn start(db: &Database, lease: Duration) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_jobs-crash-worker"))
            .arg(db.url())
            .arg(lease.as_millis().to_string())
            .stderr(Stdio::null())
            .spawn()
            .expect("the worker process starts");
        Self(child)
    }

    /// `kill -9`, and gone.
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// Waits until it ends by itself.
    pub async fn ends(mut self) {
        tokio::task::spawn_blocking(move || self.0.wait()).await.unwrap().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A database with the site's tables.
pub async fn database() -> Database {
    let db = Database::new().await;
    sqlx::raw_sql(TABLES).execute(&db.pool).await.unwrap();
    db
}

pub async fn halt_at(db: &PgPool, point: &str) {
    sqlx::query("insert into halt values ($1)").bind(point).execute(db).await.unwrap();
}

pub async fn halt_nowhere(db: &PgPool) {
    sqlx::query("delete from halt").execute(db).await.unwrap();
}

/// Hears of the points that processes reach.
pub struct Watch(PgListener);

impl Watch {
    pub async fn new(db: &Database) -> Self {
        let mut listener = PgListener::connect(&db.url()).await.unwrap();
        listener.listen("seen").await.unwrap();
        Self(listener)
    }

    /// Waits until a point is reached; a minute at most.
    pub async fn sees(&mut self, point: &str) {
        let seeing = async { while self.0.recv().await.unwrap().payload() != point {} };
        let seen = tokio::time::timeout(Duration::from_mins(1), seeing).await;
        assert!(seen.is_ok(), "no process ever reached {point}");
    }
}

pub async fn effects(db: &PgPool) -> Vec<String> {
    sqlx::query_scalar("select step from effect order by step").fetch_all(db).await.unwrap()
}
