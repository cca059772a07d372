//! The engine's own tables, in a schema and with a migration record of their own.

use sqlx::{
    PgPool,
    migrate::{MigrateError, Migrator},
};

/// Brings the schema `jobs` of this database up to date. Safe to call from many processes.
pub async fn migrate(pool: &PgPool) -> Result<(), MigrateError> {
    migrations().run(pool).await
}

/// The steps to this binary's schema, oldest first.
#[must_use]
pub fn migrations() -> Migrator {
    let mut migrator: Migrator = sqlx::migrate!("./migrations");
    migrator.create_schema("jobs");
    migrator.dangerous_set_table_name("jobs.migration");
    migrator
}
