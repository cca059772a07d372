//! Access tokens: a signed statement (JWT with `EdDSA`; RFC 7519, RFC 8037) that names a person, their session
//! and their roles for a quarter of an hour.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, Header, Validation, errors::ErrorKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Keys, Role, refusals};
use crate::{
    Error, Refusal, Result,
    ids::{AccountId, SessionId},
};

const ISSUER: &str = "creator-studio";
/// How far apart the clocks of two of our machines may be, in seconds.
const LEEWAY: u64 = 5;

/// What an access token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    /// The account.
    pub sub: AccountId,
    /// The session.
    pub sid: SessionId,
    /// The roles at the time of signing. Whoever changes roles closes the sessions.
    pub roles: BTreeSet<Role>,
    iat: i64,
    exp: i64,
    /// Tells two tokens of one second apart.
    jti: Uuid,
}

impl Keys {
    /// Signs an access token.
    ///
    /// # Errors
    /// Never for a key that was read.
    pub fn sign(
        &self,
        account: AccountId,
        session: SessionId,
        roles: BTreeSet<Role>,
        now: DateTime<Utc>,
        lifetime: TimeDelta,
    ) -> Result<String> {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            sub: account,
            sid: session,
            roles,
            iat: now.timestamp(),
            exp: (now + lifetime).timestamp(),
            jti: Uuid::now_v7(),
        };
        let header = Header { kid: Some(self.id.clone()), ..Header::new(Algorithm::EdDSA) };
        jsonwebtoken::encode(&header, &claims, &self.signing)
            .map_err(|e| Error::internal("signing an access token", e))
    }

    /// Reads an access token that this installation signed.
    ///
    /// # Errors
    /// [`refusals::TOKEN_EXPIRED`] or [`refusals::BAD_TOKEN`].
    pub fn verify(&self, token: &str) -> Result<Claims, Refusal> {
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_issuer(&[ISSUER]);
        rules.set_required_spec_claims(&["exp", "iss", "sub"]);
        rules.leeway = LEEWAY;
        let token = jsonwebtoken::decode::<Claims>(token, &self.verifying, &rules);
        token.map(|token| token.claims).map_err(|error| match error.kind() {
            ErrorKind::ExpiredSignature => refusals::TOKEN_EXPIRED.refuse(),
            _ => refusals::BAD_TOKEN.refuse(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{super::keys::tests::keys, *};

    fn signed(seed: u8, lifetime: TimeDelta) -> String {
        let roles = BTreeSet::from([Role::Creator]);
        keys(seed).sign(AccountId::new(), SessionId::new(), roles, Utc::now(), lifetime).unwrap()
    }

    fn refusal(token: &str) -> &'static str {
        keys(1).verify(token).unwrap_err().code.code
    }

    #[test]
    fn a_token_says_who_holds_it() {
        let claims = keys(1).verify(&signed(1, TimeDelta::minutes(15))).unwrap();
        assert_eq!(claims.roles, BTreeSet::from([Role::Creator]));
        assert_eq!(claims.exp - claims.iat, 900);
    }

    #[test]
    fn an_old_token_is_refused_as_expired() {
        assert_eq!(refusal(&signed(1, TimeDelta::minutes(-1))), "auth.token_expired");
    }

    #[test]
    fn a_token_of_another_installation_is_refused() {
        assert_eq!(refusal(&signed(2, TimeDelta::minutes(15))), "auth.token_invalid");
    }

    #[test]
    fn a_token_that_names_no_algorithm_is_refused() {
        let token = signed(1, TimeDelta::minutes(15));
        let payload = token.split('.').nth(1).unwrap();
        // {"alg":"none"}
        assert_eq!(refusal(&format!("eyJhbGciOiJub25lIn0.{payload}.")), "auth.token_invalid");
    }
}
