//! From the text after `Authorization: Bearer` to a [`Caller`].
//!
//! An access token is good while its session is open, so a session that was revoked is refused with the
//! next request. That question goes to Redis. While Redis cannot be asked, access tokens are refused as
//! unavailable (503): better nobody for a moment than somebody who was shut out. API tokens are in
//! Postgres and go on working.

use sha2::{Digest, Sha256};

use super::{ApiSecret, Caller, Proof, api_token_store, refusals};
use crate::{Result, Studio};

/// Who presents this token.
///
/// # Errors
/// [`refusals::BAD_TOKEN`], [`refusals::TOKEN_EXPIRED`] or [`refusals::SESSION_ENDED`]; unavailable
/// while the store that knows cannot be asked.
pub async fn authenticate(studio: &Studio, bearer: &str) -> Result<Caller> {
    if ApiSecret::looks_like(bearer) {
        by_api_token(studio, bearer).await
    } else {
        by_access_token(studio, bearer).await
    }
}

async fn by_access_token(studio: &Studio, token: &str) -> Result<Caller> {
    let claims = studio.keys.verify(token)?;
    if !studio.sessions.is_open(claims.sub, claims.sid).await? {
        return Err(refusals::SESSION_ENDED.refuse().into());
    }
    Ok(Caller { account: claims.sub, roles: claims.roles, proof: Proof::Session(claims.sid) })
}

async fn by_api_token(studio: &Studio, token: &str) -> Result<Caller> {
    let mut db = studio.db.acquire().await?;
    let hash = Sha256::digest(token);
    let Some(found) = api_token_store::find_presented(&mut db, &hash).await? else {
        return Err(refusals::BAD_TOKEN.refuse().into());
    };
    if found.expired {
        return Err(refusals::TOKEN_EXPIRED.refuse().into());
    }
    if found.use_is_news {
        api_token_store::mark_used(&mut db, found.id).await?;
    }
    Ok(Caller {
        account: found.account,
        roles: found.roles,
        proof: Proof::ApiToken(found.id, found.scopes),
    })
}
