//! Somebody who wants to play a content: signed in, or not.

use poem::{Request, RequestBody, http::header};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions, registry::Registry};
use studio::{
    Studio,
    accounts::{self, Permission, refusals},
    ids::AccountId,
};

use crate::{
    Problem,
    auth::{BEARER, bearer, bearer_token},
};

/// Who wants to see. A proof that is no good is refused, rather than taken for nobody's.
pub struct Viewer {
    /// Whose request it is; none: somebody who did not sign in.
    pub account: Option<AccountId>,
}

/// Documented as the bearer scheme, which is not needed.
impl<'a> ApiExtractor<'a> for Viewer {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        registry.create_security_scheme(BEARER, bearer());
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![BEARER]
    }

    fn has_security_fallback() -> bool {
        true
    }

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        Ok(Self { account: account(request).await? })
    }
}

async fn account(request: &Request) -> Result<Option<AccountId>, Problem> {
    if !request.headers().contains_key(header::AUTHORIZATION) {
        return Ok(None);
    }
    let studio = request.data::<Studio>().ok_or_else(Problem::defect)?;
    let token = bearer_token(request).ok_or_else(|| refusals::UNAUTHENTICATED.refuse())?;
    let caller = accounts::authenticate(studio, token).await?;
    // Who may not read works of their own sees what everyone sees.
    let reads = caller.require(Permission::ContentRead).is_ok();
    Ok(reads.then_some(caller.account))
}
