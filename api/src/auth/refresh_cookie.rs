//! The cookie that keeps a browser signed in: scripts cannot read it, other sites cannot make the browser
//! send it, and it travels to `/v1/auth` alone.

use std::time::Duration;

use poem::{
    Request, RequestBody,
    http::{HeaderMap, header},
    web::cookie::{Cookie, SameSite},
};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaSecurityScheme, Registry},
};
use studio::{
    Studio,
    accounts::refusals,
    config::{Config, Environment},
};
use url::Url;

use crate::Problem;

/// Its name.
pub const NAME: &str = "creator_studio_refresh";
/// The name of the security scheme in the document.
pub const SCHEME: &str = "refresh_cookie";
const PATH: &str = "/v1/auth";

/// The refresh token that a browser sent, from a page of ours.
pub struct RefreshCookie(Option<String>);

impl RefreshCookie {
    /// The token; empty, and so no good, if there was none.
    pub fn token(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }
}

/// The same, for who need not have one.
pub struct OptionalRefreshCookie(RefreshCookie);

impl OptionalRefreshCookie {
    /// The token; empty, and so no good, if there was none.
    pub fn token(&self) -> &str {
        self.0.token()
    }
}

impl<'a> ApiExtractor<'a> for OptionalRefreshCookie {
    const TYPES: &'static [ApiExtractorType] = RefreshCookie::TYPES;

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        RefreshCookie::register(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        RefreshCookie::security_schemes()
    }

    fn has_security_fallback() -> bool {
        true
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        RefreshCookie::from_request(request, body, options).await.map(Self)
    }
}

/// The cookie for this refresh token, as a header.
pub fn carrying(token: &str, config: &Config) -> String {
    let mut cookie = bare(token, config);
    cookie.set_max_age(Duration::from_secs(config.accounts.session_seconds));
    cookie.to_string()
}

/// The cookie that removes it, as a header.
pub fn removal(config: &Config) -> String {
    let mut cookie = bare("", config);
    cookie.set_max_age(Duration::ZERO);
    cookie.to_string()
}

fn bare(value: &str, config: &Config) -> Cookie {
    let mut cookie = Cookie::new_with_str(NAME, value);
    cookie.set_path(PATH);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Strict);
    cookie.set_secure(config.environment == Environment::Production);
    cookie
}

impl<'a> ApiExtractor<'a> for RefreshCookie {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        registry.create_security_scheme(SCHEME, scheme());
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![SCHEME]
    }

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let studio = request.data::<Studio>().ok_or_else(Problem::defect)?;
        if comes_from_elsewhere(request.headers(), &studio.config.public_url) {
            return Err(Problem::from(refusals::CROSS_SITE.refuse()).into());
        }
        Ok(Self(read(request.headers())))
    }
}

/// Whether a browser says that another site caused this request. Browsers say so in `Sec-Fetch-Site`, older
/// ones in `Origin`; programs say nothing, and have no cookie that somebody could abuse.
fn comes_from_elsewhere(headers: &HeaderMap, ours: &Url) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (said("sec-fetch-site"), said("origin")) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin != ours.origin().ascii_serialization(),
        (None, None) => false,
    }
}

fn read(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut cookies =
        lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.split_once('='));
    cookies.find(|(name, _)| name.trim() == NAME).map(|(_, value)| value.trim().to_owned())
}

fn scheme() -> MetaSecurityScheme {
    MetaSecurityScheme {
        ty: "apiKey",
        description: Some(
            "Set by `sessions.create` and `sessions.refresh`; scripts cannot read it.",
        ),
        name: Some(NAME),
        key_in: Some("cookie"),
        scheme: None,
        bearer_format: None,
        flows: None,
        openid_connect_url: None,
    }
}

#[cfg(test)]
mod tests {
    use poem::http::HeaderName;

    use super::*;

    fn elsewhere(headers: &[(&'static str, &str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
        comes_from_elsewhere(&headers.collect(), &"https://studio.example/".parse().unwrap())
    }

    #[test]
    fn a_page_of_another_site_cannot_use_the_cookie() {
        assert!(elsewhere(&[("sec-fetch-site", "cross-site")]));
        assert!(elsewhere(&[
            ("sec-fetch-site", "same-site"),
            ("origin", "https://studio.example")
        ]));
        assert!(elsewhere(&[("origin", "https://evil.example")]));
        assert!(elsewhere(&[("origin", "null")]));
    }

    #[test]
    fn the_portal_and_programs_can() {
        assert!(!elsewhere(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "http://localhost:8080")
        ]));
        assert!(!elsewhere(&[("origin", "https://studio.example")]));
        assert!(!elsewhere(&[]));
    }
}
