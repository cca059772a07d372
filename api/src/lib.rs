//! The HTTP service: one file a resource, each handler a few lines that authorize, call a use case and
//! convert. Knows the product's use cases and nothing of how or where its jobs run.

mod accounts;
mod analytics;
pub mod answers;
pub mod auth;
mod body;
pub mod codes;
mod content;
mod health;
pub mod idempotency;
pub mod ids;
pub mod middleware;
mod operations;
mod portal;
pub mod problem;
mod reference;
mod serving;
pub mod telemetry;

pub use problem::Problem;
pub use serving::serve;

use metrics_exporter_prometheus::PrometheusHandle;
use middleware::{AllowedMethods, BodyLimit, Problems, Requests, SecurityHeaders};
use poem::{Endpoint, EndpointExt, Route};
use poem_openapi::OpenApiService;
use studio::{
    Studio,
    operations::{health::Watch, inspecting::Board},
};

/// The version of the API's document.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The most bytes of a request body. Files never come here.
const MOST_BODY_BYTES: usize = 1024 * 1024;

/// All resources. Tuples nest, so each area keeps its own list.
type Resources = (
    accounts::Resources,
    content::Resources,
    analytics::Resources,
    operations::Resources,
    telemetry::page_loads::PageLoads,
);

const RESOURCES: Resources = (
    accounts::RESOURCES,
    content::RESOURCES,
    analytics::RESOURCES,
    operations::RESOURCES,
    telemetry::page_loads::PageLoads,
);

/// The whole service: API, reference pages and portal.
pub fn service(studio: Studio, metrics: PrometheusHandle) -> impl Endpoint + use<> {
    let document = document();
    let pages = reference::Pages::new(&document);
    let api = OpenApiService::new(RESOURCES, "Creator Studio", VERSION)
        .with(AllowedMethods::new(&document))
        .data(body::Document::new(document));
    let watch = Watch::new(studio.clone());
    let routes = health::pages(Route::new(), &watch, metrics);
    routes
        .nest_no_strip("/v1", api)
        .at("/openapi.json", pages.document())
        .nest("/docs", reference::Pages::docs())
        .nest("/", portal::Portal)
        .with(BodyLimit(MOST_BODY_BYTES))
        .with(Problems)
        .with(SecurityHeaders::new(&studio.config))
        .with(Requests)
        .data(Board::new(studio.clone(), watch))
        .data(studio)
}

/// The `OpenAPI` document, as it is checked in.
pub fn openapi() -> String {
    serde_json::to_string_pretty(&document()).unwrap_or_default()
}

/// The `OpenAPI` document of the service.
pub fn document() -> serde_json::Value {
    reference::document::<Resources>()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A type alone describes the API, so no server has to be up to write its document.
    #[test]
    fn the_document_needs_no_server() {
        assert_eq!(document()["openapi"], "3.0.0");
    }
}
