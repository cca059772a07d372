//! Errors over HTTP: RFC 9457, with a stable `code`.

use poem::{Error, Response, error::ResponseError, http::StatusCode};
use poem_openapi::Object;

/// What went wrong with a request.
#[derive(Debug, Object)]
pub struct Problem {
    /// Always `about:blank`: the code tells.
    #[oai(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// Stable; meant for programs.
    pub code: String,
    /// Meant for people.
    pub detail: String,
}

impl Problem {
    pub fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank".into(),
            title: status.canonical_reason().unwrap_or("Error").into(),
            status: status.as_u16(),
            code: code.into(),
            detail: detail.into(),
        }
    }

    pub fn response(&self) -> Response {
        use poem_openapi::types::ToJSON;

        Response::builder()
            .status(StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
            .content_type("application/problem+json")
            .body(self.to_json_string())
    }
}

/// A request that cannot be answered because our disk fails.
#[derive(Debug, thiserror::Error)]
#[error("the service's disk failed")]
pub struct DiskFailed(#[from] pub std::io::Error);

impl ResponseError for DiskFailed {
    fn status(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }
}

/// Turns what poem and poem-openapi refuse into problems too.
pub async fn answer(error: Error) -> Response {
    if let Some(failed) = error.downcast_ref::<DiskFailed>() {
        tracing::error!(error = %failed.0, "a request failed");
    }
    let status = error.status();
    let code = match status {
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported_media_type",
        StatusCode::PAYLOAD_TOO_LARGE => "body_too_large",
        StatusCode::RANGE_NOT_SATISFIABLE => "range_not_satisfiable",
        status if status.is_client_error() => "invalid_request",
        _ => "internal_error",
    };
    let detail = if status.is_server_error() {
        "The service failed; its log says why.".to_owned()
    } else {
        error.to_string()
    };
    if error.is_from_response() {
        return error.into_response();
    }
    Problem::new(status, code, detail).response()
}
