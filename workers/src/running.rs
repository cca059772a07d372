//! Running pools: until asked to stop, or until nothing is left to do.

use jobs::{
    CatalogueError,
    runtime::{Pool, Runtime, Settings},
};
use studio::Studio;
use tokio_util::sync::CancellationToken;

use crate::{Work, catalogue, pools, streams};

/// Does this work until asked to stop, then lets what is under way finish.
///
/// # Errors
/// A catalogue that does not fit together, which a test rules out.
pub async fn run(
    studio: &Studio,
    work: Work,
    stop: CancellationToken,
) -> Result<(), CatalogueError> {
    let streams = async {
        if work.streams {
            streams::run(studio, stop.clone()).await;
        }
    };
    if work.pools.is_empty() {
        streams.await;
        return Ok(());
    }
    let jobs = runtime(studio, work.pools)?;
    tokio::join!(jobs.run(stop.clone()), streams);
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
