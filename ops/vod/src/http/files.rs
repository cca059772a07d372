//! `/v1/files/{transcode}/{name}`: results behind signed links, with ranges.

use chrono::Utc;
use poem::{
    Error, IntoResponse, Response, Result,
    error::StaticFileError,
    handler,
    http::{StatusCode, header::CACHE_CONTROL},
    web::{Path, Query, StaticFileRequest},
};

use super::{problem::Problem, signed::Shared};
use crate::results::Link;

#[derive(serde::Deserialize)]
struct Capability {
    expires: String,
    signature: String,
}

/// Sends a file or a range of it.
#[handler]
pub async fn show(
    service: Shared<'_>,
    Path((id, name)): Path<(String, String)>,
    Query(Capability { expires, signature }): Query<Capability>,
    request: StaticFileRequest,
) -> Result<Response> {
    let link = Link { id: &id, name: &name, expires: &expires, signature: &signature };
    let Some(file) = service.results.behind(&link, Utc::now()) else {
        let detail =
            "The link has expired or was not made by this service: ask for the transcode again.";
        let problem = Problem::new(StatusCode::FORBIDDEN, "link_invalid", detail);
        return Err(Error::from_response(problem.response()));
    };
    // It reads a file's length and opens it: short work, but work of the disk.
    let found =
        tokio::task::spawn_blocking(move || request.create_response(file, false, false)).await;
    let answer = found.map_err(|_| StaticFileError::NotFound)??;
    Ok(answer.with_header(CACHE_CONTROL, "private, no-store").into_response())
}
