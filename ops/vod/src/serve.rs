//! Starts the service's parts and stops them.

use std::sync::Arc;

use poem::{Server, listener::TcpListener};
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    http,
    service::{Service, StartError},
    settings::Settings,
    sweep, webhooks, work,
};

/// Serves until the process is told to stop. Running transcodes are taken up again at the next start.
pub async fn serve(settings: Settings) -> Result<(), StartError> {
    let service = Arc::new(Service::open(settings).await?);
    let settings = &service.settings;
    for _ in 0..settings.concurrency.max(1) {
        tokio::spawn(work::work(Arc::clone(&service)));
    }
    tokio::spawn(sweep::sweep(Arc::clone(&service)));
    webhooks::take_up_again(&service).await;

    let mut terminate = signal(SignalKind::terminate())?;
    let stop = async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping");
    };
    tracing::info!(listen = %settings.listen, data = %settings.data.display(), faults = settings.allow_faults, "serving");
    Server::new(TcpListener::bind(settings.listen))
        .run_with_graceful_shutdown(
            http::routes(&service),
            stop,
            Some(std::time::Duration::from_secs(5)),
        )
        .await?;
    Ok(())
}
