//! A database for each test, cloned from a template that is migrated once.

use std::{str::FromStr, time::Duration};

use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use uuid::Uuid;

/// Any number that nobody else locks: two test processes must not build the template at once.
const TEMPLATE_LOCK: i64 = 0x0063_7265_6174_6f72;

/// Creates a migrated database and gives its address.
pub async fn create() -> String {
    let admin = super::servers::postgres();
    let mut connection = PgConnection::connect(&admin).await.expect("Postgres is up");
    let template = ensure_template(&mut connection, &admin).await;
    let name = format!("test_{}", Uuid::now_v7().simple());
    run(&mut connection, format!("create database {name} template {template}")).await;
    address(&admin, &name)
}

/// Drops a database, whoever is still connected to it.
pub async fn drop(url: &str) {
    let admin = super::servers::postgres();
    let name = url.rsplit('/').next().expect("an address ends in a database").to_owned();
    let mut connection = PgConnection::connect(&admin).await.expect("Postgres is up");
    run(&mut connection, format!("drop database if exists {name} with (force)")).await;
}

async fn ensure_template(connection: &mut PgConnection, admin: &str) -> String {
    let template = format!("template_{:016x}", fingerprint());
    sqlx::query("select pg_advisory_lock($1)")
        .bind(TEMPLATE_LOCK)
        .execute(&mut *connection)
        .await
        .expect("the lock of the template");
    let exists: bool =
        sqlx::query_scalar("select exists (select 1 from pg_database where datname = $1)")
            .bind(&template)
            .fetch_one(&mut *connection)
            .await
            .expect("the list of databases");
    if !exists {
        build_template(connection, admin, &template).await;
    }
    sqlx::query("select pg_advisory_unlock($1)")
        .bind(TEMPLATE_LOCK)
        .execute(&mut *connection)
        .await
        .expect("the lock of the template");
    template
}

/// Migrates under another name first, so that a test that is killed here leaves no half a template.
async fn build_template(connection: &mut PgConnection, admin: &str, template: &str) {
    let building = format!("{template}_building");
    run(connection, format!("drop database if exists {building} with (force)")).await;
    run(connection, format!("create database {building}")).await;
    let pool = PgPoolOptions::new()
        .max_connections(2)
        .acquire_timeout(Duration::from_secs(10))
        .connect_with(PgConnectOptions::from_str(&address(admin, &building)).expect("an address"))
        .await
        .expect("the template is up");
    studio::migrate(&pool).await.expect("the migrations apply to an empty database");
    pool.close().await;
    run(connection, format!("alter database {building} rename to {template}")).await;
}

/// Changes with any migration: an old template is never used for a new schema.
fn fingerprint() -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    for migration in studio::migrations() {
        migration.hash(&mut hasher);
    }
    hasher.finish()
}

fn address(admin: &str, database: &str) -> String {
    let (server, _) = admin.rsplit_once('/').expect("an address ends in a database");
    format!("{server}/{database}")
}

async fn run(connection: &mut PgConnection, sql: String) {
    connection.execute(AssertSqlSafe(sql)).await.expect("a statement of the harness");
}
