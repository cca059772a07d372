//! JSON bodies of requests: what the document says is taken, and nothing else.
//!
//! poem-openapi's `Json` is more generous than its document: it takes `7` for a text, and `null` for a field
//! that is not there. Here a body is compared with its schema too, and every fault names its field.

mod schemas;

use std::{ops::Deref, sync::Arc};

use poem::{Request, RequestBody, Result};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    error::{ContentTypeError, ParseRequestPayloadError},
    payload::{Json, Payload},
    registry::{MetaMediaType, MetaRequest, Registry},
    types::{ParseFromJSON, Type},
};
use serde_json::Value;

use crate::{Problem, codes, problem::FieldProblem};
use schemas::{Fault, Kind, Schemas};

/// The document that bodies are compared with; data of every request.
#[derive(Clone)]
pub struct Document(Arc<Value>);

impl Document {
    /// This one.
    pub fn new(document: Value) -> Self {
        Self(Arc::new(document))
    }
}

/// A JSON body that is what the document says.
pub struct Body<T>(pub T);

impl<T> Deref for Body<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<'a, T: ParseFromJSON> ApiExtractor<'a> for Body<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        let content_type = <Json<T> as Payload>::CONTENT_TYPE;
        let content = vec![MetaMediaType { content_type, schema: T::schema_ref() }];
        Some(MetaRequest { description: None, content, required: true })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let sent = request.content_type().ok_or(ContentTypeError::ExpectContentType)?;
        if !<Json<T> as Payload>::check_content_type(sent) {
            let content_type = sent.to_owned();
            return Err(ContentTypeError::NotSupported { content_type }.into());
        }
        let bytes = body.take()?.into_bytes().await?;
        let Document(document) = request.data().ok_or_else(Problem::defect)?;
        read(document, &bytes).map(Self)
    }
}

fn read<T: ParseFromJSON>(document: &Value, bytes: &[u8]) -> Result<T> {
    let unreadable = |reason| ParseRequestPayloadError { reason };
    let value = if bytes.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(bytes).map_err(|e| unreadable(e.to_string()))?
    };
    let faults = Schemas::of(document).faults_of(&<T as Type>::name(), &value);
    // What is only too long or too short is left to the domain, whose refusals say more.
    let wrong_type = faults.iter().any(|fault| matches!(fault.kind, Kind::WrongType(_)));
    let parsed = if wrong_type {
        Err("a field is of another type".to_owned())
    } else {
        T::parse_from_json(Some(value)).map_err(poem_openapi::types::ParseError::into_message)
    };
    parsed.map_err(|reason| problem(faults).map_or_else(|| unreadable(reason).into(), Into::into))
}

/// The first fault is told as the problem's own.
fn problem(faults: Vec<Fault>) -> Option<Problem> {
    let first = faults.first()?;
    let refusal = codes::BAD_BODY.because(first.sentence());
    let refusal = if first.field.is_empty() { refusal } else { refusal.at(first.field.clone()) };
    let all = faults.into_iter().map(field_problem).collect();
    Some(Problem::from(refusal).with_errors(all))
}

fn field_problem(fault: Fault) -> FieldProblem {
    FieldProblem {
        detail: fault.sentence(),
        code: fault.kind.code().to_owned(),
        field: fault.field,
    }
}
