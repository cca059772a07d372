//! Whatever goes wrong leaves as `application/problem+json` with a code: what a use case refused, and what
//! the framework refused before any handler ran.

use std::{any::Any, panic::AssertUnwindSafe};

use futures::FutureExt;
use poem::{
    Endpoint, IntoResponse, Middleware, PathPattern, Request, Response, Result,
    error::{MethodNotAllowedError, NotFoundError, ReadBodyError, SizedLimitError},
    http::StatusCode,
};
use poem_openapi::error::{
    AuthorizationError, ContentTypeError, ParseParamError, ParsePathError, ParseRequestPayloadError,
};
use studio::{Code, Refusal, accounts::refusals};

use super::RequestId;
use crate::{Problem, codes};

/// How much of the framework's messages is told.
const MOST_CHARACTERS: usize = 300;

/// Turns errors into problems.
pub struct Problems;

impl<E: Endpoint> Middleware<E> for Problems {
    type Output = Told<E>;

    fn transform(&self, inner: E) -> Self::Output {
        Told { inner }
    }
}

/// An endpoint whose errors are told as problems.
pub struct Told<E> {
    inner: E,
}

impl<E: Endpoint> Endpoint for Told<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let id = request.data::<RequestId>().map(|id| id.0.to_string()).unwrap_or_default();
        match AssertUnwindSafe(self.inner.call(request)).catch_unwind().await {
            Ok(Ok(answer)) => Ok(answer.into_response()),
            Ok(Err(error)) => {
                // Which route it was is noted on errors too; measurements go by it.
                let route = error.data::<PathPattern>().cloned();
                let mut answer = problem_of(error).of_request(id).into_response();
                if let Some(route) = route {
                    answer.set_data(route);
                }
                Ok(answer)
            }
            Err(panic) => Ok(of_panic(&*panic).of_request(id).into_response()),
        }
    }
}

/// A panic is a defect like any other: the log has it, the caller gets a problem.
fn of_panic(panic: &(dyn Any + Send)) -> Problem {
    let said = panic
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| panic.downcast_ref::<String>().cloned());
    tracing::error!(panic = said, "a handler panicked");
    Problem::defect()
}

fn problem_of(error: poem::Error) -> Problem {
    match error.downcast::<Problem>() {
        Ok(problem) => problem,
        Err(error) => refusal_of(&error).map_or_else(|| by_status(&error), Into::into),
    }
}

/// What the framework found wrong with the request, in our words.
fn refusal_of(error: &poem::Error) -> Option<Refusal> {
    if let Some(e) = error.downcast_ref::<ParseParamError>() {
        return Some(codes::BAD_PARAMETER.because(sentence(&e.reason)).at(e.name));
    }
    if let Some(e) = error.downcast_ref::<ParsePathError>() {
        return Some(codes::BAD_PARAMETER.because(sentence(&e.reason)).at(e.name));
    }
    if let Some(e) = error.downcast_ref::<ParseRequestPayloadError>() {
        return Some(codes::BAD_BODY.because(sentence(&e.reason)));
    }
    if let Some(e) = error.downcast_ref::<ContentTypeError>() {
        return Some(codes::UNSUPPORTED_MEDIA.because(sentence(&e.to_string())));
    }
    let plain: Option<&'static Code> = if error.is::<NotFoundError>() {
        Some(&codes::NO_SUCH_PATH)
    } else if error.is::<AuthorizationError>() {
        Some(&refusals::UNAUTHENTICATED)
    } else if error.is::<SizedLimitError>()
        || matches!(error.downcast_ref(), Some(ReadBodyError::PayloadTooLarge))
    {
        Some(&codes::TOO_LARGE)
    } else {
        None
    };
    plain.map(Code::refuse)
}

fn by_status(error: &poem::Error) -> Problem {
    if error.is::<MethodNotAllowedError>() {
        let code = &codes::METHOD_NOT_ALLOWED;
        return Problem::new(code, StatusCode::METHOD_NOT_ALLOWED, None, None);
    }
    let status = error.status();
    if status.is_client_error() {
        return Problem::new(&codes::BAD_REQUEST, status, Some(sentence(&error.to_string())), None);
    }
    tracing::error!(error = ?error, "a defect");
    Problem::defect()
}

/// The framework's messages begin in lower case, end without a full stop, and may repeat all that was sent.
fn sentence(words: &str) -> String {
    let words: String = words.trim().chars().take(MOST_CHARACTERS).collect();
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let rest = letters.as_str().trim_end_matches('.');
    format!("{first}{rest}.")
}
