//! Serving until asked to stop.

use std::{io, time::Duration};

use poem::{Server, listener::Acceptor};
use studio::Studio;
use tokio_util::sync::CancellationToken;

use crate::{service, telemetry::recorder};

/// How long requests that are under way may take to finish after the process was asked to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Serves the API and the portal until `stop`; then finishes what is under way.
///
/// # Errors
/// The listener failed, or somebody else installed a metrics recorder in this process.
pub async fn serve(
    studio: Studio,
    acceptor: impl Acceptor + 'static,
    stop: CancellationToken,
) -> io::Result<()> {
    let metrics = recorder::install().map_err(io::Error::other)?;
    tokio::spawn(recorder::keep_up(metrics.clone(), stop.clone()));
    Server::new_with_acceptor(acceptor)
        .run_with_graceful_shutdown(service(studio, metrics), stop.cancelled_owned(), Some(GRACE))
        .await
}
