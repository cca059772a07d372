//! One file a command.

pub mod api;
pub mod doctor;
pub mod jobs;
pub mod migrate;
pub mod openapi;
pub mod seed;
pub mod worker;

use studio::{Studio, config::Config};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// What a command ends with.
pub type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Reads the environment and makes the clients.
async fn connect() -> Result<Studio> {
    Ok(Studio::connect(Config::from_env()?).await?)
}

/// A token that is cancelled by Ctrl-C or SIGTERM.
fn stop_on_signal() -> Result<CancellationToken> {
    let stop = CancellationToken::new();
    let (mut interrupt, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let stopped = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("asked to stop");
        stopped.cancel();
    });
    Ok(stop)
}
