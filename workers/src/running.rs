//! Running pools: until asked to stop, or until nothing is left to do.

use jobs::{
    CatalogueError,
    runtime::{Pool, Runtime, Settings},
};
use studio::Studio;
use tokio_util::sync::CancellationToken;

use crate::{catalogue, pools};

/// Runs the jobs of these pools until asked to stop, then lets the running ones finish.
///
/// # Errors
/// A catalogue that does not fit together, which a test rules out.
pub async fn run(
    studio: &Studio,
    pools: Vec<Pool>,
    stop: CancellationToken,
) -> Result<(), CatalogueError> {
    runtime(studio, pools)?.run(stop).await;
    Ok(())
}

/// Runs everything that is due, and what follows from it, and returns when nothing is. For tests.
///
/// # Errors
/// What the runtime says of a database that is away.
pub async fn run_until_idle(
    studio: &Studio,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    Ok(runtime(studio, pools())?.run_until_idle().await?)
}

fn runtime(studio: &Studio, pools: Vec<Pool>) -> Result<Runtime<Studio>, CatalogueError> {
    let settings = Settings {
        lease: studio.config.lease(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..Settings::default()
    };
    Runtime::new(studio.db.clone(), catalogue(), studio.clone(), pools, settings)
}
