//! The schema: the product's migrations after the engine's own.

use sqlx::{PgPool, migrate::Migrator};

use crate::{Error, Result};

static PRODUCT: Migrator = sqlx::migrate!("../migrations");

/// Brings a database to the schema of this binary. Safe to run twice, and by two processes at once.
///
/// # Errors
/// A database that is away, or whose schema was made by something else.
pub async fn migrate(db: &PgPool) -> Result<()> {
    jobs::migrate(db).await.map_err(|e| Error::internal("migrating the engine's schema", e))?;
    PRODUCT.run(db).await.map_err(|e| Error::internal("migrating the product's schema", e))
}

/// The checksums of all migrations, oldest first: two binaries with the same ones have one schema.
pub fn migrations() -> Vec<Vec<u8>> {
    let engine = jobs::migrations();
    engine.iter().chain(PRODUCT.iter()).map(|migration| migration.checksum.to_vec()).collect()
}
