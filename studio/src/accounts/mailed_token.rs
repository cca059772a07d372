//! Single-use tokens in mails. The token is a function of the mail that carries it, so it stands in no
//! table and in no job's arguments: the sender makes it, we keep its hash.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::{Keys, refusals};
use crate::{
    Refusal, Result,
    ids::{AccountId, MailId},
};

/// What a mailed token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Proves that the address is its owner's.
    VerifyAddress,
    /// Sets a new password.
    ResetPassword,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::VerifyAddress => "verify_address",
            Self::ResetPassword => "reset_password",
        }
    }

    /// How long it is good.
    pub const fn lifetime(self) -> Duration {
        match self {
            Self::VerifyAddress => Duration::from_hours(48),
            Self::ResetPassword => Duration::from_hours(1),
        }
    }
}

/// The token that the mail carries.
pub fn in_mail(keys: &Keys, mail: MailId) -> String {
    URL_SAFE_NO_PAD.encode(keys.derive("mailed token", mail.0.as_bytes()))
}

/// Makes the token of this mail good for one use.
pub async fn allow(
    tx: &mut PgConnection,
    keys: &Keys,
    mail: MailId,
    account: AccountId,
    purpose: Purpose,
) -> Result<()> {
    sqlx::query!(
        "insert into mailed_tokens (hash, account_id, purpose, expires_at)
         values ($1, $2, $3, jobs.now() + make_interval(secs => $4))",
        &hash(&in_mail(keys, mail))[..],
        account.0,
        purpose.name(),
        purpose.lifetime().as_secs_f64(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Uses the token up, and says whose it was.
///
/// # Errors
/// [`refusals::BAD_MAILED_TOKEN`] for one that is unknown, used, too old or for another purpose.
pub async fn spend(tx: &mut PgConnection, token: &str, purpose: Purpose) -> Result<AccountId> {
    let account = sqlx::query_scalar!(
        "update mailed_tokens set used_at = jobs.now()
         where hash = $1 and purpose = $2 and used_at is null and expires_at > jobs.now()
         returning account_id",
        &hash(token)[..],
        purpose.name(),
    )
    .fetch_optional(tx)
    .await?;
    account.map(Into::into).ok_or_else(|| bad_token().into())
}

/// Whose token it is, if it can still be used; it stays usable.
pub async fn owner(db: &mut PgConnection, token: &str, purpose: Purpose) -> Result<AccountId> {
    let account = sqlx::query_scalar!(
        "select account_id from mailed_tokens
         where hash = $1 and purpose = $2 and used_at is null and expires_at > jobs.now()",
        &hash(token)[..],
        purpose.name(),
    )
    .fetch_optional(db)
    .await?;
    account.map(Into::into).ok_or_else(|| bad_token().into())
}

/// Makes all tokens of the account for this purpose worthless.
pub async fn withdraw(tx: &mut PgConnection, account: AccountId, purpose: Purpose) -> Result<()> {
    sqlx::query!(
        "update mailed_tokens set used_at = jobs.now()
         where account_id = $1 and purpose = $2 and used_at is null",
        account.0,
        purpose.name(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

fn bad_token() -> Refusal {
    refusals::BAD_MAILED_TOKEN.refuse().at("token")
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}
