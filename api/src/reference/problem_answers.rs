//! Which problems an operation can answer with follows from its shape: one that takes a body can refuse
//! the body, one that takes an id may not find it. Each status is documented with the codes that go there.

use poem::http::StatusCode;
use serde_json::{Value, json};
use studio::Code;

use crate::{codes, problem};

/// Spells the `default` answer out as statuses. It stays, for what no rule foresees.
pub(super) fn spell_out(method: &str, operation: &mut Value) {
    let Some(content) = operation["responses"]["default"].get("content").cloned() else { return };
    let resource = operation["operationId"].as_str().and_then(|id| id.split('.').next());
    let resource = resource.unwrap_or_default().to_owned();
    for status in statuses(method, operation, &resource) {
        let answer = json!({ "description": describe(status, &resource), "content": content });
        let answers = &mut operation["responses"][status.as_str()];
        if answers.is_null() {
            *answers = answer;
        }
        if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            operation["responses"][status.as_str()]["headers"] = json!({ "Retry-After": {
                "description": "Seconds to wait.",
                "schema": { "type": "integer", "minimum": 1 },
            }});
        }
    }
}

fn statuses(method: &str, operation: &Value, resource: &str) -> Vec<StatusCode> {
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let has = |place: &str| parameters.iter().any(|p| p["in"] == place);
    let has_header = |name: &str| {
        parameters.iter().any(|p| p["name"].as_str().is_some_and(|n| n.eq_ignore_ascii_case(name)))
    };
    let body = !operation["requestBody"].is_null();
    let proof = !operation["security"].is_null();
    let named = has_header("idempotency-key");
    // Reading conflicts with nothing; but playing needs what is ready.
    let changes = method != "get" || operation["operationId"] == "contents.playback";
    let own = |status| codes::all().any(|code| status_of(code) == status && is_of(code, resource));
    let rules = [
        (body || !parameters.is_empty(), StatusCode::BAD_REQUEST),
        (proof || own(StatusCode::UNAUTHORIZED), StatusCode::UNAUTHORIZED),
        (proof || own(StatusCode::FORBIDDEN), StatusCode::FORBIDDEN),
        (has("path"), StatusCode::NOT_FOUND),
        (changes && (named || own(StatusCode::CONFLICT)), StatusCode::CONFLICT),
        (own(StatusCode::GONE), StatusCode::GONE),
        (has_header("if-match"), StatusCode::PRECONDITION_FAILED),
        (has_header("if-match"), StatusCode::PRECONDITION_REQUIRED),
        (body, StatusCode::PAYLOAD_TOO_LARGE),
        (body, StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (true, StatusCode::TOO_MANY_REQUESTS),
        (true, StatusCode::INTERNAL_SERVER_ERROR),
        (true, StatusCode::SERVICE_UNAVAILABLE),
    ];
    rules.into_iter().filter_map(|(applies, status)| applies.then_some(status)).collect()
}

fn describe(status: StatusCode, resource: &str) -> String {
    let reason = status.canonical_reason().unwrap_or("Problem");
    let codes: Vec<String> = codes::all()
        .filter(|code| status_of(code) == status && concerns(code, resource))
        .map(|code| format!("`{}`", code.code))
        .collect();
    if codes.is_empty() { format!("{reason}.") } else { format!("{reason}: {}.", codes.join(", ")) }
}

/// The status that a code is answered with.
pub(super) fn status_of(code: &Code) -> StatusCode {
    match code.code {
        name if name == codes::INTERNAL.code => StatusCode::INTERNAL_SERVER_ERROR,
        name if name == codes::UNAVAILABLE.code => StatusCode::SERVICE_UNAVAILABLE,
        name if name == codes::METHOD_NOT_ALLOWED.code => StatusCode::METHOD_NOT_ALLOWED,
        _ => problem::status_of(code.kind),
    }
}

/// Whether a code can be met here: those of HTTP and of authentication everywhere, the others where
/// their concept is at work.
fn concerns(code: &Code, resource: &str) -> bool {
    let everywhere = ["auth", "request", "page", "idempotency", "internal", "dependency"];
    everywhere.contains(&concept_of(code)) || is_of(code, resource)
}

/// Codes are named after the concept that they belong to, operations after their resource. These areas have
/// several of either.
const AREAS: [&[&str]; 3] = [
    &["accounts", "sessions", "passwords"],
    &["analytics", "exports"],
    &[
        "operations",
        "ops",
        "queues",
        "jobs",
        "runs",
        "schedules",
        "workers",
        "audit",
        "people",
        "roles",
    ],
];

fn is_of(code: &Code, resource: &str) -> bool {
    let concept = concept_of(code);
    concept.trim_end_matches('s') == resource.trim_end_matches('s')
        || AREAS.iter().any(|area| area.contains(&concept) && area.contains(&resource))
}

fn concept_of(code: &Code) -> &'static str {
    code.code.split('.').next().unwrap_or_default()
}
