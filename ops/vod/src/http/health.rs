//! `/healthz`

#![expect(clippy::unused_async, reason = "operations are async for poem-openapi")]

use poem_openapi::{ApiResponse, Object, OpenApi, Tags, payload::Json};

#[derive(Tags)]
enum Tag {
    /// Whether the service lives.
    Health,
}

/// How the service is.
#[derive(Object)]
struct Alive {
    /// Always `ok`.
    status: String,
}

#[derive(ApiResponse)]
enum Answer {
    /// It answers.
    #[oai(status = 200)]
    Alive(Json<Alive>),
}

/// The health check.
pub struct Health;

#[OpenApi(tag = "Tag::Health")]
impl Health {
    /// See whether the service lives
    #[oai(path = "/healthz", method = "get", operation_id = "health.show")]
    async fn show(&self) -> Answer {
        Answer::Alive(Json(Alive { status: "ok".into() }))
    }
}
