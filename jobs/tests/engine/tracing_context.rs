//! One trace from the request that enqueued a job to the job's own span.

use opentelemetry::{global, trace::TracerProvider};
use opentelemetry_sdk::{
    propagation::TraceContextPropagator,
    trace::{InMemorySpanExporter, SdkTracerProvider},
};
use tracing::Instrument;
use tracing_subscriber::layer::SubscriberExt;

use crate::lab::{self, Work};

#[tokio::test]
async fn a_job_belongs_to_the_trace_in_which_it_was_enqueued() {
    global::set_text_map_propagator(TraceContextPropagator::new());
    let spans = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(spans.clone()).build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("test"));
    // Threads of other tests in this process have nothing to do with it: nextest runs each test
    // in a process of its own.
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(layer)).unwrap();

    let (db, _, runtime) = lab::start().await;
    let request = tracing::info_span!("request");
    let job = lab::enqueue(&db, &Work::note("x")).instrument(request.clone()).await;
    drop(request);
    runtime.run_until_idle().await.unwrap();

    let spans = spans.get_finished_spans().unwrap();
    let named = |name: &str| spans.iter().find(|span| span.name == name).unwrap();
    let (request, run) = (named("request"), named("lab.work"));
    assert_eq!(run.span_context.trace_id(), request.span_context.trace_id());
    assert_eq!(run.parent_span_id, request.span_context.span_id());
    let view = lab::view(&db, job).await;
    assert_eq!(view.trace_id, Some(request.span_context.trace_id().to_string()));
}
