//! [`Requests`]: each request gets an id, a span in the trace of its caller, a log line and a place
//! in the latency histogram.

use std::time::{Duration, Instant};

use http::{HeaderName, HeaderValue};
use opentelemetry::{global, trace::TraceContextExt};
use opentelemetry_http::HeaderExtractor;
use poem::{Endpoint, IntoResponse, Middleware, PathPattern, Request, Response, Result};
use tracing::{Instrument, Span, field::Empty};
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::{context::Names, labels};

/// The histogram of answers, in seconds, by route, method and status.
pub const DURATION: &str = "creator_studio_http_request_duration_seconds";
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The outermost middleware of the API.
#[derive(Debug, Clone, Copy)]
pub struct Requests;

impl<E: Endpoint> Middleware<E> for Requests {
    type Output = Observed<E>;

    fn transform(&self, inner: E) -> Self::Output {
        Observed { inner }
    }
}

/// An endpoint whose requests are seen.
#[derive(Debug)]
pub struct Observed<E> {
    inner: E,
}

impl<E: Endpoint> Endpoint for Observed<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let begun = Instant::now();
        let method = labels::method(request.method());
        let path = request.uri().path().to_owned();
        let span = open_span(&request, method);
        let names = Names::new(&span);
        span.record("request_id", &*names.request_id.0);
        span.record("trace_id", names.trace_id.as_deref());

        request.extensions_mut().insert(names.request_id.clone());
        let answer = names.clone().scope(self.inner.call(request)).instrument(span.clone()).await;
        let mut response =
            answer.map_or_else(poem::Error::into_response, IntoResponse::into_response);
        if let Ok(id) = HeaderValue::from_str(&names.request_id.0) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        Seen { method, path, took: begun.elapsed(), response: &response }.report(&span);
        Ok(response)
    }
}

/// Opens the span of a request, in the trace that its caller began, if any.
fn open_span(request: &Request, method: &'static str) -> Span {
    let span = tracing::info_span!(
        "request",
        otel.kind = "server",
        otel.status_code = Empty,
        request_id = Empty,
        trace_id = Empty,
        method,
        route = Empty,
        account = Empty,
        status = Empty,
    );
    let caller = HeaderExtractor(request.headers());
    let parent = global::get_text_map_propagator(|propagator| propagator.extract(&caller));
    // Fails only where no traces are made: then there is none to continue.
    let _ = span.set_parent(parent);
    span
}

/// A request that was answered.
struct Seen<'a> {
    method: &'static str,
    path: String,
    took: Duration,
    response: &'a Response,
}

impl Seen<'_> {
    fn report(&self, span: &Span) {
        let pattern = self.response.data::<PathPattern>();
        let route = labels::route_label(pattern.map(|pattern| &*pattern.0));
        let route = route.as_str();
        let status = self.response.status();
        metrics::histogram!(DURATION, "route" => route.to_owned(), "method" => self.method,
            "status" => status.as_u16().to_string())
        .record(self.took);

        // The span has begun under a name that could not know its route.
        span.context().span().update_name(format!("{} {route}", self.method));
        span.record("route", route);
        span.record("status", status.as_u16());
        if status.is_server_error() {
            span.record("otel.status_code", "ERROR");
        }
        let _entered = span.enter();
        let path = labels::path(&self.path, route);
        let milliseconds = u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX);
        if route.starts_with("/v1") {
            tracing::info!(path, milliseconds, "answered");
        } else {
            // Probes and the portal's files: seldom of interest, and many.
            tracing::debug!(path, milliseconds, "answered");
        }
    }
}
