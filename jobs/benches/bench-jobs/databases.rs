//! An empty database for each measurement.

use std::env;

use sqlx::{
    AssertSqlSafe, ConnectOptions, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::Result;

/// A database of one's own; gone at the end of the measurement.
pub struct Database {
    name: String,
    pub url: String,
}

fn server_url() -> Result<String> {
    let name = "CREATOR_STUDIO_TEST_POSTGRES";
    Ok(env::var(name).map_err(|_| format!("{name} is not set; run `make bench-jobs`"))?)
}

fn server() -> Result<PgConnectOptions> {
    Ok(server_url()?.parse()?)
}

impl Database {
    pub async fn new() -> Result<Self> {
        let name = format!("jobs_bench_{}", uuid::Uuid::now_v7().simple());
        let create = format!("create database {name}");
        sqlx::query(AssertSqlSafe(create)).execute(&mut server()?.connect().await?).await?;
        // Spelled out, because every peer's client reads other parameters from it.
        let server = server_url()?;
        let (server, _) =
            server.rsplit_once('/').ok_or("the server's address names no database")?;
        let url = format!("{server}/{name}");
        Ok(Self { name, url })
    }

    /// With the engine's tables.
    pub async fn migrated() -> Result<(Self, PgPool)> {
        let database = Self::new().await?;
        let pool = PgPoolOptions::new().max_connections(5).connect(&database.url).await?;
        jobs::migrate(&pool).await?;
        Ok((database, pool))
    }

    pub async fn drop(self) -> Result<()> {
        let drop = format!("drop database {} with (force)", self.name);
        sqlx::query(AssertSqlSafe(drop)).execute(&mut server()?.connect().await?).await?;
        Ok(())
    }
}
