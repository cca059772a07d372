//! A receiver of traces by OTLP over HTTP, as a collector is one.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest, common::v1::any_value::Value,
    trace::v1::ResourceSpans,
};
use poem::{
    EndpointExt, Route, Server, handler,
    listener::{Acceptor, Listener, TcpListener},
    post,
    web::Data,
};
use prost::Message;

/// A span as it arrived.
#[derive(Debug, Clone)]
pub struct Span {
    /// The trace, in hex.
    pub trace: String,
    /// The span, in hex.
    pub id: String,
    /// The span above it, in hex; empty for none.
    pub parent: String,
    /// Its name.
    pub name: String,
    /// The process that sent it (`service.name`).
    pub service: String,
    /// Its attributes that are texts.
    pub attributes: BTreeMap<String, String>,
}

type Spans = Arc<Mutex<Vec<Span>>>;

/// A running receiver.
#[derive(Debug, Clone)]
pub struct Receiver {
    /// What `OTEL_EXPORTER_OTLP_ENDPOINT` must say.
    pub endpoint: String,
    spans: Spans,
}

impl Receiver {
    /// Starts one; it ends with the test.
    pub async fn start() -> Self {
        let spans = Spans::default();
        let listener = TcpListener::bind("127.0.0.1:0").into_acceptor().await.expect("a free port");
        let address = listener.local_addr().into_iter().next().expect("an address");
        let endpoint = format!("http://{}", address.as_socket_addr().expect("an address"));
        let route = Route::new().at("/v1/traces", post(receive)).data(spans.clone());
        tokio::spawn(Server::new_with_acceptor(listener).run(route));
        Self { endpoint, spans }
    }

    /// What has arrived of one trace.
    pub fn trace(&self, id: &str) -> Vec<Span> {
        let spans = self.spans.lock().expect("no receiver has panicked");
        spans.iter().filter(|span| span.trace == id).cloned().collect()
    }
}

#[handler]
#[allow(clippy::needless_pass_by_value, reason = "an extractor is taken by value")]
fn receive(body: Vec<u8>, Data(spans): Data<&Spans>) {
    let request = ExportTraceServiceRequest::decode(&*body).expect("a request of OTLP");
    let arrived = request.resource_spans.iter().flat_map(read);
    spans.lock().expect("no receiver has panicked").extend(arrived);
}

fn read(from: &ResourceSpans) -> Vec<Span> {
    let resource = from.resource.clone().unwrap_or_default();
    let service = texts(&resource.attributes).remove("service.name").unwrap_or_default();
    let spans = from.scope_spans.iter().flat_map(|scope| &scope.spans);
    spans
        .map(|span| Span {
            trace: hex::encode(&span.trace_id),
            id: hex::encode(&span.span_id),
            parent: hex::encode(&span.parent_span_id),
            name: span.name.clone(),
            service: service.clone(),
            attributes: texts(&span.attributes),
        })
        .collect()
}

fn texts(
    attributes: &[opentelemetry_proto::tonic::common::v1::KeyValue],
) -> BTreeMap<String, String> {
    let text = |value: &Option<opentelemetry_proto::tonic::common::v1::AnyValue>| match value {
        Some(value) => match &value.value {
            Some(Value::StringValue(text)) => Some(text.clone()),
            _ => None,
        },
        None => None,
    };
    attributes.iter().filter_map(|pair| Some((pair.key.clone(), text(&pair.value)?))).collect()
}
