//! Lets nothing pass to `/v1/transcodes` that the shared secret did not sign.

use std::sync::Arc;

use chrono::Utc;
use poem::{Endpoint, Error, IntoResponse, Request, Response, Result, http::StatusCode, web::Data};
use poem_openapi::{SecurityScheme, auth::ApiKey};

use super::problem::Problem;
use crate::{service::Service, signature};

/// Orders are small.
const MAX_BODY: usize = 64 * 1024;

/// `t=<unix seconds>,v1=<hex>`: HMAC-SHA256 with the shared secret over `<t>.<raw body>`, or over
/// `<t>.<METHOD> <path>` without a body; at most five minutes old.
//
// The check itself needs the raw body, so it was made before (`check`); as an argument this says in the
// signature of an operation that it was.
#[derive(SecurityScheme)]
#[oai(ty = "api_key", key_name = "Vod-Signature", key_in = "header", rename = "signature")]
pub struct Signed(#[expect(dead_code, reason = "its presence is what counts")] ApiKey);

/// Checks the signature over the raw body, or over method and path.
pub async fn check<E: Endpoint>(next: Arc<E>, mut request: Request) -> Result<Response> {
    if request.uri().path().starts_with("/v1/transcodes") {
        let body = request.take_body().into_bytes_limit(MAX_BODY).await?;
        if let Err(refused) = verify(&request, &body) {
            let code = match refused {
                signature::Refused::OutsideWindow => "signature_outside_window",
                _ => "signature_invalid",
            };
            let problem = Problem::new(StatusCode::UNAUTHORIZED, code, refused.to_string());
            return Err(Error::from_response(problem.response()));
        }
        request.set_body(body);
    }
    next.call(request).await.map(IntoResponse::into_response)
}

fn verify(request: &Request, body: &[u8]) -> std::result::Result<(), signature::Refused> {
    let Some(service) = request.data::<Arc<Service>>() else {
        return Err(signature::Refused::Wrong);
    };
    let header = request.header(signature::HEADER).ok_or(signature::Refused::Malformed)?;
    let target = format!("{} {}", request.method(), request.uri().path());
    let payload = if body.is_empty() { target.as_bytes() } else { body };
    signature::verify(&service.secret, header, payload, Utc::now())
}

/// The service, in operations.
pub type Shared<'a> = Data<&'a Arc<Service>>;
