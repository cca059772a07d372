//! An answer 405 says which methods there are (RFC 9110, section 15.5.6). The document knows.

use std::collections::BTreeMap;
use std::sync::Arc;

use poem::{
    Endpoint, IntoResponse, Middleware, Request, Response, Result, error::MethodNotAllowedError,
    http::StatusCode,
};
use serde_json::Value;

use crate::{Problem, codes};

/// Adds `Allow` to answers that refuse a method.
pub struct AllowedMethods {
    by_path: Arc<BTreeMap<String, String>>,
}

impl AllowedMethods {
    /// By this document.
    pub fn new(document: &Value) -> Self {
        let paths = document["paths"].as_object().into_iter().flatten();
        let by_path = paths.map(|(path, operations)| (path.clone(), methods(operations)));
        Self { by_path: Arc::new(by_path.collect()) }
    }
}

fn methods(operations: &Value) -> String {
    let names = operations.as_object().into_iter().flat_map(|operations| operations.keys());
    let names = names.map(|name| name.to_uppercase());
    // The router answers HEAD as it answers GET.
    let names = names
        .flat_map(|name| if name == "GET" { vec![name, "HEAD".to_owned()] } else { vec![name] });
    names.collect::<Vec<_>>().join(", ")
}

impl<E: Endpoint> Middleware<E> for AllowedMethods {
    type Output = Allowing<E>;

    fn transform(&self, inner: E) -> Self::Output {
        Allowing { inner, by_path: self.by_path.clone() }
    }
}

/// An endpoint that says which methods it has.
pub struct Allowing<E> {
    inner: E,
    by_path: Arc<BTreeMap<String, String>>,
}

impl<E: Endpoint> Endpoint for Allowing<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let path = request.uri().path().to_owned();
        match self.inner.call(request).await {
            Ok(answer) => Ok(answer.into_response()),
            Err(error) if error.is::<MethodNotAllowedError>() => {
                let status = StatusCode::METHOD_NOT_ALLOWED;
                let problem = Problem::new(&codes::METHOD_NOT_ALLOWED, status, None, None);
                Err(problem.allowing(self.allowed(&path)).into())
            }
            Err(error) => Err(error),
        }
    }
}

impl<E> Allowing<E> {
    fn allowed(&self, path: &str) -> String {
        let here = self.by_path.iter().filter(|(template, _)| fits(template, path));
        here.map(|(_, methods)| methods.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// Whether a path is one that the template (`/v1/uploads/{id}`) stands for.
fn fits(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    template.clone().count() == path.clone().count()
        && template.zip(path).all(|(part, there)| part.starts_with('{') || part == there)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_stands_for_any_one_segment() {
        assert!(fits("/v1/uploads/{id}/parts", "/v1/uploads/upl_1/parts"));
        assert!(!fits("/v1/uploads/{id}", "/v1/uploads/upl_1/parts"));
        assert!(!fits("/v1/uploads/{id}", "/v1/contents/cnt_1"));
    }
}
