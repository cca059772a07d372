//! `Vod-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256(secret, "<t>.<payload>")>`, both ways.
//!
//! The payload is the raw body; a request without a body signs `<METHOD> <path>`. The receiver refuses
//! a time more than five minutes away. Within them a repeated request meets an idempotent operation.

use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The header's name.
pub const HEADER: &str = "Vod-Signature";
/// How far the sender's clock may be from ours.
const WINDOW: TimeDelta = TimeDelta::minutes(5);

/// The shared secret.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    pub fn new(secret: &str) -> Self {
        Self(secret.as_bytes().to_vec())
    }

    /// A secret that is not this one.
    pub fn wrong(&self) -> Self {
        Self([self.0.as_slice(), b"?"].concat())
    }

    /// Hex HMAC-SHA256 of the parts, one after the other.
    pub fn mac(&self, parts: &[&[u8]]) -> String {
        hex::encode(self.hmac(parts).finalize().into_bytes())
    }

    /// Whether `mac` is that of the parts; takes the same time whatever differs.
    pub fn proves(&self, parts: &[&[u8]], mac: &str) -> bool {
        hex::decode(mac).is_ok_and(|mac| self.hmac(parts).verify_slice(&mac).is_ok())
    }

    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    fn hmac(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut hmac = Hmac::<Sha256>::new_from_slice(&self.0).expect("a key of any length");
        for part in parts {
            hmac.update(part);
        }
        hmac
    }
}

/// The header's value for `payload`, signed at `now`.
pub fn sign(secret: &Secret, payload: &[u8], now: DateTime<Utc>) -> String {
    let time = now.timestamp().to_string();
    let mac = secret.mac(&[time.as_bytes(), b".", payload]);
    format!("t={time},v1={mac}")
}

/// Why a signature is not accepted.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the header Vod-Signature is not of the form t=<seconds>,v1=<hex>")]
    Malformed,
    #[error("the signature's time is more than five minutes from ours")]
    OutsideWindow,
    #[error("the signature does not fit the request and the shared secret")]
    Wrong,
}

/// Checks the header's value against `payload`.
pub fn verify(
    secret: &Secret,
    header: &str,
    payload: &[u8],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let (time, mac) = parse(header).ok_or(Refused::Malformed)?;
    if !secret.proves(&[time.as_bytes(), b".", payload], mac) {
        return Err(Refused::Wrong);
    }
    let seconds = time.parse().map_err(|_| Refused::Malformed)?;
    let signed_at = DateTime::from_timestamp(seconds, 0).ok_or(Refused::Malformed)?;
    if (now - signed_at).abs() > WINDOW { Err(Refused::OutsideWindow) } else { Ok(()) }
}

fn parse(header: &str) -> Option<(&str, &str)> {
    let (time, mac) = header.split_once(',')?;
    Some((time.trim().strip_prefix("t=")?, mac.trim().strip_prefix("v1=")?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    #[test]
    fn the_signature_is_the_documented_one() {
        // printf '1800000000.{}' | openssl dgst -sha256 -hmac secret
        let expected =
            "t=1800000000,v1=bb7079132825ac793cea8c013c1dd24d926b9b02132245b10588d9e5c0df70d7";
        assert_eq!(sign(&Secret::new("secret"), b"{}", now()), expected);
    }

    proptest! {
        #[test]
        fn no_other_header_passes(header in ".{0,120}", time in any::<i64>(), mac in "[0-9a-f]{0,70}") {
            let secret = Secret::new("secret");
            for header in [header, format!("t={time},v1={mac}")] {
                let verified = verify(&secret, &header, b"{}", now());
                prop_assert!(verified.is_err());
            }
        }
    }

    #[test]
    fn only_the_signed_payload_secret_and_time_pass() {
        let secret = Secret::new("secret");
        let header = sign(&secret, b"{}", now());
        assert_eq!(verify(&secret, &header, b"{}", now()), Ok(()));
        assert_eq!(verify(&secret, &header, b"{ }", now()), Err(Refused::Wrong));
        assert_eq!(verify(&secret.wrong(), &header, b"{}", now()), Err(Refused::Wrong));
        let moved = header.replacen("t=18", "t=19", 1);
        assert_eq!(verify(&secret, &moved, b"{}", now()), Err(Refused::Wrong));
        for late in [TimeDelta::seconds(301), TimeDelta::seconds(-301)] {
            assert_eq!(verify(&secret, &header, b"{}", now() + late), Err(Refused::OutsideWindow));
        }
        for malformed in ["", "t=1", "v1=00,t=1", "t=x,v1=zz"] {
            assert!(verify(&secret, malformed, b"{}", now()).is_err(), "{malformed}");
        }
    }
}
