//! Tokens with which somebody's programs call the API.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ApiSecret, ApiToken, Caller, Permission, api_token_store, limits, refusals};
use crate::{
    Refusal, Result, Studio,
    idempotency::{self, NamedRequest},
    ids::{AccountId, ApiTokenId},
};

/// The most tokens that an account has at a time.
const MOST: i64 = 50;
const LONGEST_NAME: usize = 80;
/// The longest time a token is good, in days: ten years.
const LONGEST_LIFE: u32 = 3650;

/// What a token is to be.
#[derive(Debug, Clone)]
pub struct NewApiToken {
    name: String,
    scopes: BTreeSet<Permission>,
    expires_in_days: Option<u32>,
}

impl NewApiToken {
    /// Checks what was asked for against what the caller may hand on.
    ///
    /// # Errors
    /// [`refusals::BAD_TOKEN_NAME`], [`refusals::BAD_SCOPE`], [`refusals::BAD_EXPIRY`].
    pub fn parse(
        caller: &Caller,
        name: &str,
        scopes: &[Permission],
        expires_in_days: Option<u32>,
    ) -> Result<Self, Refusal> {
        let name = name.trim();
        if !(1..=LONGEST_NAME).contains(&name.chars().count()) || name.chars().any(char::is_control)
        {
            return Err(refusals::BAD_TOKEN_NAME.refuse().at("name"));
        }
        if expires_in_days.is_some_and(|days| !(1..=LONGEST_LIFE).contains(&days)) {
            return Err(refusals::BAD_EXPIRY.refuse().at("expires_in_days"));
        }
        let scopes = grantable(caller, scopes)?;
        Ok(Self { name: name.to_owned(), scopes, expires_in_days })
    }
}

fn grantable(caller: &Caller, scopes: &[Permission]) -> Result<BTreeSet<Permission>, Refusal> {
    let mine = || Permission::all().filter(|p| p.is_token_scope() && p.is_held_by(&caller.roles));
    let refuse = || {
        let names: Vec<_> = mine().map(Permission::name).collect();
        refusals::BAD_SCOPE.because(format!("You can give: {}.", names.join(", "))).at("scopes")
    };
    if scopes.is_empty() {
        return Err(refuse());
    }
    scopes
        .iter()
        .map(|scope| mine().find(|permission| permission == scope).ok_or_else(refuse))
        .collect()
}

/// A token that was made. The secret is there the first time only.
pub struct MadeApiToken {
    /// The token.
    pub token: ApiToken,
    /// What the program sends; none in the answer to a repeated request.
    pub secret: Option<String>,
}

/// What is remembered of a request that made a token: never the secret.
#[derive(Serialize, Deserialize)]
struct SavedAnswer {
    id: ApiTokenId,
}

/// Makes a token.
///
/// # Errors
/// [`refusals::TOO_MANY_TOKENS`], [`refusals::TOO_MANY_ATTEMPTS`], [`idempotency::KEY_REUSED`].
pub async fn create(
    studio: &Studio,
    account: AccountId,
    new: NewApiToken,
    request: Option<NamedRequest>,
) -> Result<MadeApiToken> {
    studio.limits.take(&limits::TOKENS_OF_ACCOUNT, &account.to_string()).await?;
    let mut tx = studio.db.begin().await?;
    if let Some(request) = &request
        && let Some(SavedAnswer { id }) = idempotency::claim(&mut tx, request).await?
    {
        let token = api_token_store::find(&mut tx, account, id).await?;
        let token = token.ok_or_else(|| refusals::NO_TOKEN.refuse())?;
        return Ok(MadeApiToken { token, secret: None });
    }
    if api_token_store::count(&mut tx, account).await? >= MOST {
        return Err(refusals::TOO_MANY_TOKENS.refuse().into());
    }
    let secret = ApiSecret::generate();
    let days = new.expires_in_days.and_then(|days| i32::try_from(days).ok());
    let row = api_token_store::NewRow { name: &new.name, scopes: &new.scopes, days };
    let token = api_token_store::insert(&mut tx, account, &secret.hash(), row).await?;
    if let Some(request) = &request {
        idempotency::save(&mut tx, request, &SavedAnswer { id: token.id }).await?;
    }
    tx.commit().await?;
    Ok(MadeApiToken { token, secret: Some(secret.reveal()) })
}

/// The tokens that were not revoked, the newest first. At most fifty: there are no more.
///
/// # Errors
/// The database's.
pub async fn list(studio: &Studio, account: AccountId) -> Result<Vec<ApiToken>> {
    api_token_store::list(&mut *studio.db.acquire().await?, account).await
}

/// Revokes a token: it is refused from now on.
///
/// # Errors
/// [`refusals::NO_TOKEN`].
pub async fn revoke(studio: &Studio, account: AccountId, token: ApiTokenId) -> Result<()> {
    if api_token_store::revoke(&mut *studio.db.acquire().await?, account, token).await? {
        Ok(())
    } else {
        Err(refusals::NO_TOKEN.refuse().at("id").into())
    }
}
