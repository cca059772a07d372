//! Says which fields of a body are wrong. The framework refuses a body with a sentence about types; here
//! the body is compared with the document's own description of it, and every fault gets its field.
//!
//! Only a refused body is looked at.

use std::sync::Arc;

use bytes::Bytes;
use poem::{Endpoint, IntoResponse, Middleware, Request, Response, Result};
use poem_openapi::{OperationId, error::ParseRequestPayloadError};
use serde_json::Value;

use super::body_schema::{Fault, Schemas};
use crate::{Problem, codes, problem::FieldProblem};

/// Adds the fields to refusals of bodies.
pub struct BodyFaults {
    document: Arc<Value>,
}

impl BodyFaults {
    /// By this document.
    pub fn new(document: Value) -> Self {
        Self { document: Arc::new(document) }
    }
}

impl<E: Endpoint> Middleware<E> for BodyFaults {
    type Output = Explained<E>;

    fn transform(&self, inner: E) -> Self::Output {
        Explained { inner, document: self.document.clone() }
    }
}

/// An endpoint whose refusals of bodies name the fields.
pub struct Explained<E> {
    inner: E,
    document: Arc<Value>,
}

impl<E: Endpoint> Endpoint for Explained<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        // The limit has read the body already: this is another handle on the same bytes.
        let body = request.take_body().into_bytes().await?;
        request.set_body(body.clone());
        match self.inner.call(request).await {
            Ok(answer) => Ok(answer.into_response()),
            Err(error) if error.is::<ParseRequestPayloadError>() => {
                let operation = error.data::<OperationId>().copied();
                let explained = operation.and_then(|id| self.explain(id, &body));
                Err(explained.map_or(error, Into::into))
            }
            Err(error) => Err(error),
        }
    }
}

impl<E> Explained<E> {
    fn explain(&self, operation: OperationId, body: &Bytes) -> Option<Problem> {
        let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(body).ok()? };
        let schemas = Schemas::of(&self.document);
        let faults = schemas.faults(schemas.body_of(operation.0)?, &body);
        let first = faults.first()?;
        let refusal = codes::BAD_BODY.because(first.sentence());
        let refusal =
            if first.field.is_empty() { refusal } else { refusal.at(first.field.clone()) };
        let all = faults.into_iter().map(field_problem).collect();
        Some(Problem::from(refusal).with_errors(all))
    }
}

fn field_problem(fault: Fault) -> FieldProblem {
    FieldProblem {
        detail: fault.sentence(),
        code: fault.kind.code().to_owned(),
        field: fault.field,
    }
}
