//! How long people waited for pages of the portal, as their browsers measured it.

use std::time::Duration;

use poem::{Request, web::Data};
use poem_openapi::{Enum, Object, OpenApi, Tags, types::Example};
use studio::{Studio, accounts::limits};

use super::pages;
use crate::{Problem, answers::NoContent, auth::network_of, body::Body};

/// The histogram of page loads, in seconds, by page and kind.
pub const DURATION: &str = "creator_studio_page_load_seconds";

/// The resource.
pub struct PageLoads;

#[derive(Tags)]
enum Area {
    /// What the portal tells about visits. Nobody has to sign in, and nothing says who somebody is.
    Telemetry,
}

/// How long somebody waited for a page.
#[derive(Debug, Object)]
#[oai(example)]
struct PageLoad {
    /// The route's pattern, never an address. Patterns that the portal does not have are counted
    /// together.
    #[oai(validator(max_length = 200))]
    page: String,
    /// From the click, or from the start of the first navigation, until the page was painted.
    #[oai(validator(minimum(value = "0"), maximum(value = "600000")))]
    milliseconds: f64,
    /// The first page of a visit, or a later one.
    #[oai(default)]
    kind: Kind,
}

/// The first page of a visit, or a later one.
#[derive(Debug, Clone, Copy, Default, Enum)]
#[oai(rename = "PageLoadKind", rename_all = "snake_case")]
enum Kind {
    /// The portal itself had to be loaded.
    #[default]
    First,
    /// A click inside the portal.
    Navigation,
}

impl Example for PageLoad {
    fn example() -> Self {
        Self { page: "/studio/library".to_owned(), milliseconds: 182.0, kind: Kind::Navigation }
    }
}

#[OpenApi(prefix_path = "/v1/telemetry", tag = "Area::Telemetry")]
impl PageLoads {
    /// Report a page load
    #[oai(path = "/page-loads", method = "post", operation_id = "telemetry.page_load")]
    async fn count(
        &self,
        studio: Data<&Studio>,
        request: &Request,
        load: Body<PageLoad>,
    ) -> Result<NoContent, Problem> {
        let network = network_of(request, &studio.config);
        studio.limits.take(&limits::PAGE_LOADS_FROM_NETWORK, &network).await?;
        let took = Duration::from_secs_f64(load.milliseconds / 1000.0);
        let kind = match load.kind {
            Kind::First => "first",
            Kind::Navigation => "navigation",
        };
        metrics::histogram!(DURATION, "page" => pages::label(&load.page), "kind" => kind)
            .record(took);
        Ok(NoContent::Done)
    }
}
