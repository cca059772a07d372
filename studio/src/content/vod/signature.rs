//! `Vod-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256(secret, "<t>.<body>")>`, in both directions.
//! A request without a body signs `<t>.<METHOD> <path>`. Good for five minutes.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{Refusal, content::refusals};

/// The header.
pub const HEADER: &str = "Vod-Signature";
/// How far the two clocks may be apart, and how old a signature may be, in seconds.
pub const WINDOW_SECONDS: i64 = 300;

/// The header's value for `signed` at `at`.
pub fn sign(secret: &[u8], at: DateTime<Utc>, signed: &[u8]) -> String {
    let seconds = at.timestamp();
    format!("t={seconds},v1={}", hex::encode(mac(secret, seconds, signed).finalize().into_bytes()))
}

/// Checks a header's value.
///
/// # Errors
/// `webhook.bad_signature`, `webhook.out_of_time`.
pub fn verify(
    secret: &[u8],
    now: DateTime<Utc>,
    header: &str,
    signed: &[u8],
) -> Result<(), Refusal> {
    let (seconds, given) = read(header).ok_or_else(|| refusals::WEBHOOK_BAD_SIGNATURE.refuse())?;
    mac(secret, seconds, signed)
        .verify_slice(&given)
        .map_err(|_| refusals::WEBHOOK_BAD_SIGNATURE.refuse())?;
    if now.timestamp().abs_diff(seconds) > WINDOW_SECONDS.unsigned_abs() {
        return Err(refusals::WEBHOOK_OUT_OF_TIME.refuse());
    }
    Ok(())
}

fn read(header: &str) -> Option<(i64, Vec<u8>)> {
    let (mut seconds, mut given) = (None, None);
    for part in header.split(',') {
        match part.trim().split_once('=')? {
            ("t", value) => seconds = value.parse().ok(),
            ("v1", value) => given = hex::decode(value).ok(),
            _ => {} // a version that we do not know beside one that we do
        }
    }
    Some((seconds?, given?))
}

fn mac(secret: &[u8], seconds: i64, signed: &[u8]) -> Hmac<Sha256> {
    #[allow(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length");
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(signed);
    mac
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    fn at() -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000, 0).unwrap()
    }

    fn code(now: DateTime<Utc>, header: &str, body: &[u8]) -> Option<&'static str> {
        verify(b"secret", now, header, body).err().map(|refusal| refusal.code.code)
    }

    #[test]
    fn a_signature_is_good_for_five_minutes_either_way() {
        let header = sign(b"secret", at(), b"body");
        for seconds in [-300, 0, 300] {
            assert_eq!(code(at() + TimeDelta::seconds(seconds), &header, b"body"), None);
        }
        for seconds in [-301, 301] {
            let late = code(at() + TimeDelta::seconds(seconds), &header, b"body");
            assert_eq!(late, Some("webhook.out_of_time"));
        }
    }

    #[test]
    fn another_body_secret_or_time_is_refused() {
        let header = sign(b"secret", at(), b"body");
        assert_eq!(code(at(), &header, b"other"), Some("webhook.bad_signature"));
        assert_eq!(
            code(at(), &sign(b"other", at(), b"body"), b"body"),
            Some("webhook.bad_signature")
        );
        let shifted = header.replace("t=1700000000", "t=1700000001");
        assert_eq!(code(at(), &shifted, b"body"), Some("webhook.bad_signature"));
    }

    proptest! {
        #[test]
        fn no_header_makes_the_reader_fail(header in ".{0,80}") {
            prop_assert!(verify(b"secret", at(), &header, b"body").is_err());
        }
    }
}
