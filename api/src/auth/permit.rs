//! The extractor that lets a caller in.

use std::{collections::BTreeSet, marker::PhantomData};

use poem::{Request, RequestBody, http::header};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaSecurityScheme, Registry},
};
use studio::{
    Studio,
    accounts::{self, Caller, Role, refusals},
    ids::{AccountId, SessionId},
};

use super::Requires;
use crate::Problem;

/// The name of the security scheme in the document.
pub const BEARER: &str = "bearer";

/// A caller who holds the permission `P`. Without one the request ends here, with 401 or 403.
pub struct Permit<P> {
    caller: Caller,
    permission: PhantomData<P>,
}

impl<P> Permit<P> {
    /// Whose request it is. Every query is limited to this account.
    pub fn account_id(&self) -> AccountId {
        self.caller.account
    }

    /// What the caller is.
    pub fn roles(&self) -> &BTreeSet<Role> {
        &self.caller.roles
    }

    /// The session, unless the caller is a program with an API token.
    pub fn session(&self) -> Option<SessionId> {
        self.caller.session()
    }

    /// The caller as the product knows them.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }
}

/// Documented as a security scheme named after the permission; [`crate::document`] turns these into the
/// one bearer scheme and says beside it which permission an operation asks for.
impl<'a, P: Requires> ApiExtractor<'a> for Permit<P> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        registry.create_security_scheme(P::PERMISSION.name(), bearer());
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![P::PERMISSION.name()]
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        Ok(permit(request).await?)
    }
}

async fn permit<P: Requires>(request: &Request) -> Result<Permit<P>, Problem> {
    let studio = request.data::<Studio>().ok_or_else(Problem::defect)?;
    let token = bearer_token(request).ok_or_else(|| refusals::UNAUTHENTICATED.refuse())?;
    let caller = accounts::authenticate(studio, token).await?;
    tracing::Span::current().record("account", tracing::field::display(caller.account));
    caller.require(P::PERMISSION)?;
    Ok(Permit { caller, permission: PhantomData })
}

/// The token of the `Authorization` header, if it has one.
pub fn bearer_token(request: &Request) -> Option<&str> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// What the document says of it.
pub fn bearer() -> MetaSecurityScheme {
    MetaSecurityScheme {
        ty: "http",
        description: Some("An access token of a session, or an API token."),
        name: None,
        key_in: None,
        scheme: Some("bearer"),
        bearer_format: None,
        flows: None,
        openid_connect_url: None,
    }
}
