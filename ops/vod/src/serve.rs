//! Starts the service's parts and stops them.

use std::{io, sync::Arc, time::Duration};

use poem::{Server, listener::TcpAcceptor};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use crate::{
    http,
    service::{Service, StartError},
    settings::Settings,
    sweep, webhooks, work,
};

/// Serves until the process is told to stop. Running transcodes are taken up again at the next start.
pub async fn serve(mut settings: Settings) -> Result<(), StartError> {
    let listener = TcpListener::bind(settings.listen).await?;
    settings.listen = listener.local_addr()?; // the port, if any was asked for
    let service = Arc::new(Service::open(settings).await?);
    let settings = &service.settings;
    for _ in 0..settings.concurrency.max(1) {
        tokio::spawn(work::work(Arc::clone(&service)));
    }
    tokio::spawn(sweep::sweep(Arc::clone(&service)));
    webhooks::take_up_again(&service).await;

    let stop = told_to_stop()?;
    tracing::info!(
        listen = %settings.listen,
        data = %settings.data.display(),
        faults = settings.allow_faults,
        "serving"
    );
    Server::new_with_acceptor(TcpAcceptor::from_tokio(listener)?)
        .run_with_graceful_shutdown(http::routes(&service), stop, Some(Duration::from_secs(5)))
        .await?;
    Ok(())
}

fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
    })
}
