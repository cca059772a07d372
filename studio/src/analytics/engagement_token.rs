//! What lets a player report: a signed statement (JWT with `EdDSA`; RFC 7519) of who watches what, given out with a
//! playback address. It names a pseudonym, never an account.

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, Header, Validation, errors::ErrorKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    event::{AgeGroup, Country, Gender},
    refusals,
    wire::{Reporter, pseudonym},
};
use crate::{
    Error, Refusal, Result, Studio,
    accounts::Keys,
    ids::{AccountId, ContentId},
};

const ISSUER: &str = "creator-studio";
const AUDIENCE: &str = "engagement";
/// How far apart the clocks of two machines may be, in seconds.
const LEEWAY: u64 = 5;

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: Uuid,
    content: ContentId,
    exp: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    age_group: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gender: Option<String>,
}

/// The token of whoever plays a content. Viewers who signed in have one pseudonym for good, others a new one each
/// time.
///
/// # Errors
/// Never for a key that was read.
pub fn of_viewer(
    studio: &Studio,
    viewer: Option<AccountId>,
    content: ContentId,
    until: DateTime<Utc>,
) -> Result<String> {
    let viewer = match viewer {
        Some(account) => pseudonym(&studio.keys.derive("engagement viewer", account.0.as_bytes())),
        None => Uuid::now_v7(),
    };
    write(&studio.keys, content, viewer, until)
}

/// Signs a token for one viewer of one content.
///
/// # Errors
/// Never for a key that was read.
pub fn write(
    keys: &Keys,
    content: ContentId,
    viewer: Uuid,
    until: DateTime<Utc>,
) -> Result<String> {
    let claims = Claims {
        iss: ISSUER.to_owned(),
        aud: AUDIENCE.to_owned(),
        sub: viewer,
        content,
        exp: until.timestamp(),
        country: None,
        age_group: None,
        gender: None,
    };
    jsonwebtoken::encode(&Header::new(Algorithm::EdDSA), &claims, keys.signing())
        .map_err(|e| Error::internal("signing an engagement token", e))
}

/// Reads a token, ours or one that the platform signed with the same key.
///
/// # Errors
/// [`refusals::ENGAGEMENT_EXPIRED`] or [`refusals::ENGAGEMENT_BAD_TOKEN`].
pub fn read(keys: &Keys, token: &str) -> Result<Reporter, Refusal> {
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_issuer(&[ISSUER]);
    rules.set_audience(&[AUDIENCE]);
    rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    rules.leeway = LEEWAY;
    let token = jsonwebtoken::decode::<Claims>(token, keys.verifying(), &rules);
    let claims = token.map(|token| token.claims).map_err(|error| match error.kind() {
        ErrorKind::ExpiredSignature => refusals::ENGAGEMENT_EXPIRED.refuse(),
        _ => refusals::ENGAGEMENT_BAD_TOKEN.refuse(),
    })?;
    Ok(Reporter {
        content: claims.content,
        viewer: claims.sub,
        country: claims.country.as_deref().and_then(Country::parse),
        age_group: claims
            .age_group
            .as_deref()
            .and_then(AgeGroup::parse)
            .unwrap_or(AgeGroup::Unknown),
        gender: claims.gender.as_deref().and_then(Gender::parse).unwrap_or(Gender::Unknown),
    })
}
