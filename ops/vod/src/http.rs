//! The service over HTTP.

mod faults;
mod files;
mod health;
mod problem;
mod signed;
mod transcodes;
pub mod wire;

use std::sync::Arc;

use poem::{Endpoint, EndpointExt, IntoEndpoint, Route, get};
use poem_openapi::OpenApiService;

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
pub fn document() -> String {
    let mut document = api().spec();
    document.push('\n');
    document
}

/// Everything that is served.
pub fn routes(service: &Arc<Service>) -> impl Endpoint + use<> {
    Route::new()
        .at("/v1/files/:id/:name", get(files::show))
        .nest("/", api().into_endpoint().around(signed::check))
        .data(Arc::clone(service))
        .catch_all_error(problem::answer)
}
