//! Serves the API and the portal until asked to stop.

use poem::listener::{Listener, TcpListener};

use super::{Result, connect, stop_on_signal};
use crate::telemetry::{self, Process};

/// Runs the command.
pub async fn run() -> Result {
    let studio = connect().await?;
    let _telemetry = telemetry::start(Process::Api, &studio.config)?;
    let stop = stop_on_signal()?;
    let listen = studio.config.listen;
    let acceptor = TcpListener::bind(listen).into_acceptor().await?;
    tracing::info!(%listen, "the API listens");
    api::serve(studio, acceptor, stop).await?;
    Ok(())
}
