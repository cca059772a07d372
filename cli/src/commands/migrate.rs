//! Brings the database to the schema of this binary, and the other stores to what it needs.

use super::{Result, connect};
use crate::telemetry::{self, Process};

/// Runs the command.
pub async fn run() -> Result {
    let studio = connect().await?;
    let _telemetry = telemetry::start(Process::Command, &studio.config)?;
    studio::migrate(&studio.db).await?;
    studio.prepare().await?;
    tracing::info!("the stores are ready");
    Ok(())
}
