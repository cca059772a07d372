//! RFC 9457 problems: what every refused or failed request is answered with.
//!
//! This is the one place where the product's errors become HTTP. A use case's [`studio::Error`] turns
//! into a [`Problem`] with `?`; what the framework itself refuses is translated in
//! [`crate::middleware::problems`].

use poem::{
    Body, Response,
    error::ResponseError,
    http::{StatusCode, header},
};
use poem_openapi::{
    ApiResponse, Object,
    payload::{Json, Payload},
    registry::{MetaMediaType, MetaResponse, MetaResponses, Registry},
};
use studio::{Code, Kind, Refusal};

use crate::codes;

/// The media type of a problem.
pub const CONTENT_TYPE: &str = "application/problem+json";

/// What went wrong, for people and for programs (RFC 9457).
#[derive(Debug, Clone, Object)]
#[oai(rename = "Problem", skip_serializing_if_is_none, example)]
pub struct Details {
    /// Identifies the kind of problem; leads to its description.
    #[oai(rename = "type")]
    pub kind: String,
    /// What happened, in one short sentence.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// A stable name for this kind of problem, `concept.reason`; programs may depend on it.
    pub code: String,
    /// What is particular to this case.
    pub detail: String,
    /// What can be done about it.
    pub what_to_do: String,
    /// The field at fault, as the request named it.
    pub field: Option<String>,
    /// The server behind us that does not answer.
    pub dependency: Option<String>,
    /// More than one fault, each with its field.
    pub errors: Option<Vec<FieldProblem>>,
    /// Names this request in our logs.
    pub request_id: String,
}

/// One of several faults of a request.
#[derive(Debug, Clone, Object)]
pub struct FieldProblem {
    /// The field, as the request named it.
    pub field: String,
    /// Its stable code.
    pub code: String,
    /// What is wrong with it.
    pub detail: String,
}

impl poem_openapi::types::Example for Details {
    fn example() -> Self {
        let code = &studio::page::BAD_CURSOR;
        let mut details = Problem::from(code.refuse().at("cursor")).details;
        "req_0198f2c04a7b7c3e9d5f6a7b8c9d0e1f".clone_into(&mut details.request_id);
        *details
    }
}

/// The error of every handler.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}: {}", .details.code, .details.detail)]
pub struct Problem {
    details: Box<Details>,
    status: StatusCode,
    retry_after_seconds: Option<u64>,
    allow: Option<String>,
}

impl Problem {
    /// The body, without the id of the request.
    pub fn details(&self) -> &Details {
        &self.details
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Says which request it was.
    #[must_use]
    pub fn of_request(mut self, id: impl Into<String>) -> Self {
        self.details.request_id = id.into();
        self
    }

    /// Several faults at once; the first is also told as the problem's own.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldProblem>) -> Self {
        self.details.errors = Some(errors);
        self
    }

    /// Says which methods there are.
    #[must_use]
    pub(crate) fn allowing(mut self, methods: String) -> Self {
        self.allow = Some(methods);
        self
    }

    /// As an answer.
    pub fn into_response(self) -> Response {
        let mut answer = Response::builder()
            .status(self.status)
            .content_type(CONTENT_TYPE)
            .header(header::CACHE_CONTROL, "no-store");
        if let Some(seconds) = self.retry_after_seconds {
            answer = answer.header(header::RETRY_AFTER, seconds);
        }
        if let Some(methods) = self.allow {
            answer = answer.header(header::ALLOW, methods);
        }
        if self.status == StatusCode::UNAUTHORIZED {
            answer = answer.header(header::WWW_AUTHENTICATE, "Bearer");
        }
        answer.body(body(&self.details))
    }
}

fn body(details: &Details) -> Body {
    use poem_openapi::types::ToJSON;
    details.to_json().and_then(|json| Body::from_json(json).ok()).unwrap_or_default()
}

/// The status of each kind of refusal. Nothing else in the product knows both words.
pub const fn status_of(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::BAD_REQUEST,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Stale => StatusCode::PRECONDITION_FAILED,
        Kind::VersionRequired => StatusCode::PRECONDITION_REQUIRED,
        Kind::Gone => StatusCode::GONE,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::UnsupportedMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let Refusal { code, detail, field, retry_after } = refusal;
        Self {
            retry_after_seconds: retry_after.map(|wait| wait.as_secs().max(1)),
            ..Self::new(code, status_of(code.kind), detail, field)
        }
    }
}

impl From<studio::Error> for Problem {
    fn from(error: studio::Error) -> Self {
        match error {
            studio::Error::Refused(refusal) => refusal.into(),
            studio::Error::Unavailable { dependency, source } => {
                tracing::warn!(dependency = dependency.name(), error = %source, "a server is unavailable");
                let mut problem =
                    Self::new(&codes::UNAVAILABLE, StatusCode::SERVICE_UNAVAILABLE, None, None);
                problem.details.dependency = Some(dependency.name().to_owned());
                problem.retry_after_seconds = Some(codes::RETRY_UNAVAILABLE_SECONDS);
                problem
            }
            studio::Error::Internal { doing, source } => {
                tracing::error!(doing, error = ?source, "a defect");
                Self::defect()
            }
        }
    }
}

impl Problem {
    /// A defect of ours; the log knows more.
    pub fn defect() -> Self {
        Self::new(&codes::INTERNAL, StatusCode::INTERNAL_SERVER_ERROR, None, None)
    }

    /// A refusal with a status that its kind alone does not tell.
    pub(crate) fn new(
        code: &Code,
        status: StatusCode,
        detail: Option<String>,
        field: Option<String>,
    ) -> Self {
        let details = Details {
            kind: format!("/docs/problems#{}", code.code),
            title: code.title.to_owned(),
            status: status.as_u16(),
            code: code.code.to_owned(),
            detail: detail.unwrap_or_else(|| code.title.to_owned()),
            what_to_do: code.action.to_owned(),
            field,
            dependency: None,
            errors: None,
            request_id: String::new(),
        };
        Self { details: Box::new(details), status, retry_after_seconds: None, allow: None }
    }
}

impl ResponseError for Problem {
    fn status(&self) -> StatusCode {
        self.status
    }

    fn as_response(&self) -> Response {
        self.clone().into_response()
    }
}

/// Documents the problem as the `default` answer; [`crate::document`] spells the statuses out.
impl ApiResponse for Problem {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: vec![MetaResponse {
                description: "A problem.",
                status: None,
                status_range: None,
                content: vec![MetaMediaType {
                    content_type: CONTENT_TYPE,
                    schema: <Json<Details> as Payload>::schema_ref(),
                }],
                headers: Vec::new(),
            }],
        }
    }

    fn register(registry: &mut Registry) {
        <Json<Details> as Payload>::register(registry);
    }
}
