//! `/healthz`, `/readyz` and `/metrics`: what a supervisor, a load balancer and Prometheus ask. They are
//! no part of the API, and a proxy keeps `/metrics` to itself.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use metrics_exporter_prometheus::PrometheusHandle;
use poem::{
    EndpointExt, IntoResponse, Response, Route, get, handler,
    http::{StatusCode, header},
    web::{Data, Json},
};
use serde::Serialize;
use studio::operations::health::{self, Reading, Watch};

/// Adds the three pages.
pub fn pages(route: Route, watch: &Watch, metrics: PrometheusHandle) -> Route {
    route
        .at("/healthz", get(alive))
        .at("/readyz", get(ready).data(watch.clone()))
        .at("/metrics", get(measured).data(watch.clone()).data(metrics))
}

/// The process runs and answers.
#[handler]
fn alive() -> Response {
    Response::builder().content_type("application/json").body(r#"{"alive":true}"#)
}

/// Whether this process can serve, and what it sees of each server behind it.
#[derive(Serialize)]
struct Readiness {
    ready: bool,
    degraded: bool,
    /// By name.
    dependencies: BTreeMap<&'static str, Dependency>,
}

#[derive(Serialize)]
struct Dependency {
    required: bool,
    state: &'static str,
    latency_milliseconds: u128,
    since: String,
}

/// 503 only when nothing at all would work; with another server down, some things wait and the rest is
/// served, so taking this process out of service would make it worse.
#[handler]
async fn ready(Data(watch): Data<&Watch>) -> Response {
    let readings = watch.readings().await;
    let ready = readings.iter().all(|r| r.is_up() || !health::is_required(r.dependency));
    let readiness = Readiness {
        ready,
        degraded: readings.iter().any(|reading| !reading.is_up()),
        dependencies: readings.iter().map(|r| (r.dependency.name(), r.into())).collect(),
    };
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    Json(readiness)
        .with_status(status)
        .with_header(header::CACHE_CONTROL, "no-store")
        .into_response()
}

impl From<&Reading> for Dependency {
    fn from(reading: &Reading) -> Self {
        Self {
            required: health::is_required(reading.dependency),
            state: if reading.is_up() { "up" } else { "down" },
            latency_milliseconds: reading.latency.as_millis(),
            since: rfc3339(reading.since),
        }
    }
}

fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The metrics of this process, with a fresh look at the servers behind it.
#[handler]
async fn measured(Data(watch): Data<&Watch>, Data(metrics): Data<&PrometheusHandle>) -> Response {
    watch.readings().await;
    crate::telemetry::recorder::render(metrics)
}
