//! The service over HTTP.

mod faults;
mod files;
mod health;
mod problem;
mod signed;
mod transcodes;
mod webhook;
pub mod wire;

use std::sync::Arc;

use poem::{Endpoint, EndpointExt, IntoEndpoint, Route, get};
use poem_openapi::OpenApiService;
use serde_json::Value;

pub use webhook::Event;

use crate::service::Service;

const ABOUT: &str = include_str!("http/about.md");

type Api = OpenApiService<(transcodes::Transcodes, faults::FaultControl, health::Health), ()>;

fn api() -> Api {
    OpenApiService::new(
        (transcodes::Transcodes, faults::FaultControl, health::Health),
        "VOD service",
        env!("CARGO_PKG_VERSION"),
    )
    .description(ABOUT)
}

/// The `OpenAPI` document, as it is checked in.
pub fn document() -> Result<Value, serde_json::Error> {
    let document = serde_json::from_str(&api().webhooks::<&dyn webhook::Webhooks>().spec())?;
    Ok(webhook::as_callback(document))
}

/// Everything that is served.
pub fn routes(service: &Arc<Service>) -> impl Endpoint + use<> {
    Route::new()
        .at("/v1/files/:id/:name", get(files::show))
        .nest("/", api().into_endpoint().around(signed::check))
        .data(Arc::clone(service))
        .catch_all_error(problem::answer)
}
