//! A repeated request is one request: the client names it with an `Idempotency-Key`, and the answer to the
//! first is given again to every repetition.
//!
//! The key is claimed, the effect made and the answer saved in one transaction. So a crash leaves all of it
//! or nothing, and a repetition that arrives while the first is at work waits for it at the unique key.
//! Saved answers hold no token and no presigned address: the caller of [`save`] leaves them out.

use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use crate::{Code, Kind, Result, ids::AccountId};

/// The same key for something else.
pub static KEY_REUSED: Code = Code::new(
    "idempotency.key_reused",
    Kind::Conflict,
    "This Idempotency-Key was used for another request.",
    "Make a new key for a new request, or repeat the first one unchanged.",
);
/// A key that is no key.
pub static BAD_KEY: Code = Code::new(
    "idempotency.bad_key",
    Kind::Invalid,
    "An Idempotency-Key has 1 to 255 visible ASCII characters.",
    "Send a random UUID.",
);

/// All codes of this concept.
pub static ALL: &[&Code] = &[&KEY_REUSED, &BAD_KEY];

/// One request that its client has named.
#[derive(Debug, Clone)]
pub struct NamedRequest {
    account: AccountId,
    operation: &'static str,
    key: String,
    fingerprint: [u8; 32],
}

impl NamedRequest {
    /// Names a request. `parameters` is everything that makes it what it is.
    ///
    /// # Errors
    /// [`BAD_KEY`].
    pub fn new(
        account: AccountId,
        operation: &'static str,
        key: &str,
        parameters: &impl Serialize,
    ) -> Result<Self> {
        let readable = (1..=255).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
        if !readable {
            return Err(BAD_KEY.refuse().at("Idempotency-Key").into());
        }
        let fingerprint = Sha256::digest(serde_json::to_vec(parameters)?).into();
        Ok(Self { account, operation, key: key.to_owned(), fingerprint })
    }
}

/// Claims the key in the caller's transaction. Gives the saved answer if this is a repetition; waits for a
/// first request that is still at work.
///
/// # Errors
/// [`KEY_REUSED`] if the key was used for another operation or other parameters.
pub async fn claim<A: DeserializeOwned>(
    tx: &mut PgConnection,
    request: &NamedRequest,
) -> Result<Option<A>> {
    let claimed = sqlx::query!(
        "insert into idempotency_keys (account_id, key, operation, fingerprint)
         values ($1, $2, $3, $4) on conflict do nothing",
        request.account.0,
        request.key,
        request.operation,
        &request.fingerprint[..],
    )
    .execute(&mut *tx)
    .await?;
    if claimed.rows_affected() == 1 {
        return Ok(None);
    }
    let first = sqlx::query!(
        "select operation, fingerprint, answer from idempotency_keys
         where account_id = $1 and key = $2",
        request.account.0,
        request.key,
    )
    .fetch_one(tx)
    .await?;
    if first.operation != request.operation || first.fingerprint != request.fingerprint {
        return Err(KEY_REUSED.refuse().at("Idempotency-Key").into());
    }
    Ok(Some(serde_json::from_value(first.answer.unwrap_or_default())?))
}

/// Saves the answer, in the transaction that claimed the key and made the effect.
pub async fn save(
    tx: &mut PgConnection,
    request: &NamedRequest,
    answer: &impl Serialize,
) -> Result<()> {
    sqlx::query!(
        "update idempotency_keys set answer = $3 where account_id = $1 and key = $2",
        request.account.0,
        request.key,
        serde_json::to_value(answer)?,
    )
    .execute(tx)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(key: &str) -> Result<NamedRequest> {
        NamedRequest::new(AccountId::new(), "uploads.create", key, &"parameters")
    }

    #[test]
    fn a_key_is_visible_ascii_of_a_sensible_length() {
        assert!(name("0198f2c0-4a7b").is_ok());
        for bad in ["", "two words", "zeilen\numbruch", "ключ", &"k".repeat(256)] {
            assert_eq!(name(bad).unwrap_err().code(), Some("idempotency.bad_key"), "{bad:?}");
        }
    }
}
