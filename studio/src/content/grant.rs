//! A grant: a short-lived proof, part of an address, that its holder may play one content.
//!
//! `base64url(content id · expiry · audience · HMAC-SHA256 of these, cut to 16 bytes)`. Players send no
//! Authorization header with a playlist, so the address has to carry it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

use super::refusals;
use crate::{Refusal, ids::ContentId};

const TAG: usize = 16;
const CLAIMS: usize = 16 + 8 + 1;

/// For whom a grant was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The content's creator: good as long as the content is there.
    Creator,
    /// Everybody: good as long as the content is public.
    Everybody,
}

/// What a grant says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// The content.
    pub content: ContentId,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// For whom.
    pub audience: Audience,
}

impl Grant {
    /// Writes it down.
    pub fn write(&self, secret: &[u8]) -> String {
        let claims = self.claims();
        URL_SAFE_NO_PAD.encode([&claims[..], &tag(secret, &claims)].concat())
    }

    /// Reads what [`Grant::write`] wrote.
    ///
    /// # Errors
    /// `playback.expired` for one that is too old, and for one that is not ours: there is nothing to
    /// learn about either.
    pub fn read(secret: &[u8], text: &str, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let grant = Self::parse(secret, text).filter(|grant| grant.expires_at > now);
        grant.ok_or_else(|| refusals::PLAYBACK_EXPIRED.refuse())
    }

    fn parse(secret: &[u8], text: &str) -> Option<Self> {
        let bytes =
            URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() == CLAIMS + TAG)?;
        let (claims, given) = bytes.split_at(CLAIMS);
        mac(secret, claims).verify_truncated_left(given).ok()?;
        let content = Uuid::from_slice(claims.get(..16)?).ok()?;
        let expires = i64::from_be_bytes(claims.get(16..24)?.try_into().ok()?);
        Some(Self {
            content: ContentId(content),
            expires_at: DateTime::from_timestamp(expires, 0)?,
            audience: if claims.get(24) == Some(&1) {
                Audience::Creator
            } else {
                Audience::Everybody
            },
        })
    }

    fn claims(&self) -> Vec<u8> {
        let mut claims = Vec::with_capacity(CLAIMS);
        claims.extend(self.content.0.as_bytes());
        claims.extend(self.expires_at.timestamp().to_be_bytes());
        claims.push(u8::from(self.audience == Audience::Creator));
        claims
    }
}

fn tag(secret: &[u8], claims: &[u8]) -> Vec<u8> {
    let mut tag = mac(secret, claims).finalize().into_bytes().to_vec();
    tag.truncate(TAG);
    tag
}

fn mac(secret: &[u8], claims: &[u8]) -> Hmac<Sha256> {
    #[allow(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length");
    // The same secret signs other things: nothing that was made for those is a grant.
    mac.update(b"creator-studio playback grant 1\0");
    mac.update(claims);
    mac
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    fn grant() -> Grant {
        let expires_at = DateTime::from_timestamp(1_900_000_000, 0).unwrap();
        Grant { content: ContentId::new(), expires_at, audience: Audience::Creator }
    }

    #[test]
    fn a_grant_reads_back_until_it_expires() {
        let grant = grant();
        let text = grant.write(b"secret");
        let before = grant.expires_at - TimeDelta::seconds(1);
        assert_eq!(Grant::read(b"secret", &text, before).unwrap(), grant);
        assert!(Grant::read(b"secret", &text, grant.expires_at).is_err());
    }

    #[test]
    fn another_secret_is_refused() {
        assert!(Grant::read(b"other", &grant().write(b"secret"), Utc::now()).is_err());
    }

    proptest! {
        #[test]
        fn no_change_of_a_bit_goes_unnoticed(byte in 0..CLAIMS + TAG, bit in 0..8) {
            let mut bytes = URL_SAFE_NO_PAD.decode(grant().write(b"secret")).unwrap();
            bytes[byte] ^= 1_u8 << bit;
            let forged = URL_SAFE_NO_PAD.encode(bytes);
            prop_assert!(Grant::read(b"secret", &forged, Utc::now()).is_err());
        }
    }
}
