//! Somebody who wants to play a content: signed in, or not.

use poem::{FromRequest, Request, RequestBody, http::header};
use studio::{
    Studio,
    accounts::{self, Permission, refusals},
    ids::AccountId,
};

use crate::Problem;

/// Who wants to see. A proof that is no good is refused, rather than taken for nobody's.
pub struct Viewer {
    /// Whose request it is; none: somebody who did not sign in.
    pub account: Option<AccountId>,
}

impl<'a> FromRequest<'a> for Viewer {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self { account: account(request).await? })
    }
}

async fn account(request: &Request) -> Result<Option<AccountId>, Problem> {
    let Some(header) = request.headers().get(header::AUTHORIZATION) else { return Ok(None) };
    let studio = request.data::<Studio>().ok_or_else(Problem::defect)?;
    let token = header.to_str().ok().and_then(|text| text.strip_prefix("Bearer "));
    let token = token.ok_or_else(|| refusals::UNAUTHENTICATED.refuse())?;
    let caller = accounts::authenticate(studio, token).await?;
    // Who may not read works of their own sees what everyone sees.
    let reads = caller.require(Permission::ContentRead).is_ok();
    Ok(reads.then_some(caller.account))
}
