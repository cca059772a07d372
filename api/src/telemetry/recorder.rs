//! The one recorder of a process's metrics, and the page on which Prometheus reads them.

use std::{
    net::SocketAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use poem::{EndpointExt, Response, Route, Server, get, handler, listener::TcpListener, web::Data};
use tokio_util::sync::CancellationToken;

use super::{page_loads, requests};

/// Bounds in seconds for what a person waits for. 0.5 and 1 are the thresholds of the alerts.
const WAITS: [f64; 14] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 10.0];
/// Bounds in seconds for what runs in the background, from a no-op to a long transcode.
const WORK: [f64; 14] =
    [0.005, 0.02, 0.1, 0.5, 1.0, 2.5, 5.0, 15.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 14_400.0];
/// How often old samples are folded into their buckets.
const UPKEEP: Duration = Duration::from_secs(5);

static HANDLE: Mutex<Option<PrometheusHandle>> = Mutex::new(None);

/// Installs the recorder of this process at the first call, and gives a handle that renders it.
///
/// # Errors
/// Another recorder was installed before.
pub fn install() -> Result<PrometheusHandle, BuildError> {
    let mut installed = HANDLE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = installed.as_ref() {
        return Ok(handle.clone());
    }
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(requests::DURATION.to_owned()), &WAITS)?
        .set_buckets_for_metric(Matcher::Full(page_loads::DURATION.to_owned()), &WAITS)?
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &WORK)?
        .install_recorder()?;
    *installed = Some(handle.clone());
    Ok(handle)
}

/// Folds samples into buckets until `stop`, so that a process nobody scrapes does not grow.
pub async fn keep_up(handle: PrometheusHandle, stop: CancellationToken) {
    let mut tick = tokio::time::interval(UPKEEP);
    while stop.run_until_cancelled(tick.tick()).await.is_some() {
        handle.run_upkeep();
    }
}

/// Serves `/metrics` of a process that has no API, until `stop`.
///
/// # Errors
/// The address is taken.
pub async fn serve_metrics(
    address: SocketAddr,
    handle: PrometheusHandle,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let route = Route::new().at("/metrics", get(page).data(handle));
    Server::new(TcpListener::bind(address))
        .run_with_graceful_shutdown(route, stop.cancelled_owned(), Some(UPKEEP))
        .await
}

#[handler]
fn page(Data(handle): Data<&PrometheusHandle>) -> Response {
    render(handle)
}

/// The page that Prometheus reads.
pub fn render(handle: &PrometheusHandle) -> Response {
    Response::builder()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(handle.render())
}
