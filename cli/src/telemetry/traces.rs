//! Traces by OTLP over HTTP, where the standard variables ask for them:
//! <https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/>.
//!
//! Trace ids are made in any case, so that logs, audit rows and job attempts of one request carry the
//! same one.

use std::env;

use opentelemetry::{KeyValue, global, trace::TracerProvider};
use opentelemetry_otlp::{ExporterBuildError, SpanExporter};
use opentelemetry_sdk::{
    Resource,
    propagation::TraceContextPropagator,
    trace::{SdkTracerProvider, Tracer},
};
use tracing::{Subscriber, level_filters::LevelFilter};
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::{Layer, filter::Filtered, registry::LookupSpan};

/// Makes the provider of this process, and lets W3C `traceparent` carry its context.
pub(super) fn provider(service: &'static str) -> Result<SdkTracerProvider, ExporterBuildError> {
    global::set_text_map_propagator(TraceContextPropagator::new());
    let builder = SdkTracerProvider::builder().with_resource(resource(service));
    let builder = if wanted(|name| env::var(name).ok()) {
        builder.with_batch_exporter(SpanExporter::builder().with_http().build()?)
    } else {
        builder
    };
    Ok(builder.build())
}

/// The layer that turns our spans into those of the trace. Not subject to `RUST_LOG`: a quiet log
/// must not cut traces apart.
pub(super) fn layer<S>(
    provider: &SdkTracerProvider,
) -> Filtered<OpenTelemetryLayer<S, Tracer>, LevelFilter, S>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("creator-studio"))
        .with_filter(LevelFilter::INFO)
}

/// What the environment says about this process, and its name from us where it does not name it.
fn resource(service: &'static str) -> Resource {
    let known = Resource::builder()
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")));
    match env::var_os("OTEL_SERVICE_NAME") {
        Some(_) => known.build(),
        None => known.with_service_name(service).build(),
    }
}

/// Whether the environment asks for traces.
fn wanted(variable: impl Fn(&str) -> Option<String>) -> bool {
    let is = |name, value: &str| variable(name).is_some_and(|v| v.eq_ignore_ascii_case(value));
    let endpoint = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]
        .iter()
        .any(|name| variable(name).is_some_and(|value| !value.is_empty()));
    endpoint && !is("OTEL_SDK_DISABLED", "true") && !is("OTEL_TRACES_EXPORTER", "none")
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn wanted_with(variables: &[(&str, &str)]) -> bool {
        let variables: HashMap<_, _> = variables.iter().copied().collect();
        wanted(|name| variables.get(name).map(|value| (*value).to_owned()))
    }

    #[test]
    fn traces_go_nowhere_unless_an_endpoint_is_named() {
        assert!(!wanted_with(&[]));
        assert!(wanted_with(&[("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")]));
    }

    #[test]
    fn the_standard_switches_turn_them_off_again() {
        let endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318");
        assert!(!wanted_with(&[endpoint, ("OTEL_SDK_DISABLED", "true")]));
        assert!(!wanted_with(&[endpoint, ("OTEL_TRACES_EXPORTER", "none")]));
    }
}
