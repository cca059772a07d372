//! By which names the request at hand can be found again in logs, traces and problem reports.

use std::sync::Arc;

use opentelemetry::trace::TraceContextExt;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;
use uuid::Uuid;

tokio::task_local! {
    static CURRENT: Names;
}

/// The id of a request, `req_` and 32 hexadecimal digits. Always our own: a name that a caller chose
/// could be anybody's.
#[derive(Debug, Clone)]
pub struct RequestId(pub Arc<str>);

/// The names of one request.
#[derive(Debug, Clone)]
pub(super) struct Names {
    pub request_id: RequestId,
    pub trace_id: Option<String>,
}

impl Names {
    /// Names a request whose span is `span`.
    pub fn new(span: &Span) -> Self {
        let context = span.context();
        let span = context.span();
        let trace = Some(span.span_context()).filter(|trace| trace.is_valid());
        Self {
            request_id: RequestId(format!("req_{}", Uuid::now_v7().simple()).into()),
            trace_id: trace.map(|trace| trace.trace_id().to_string()),
        }
    }

    /// Runs what belongs to the request.
    pub async fn scope<F: Future>(self, work: F) -> F::Output {
        CURRENT.scope(self, work).await
    }
}

/// The id of the request at hand, as the header `x-request-id` gives it to the caller.
pub fn request_id() -> Option<String> {
    CURRENT.try_with(|names| names.request_id.0.to_string()).ok()
}

/// The trace that the request at hand belongs to, if traces are made.
pub fn trace_id() -> Option<String> {
    CURRENT.try_with(|names| names.trace_id.clone()).ok().flatten()
}
