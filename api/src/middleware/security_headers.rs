//! Headers that tell a browser what our pages may do, which is little.

use poem::{
    Endpoint, IntoResponse, Middleware, Request, Response, Result,
    http::{HeaderMap, HeaderName, HeaderValue, header},
};
use studio::config::{Config, Environment};
use url::Url;

/// Adds the headers to every answer that does not bring its own.
#[derive(Clone)]
pub struct SecurityHeaders {
    headers: HeaderMap,
}

impl SecurityHeaders {
    /// The policy for this installation: the portal may talk to us and to the object store.
    pub fn new(config: &Config) -> Self {
        let store = config.s3.public_endpoint.as_ref().or(config.s3.endpoint.as_ref());
        let store = store.map_or_else(|| "https://*.amazonaws.com".to_owned(), origin);
        let mut headers = HeaderMap::new();
        let mut add = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        add(header::CONTENT_SECURITY_POLICY, &portal_policy(&store));
        add(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        add(header::X_FRAME_OPTIONS, "DENY");
        add(header::REFERRER_POLICY, "no-referrer");
        add(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
        add(
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=()",
        );
        if config.environment == Environment::Production {
            add(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
        }
        Self { headers }
    }
}

/// Styles may be inline because the portal's component library sets them so; scripts never are. WebAssembly
/// is allowed because the checksums of parts are worked out by it: browsers have no MD5 of their own.
fn portal_policy(store: &str) -> String {
    [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self'",
        &format!("img-src 'self' data: blob: {store}"),
        &format!("media-src 'self' blob: {store}"),
        &format!("connect-src 'self' {store}"),
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
    .join("; ")
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

impl<E: Endpoint> Middleware<E> for SecurityHeaders {
    type Output = Guarded<E>;

    fn transform(&self, inner: E) -> Self::Output {
        Guarded { inner, headers: self.headers.clone() }
    }
}

/// An endpoint whose answers carry the headers.
pub struct Guarded<E> {
    inner: E,
    headers: HeaderMap,
}

impl<E: Endpoint> Endpoint for Guarded<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let private = request.uri().path().starts_with("/v1/");
        let mut answer = self.inner.call(request).await?.into_response();
        if private {
            let unless_said = answer.headers_mut().entry(header::CACHE_CONTROL);
            unless_said.or_insert(HeaderValue::from_static("no-store"));
        }
        for (name, value) in &self.headers {
            answer.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
        Ok(answer)
    }
}
