//! A database for each test, dropped with it.

use std::{env, ops::Deref, thread};

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use uuid::Uuid;

/// A migrated database of one's own.
pub struct Database {
    pub pool: PgPool,
    name: String,
}

impl Database {
    pub async fn new() -> Self {
        let name = format!("jobs_test_{}", Uuid::now_v7().simple());
        let mut server = server().connect().await.expect("the test server answers");
        sqlx::query(AssertSqlSafe(format!("create database {name}")))
            .execute(&mut server)
            .await
            .unwrap();
        let pool =
            PgPoolOptions::new().max_connections(10).connect_lazy_with(server_database(&name));
        jobs::migrate(&pool).await.expect("the migrations apply");
        Self { pool, name }
    }

    /// Its address, for other processes.
    pub fn url(&self) -> String {
        server_database(&self.name).to_url_lossy().to_string()
    }
}

impl Deref for Database {
    type Target = PgPool;

    fn deref(&self) -> &PgPool {
        &self.pool
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("drop database if exists {} with (force)", self.name);
        let dropping = thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut server = server().connect().await.unwrap();
                sqlx::query(AssertSqlSafe(drop)).execute(&mut server).await.unwrap();
                server.close().await.unwrap();
            });
        });
        assert!(dropping.join().is_ok() || thread::panicking(), "the database was not dropped");
    }
}

fn server() -> PgConnectOptions {
    let name = "CREATOR_STUDIO_TEST_POSTGRES";
    let url = env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set: run the tests by `make test-rust`, which starts the servers")
    });
    url.parse().expect("an address of Postgres")
}

fn server_database(name: &str) -> PgConnectOptions {
    server().database(name)
}
