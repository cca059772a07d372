//! Becoming somebody: register, prove the address, ask for the mail again.
//!
//! Nobody can learn here whether an address has an account: every request is answered alike, after the
//! same work, and what differs is told by mail to whoever reads that address.

use std::net::IpAddr;

use secrecy::SecretString;
use sqlx::PgConnection;

use super::{
    Account, DisplayName, Email, Password, Role, account_store,
    jobs::MailWhatIsNeeded,
    limits,
    mailed_token::{self, Purpose},
};
use crate::{
    Result, Studio,
    ids::{AccountId, MailId},
    notify::{self, Letter, Post},
    queues,
};

/// What somebody gives to register.
pub struct Registration {
    /// Their address.
    pub email: Email,
    /// The password they chose.
    pub password: SecretString,
    /// What they want to be called.
    pub display_name: DisplayName,
}

/// Registers an address, or tells its owner that it has an account. The caller cannot see which.
///
/// # Errors
/// [`super::refusals::WEAK_PASSWORD`], [`super::refusals::TOO_MANY_ATTEMPTS`].
pub async fn register(
    studio: &Studio,
    registration: Registration,
    from: Option<IpAddr>,
) -> Result<()> {
    let Registration { email, password, display_name } = registration;
    let password = Password::choose(password, Some(&email), "password")?;
    studio.limits.take(&limits::REGISTER_FROM_NETWORK, &limits::network_of(from)).await?;
    studio.limits.take(&limits::MAIL_TO_ADDRESS, &email.key()).await?;
    let hash = studio.passwords.hash(password).await?;

    let mut tx = studio.db.begin().await?;
    let id = AccountId::new();
    if account_store::insert(&mut tx, id, &email, &display_name, &hash).await? {
        account_store::grant(&mut tx, id, Role::Creator).await?;
        post_verification(studio, &mut tx, id, email.as_str(), display_name.as_str()).await?;
    } else {
        tell_owner(&mut tx, &email).await?;
    }
    tx.commit().await?;
    studio.waker.wake(queues::MAIL);
    Ok(())
}

/// Proves an address with the token that was mailed to it.
///
/// # Errors
/// [`super::refusals::BAD_MAILED_TOKEN`], [`super::refusals::TOO_MANY_ATTEMPTS`].
pub async fn verify_address(studio: &Studio, token: &str, from: Option<IpAddr>) -> Result<()> {
    studio.limits.take(&limits::MAILED_TOKEN_FROM_NETWORK, &limits::network_of(from)).await?;
    let mut tx = studio.db.begin().await?;
    let account = mailed_token::spend(&mut tx, token, Purpose::VerifyAddress).await?;
    account_store::mark_verified(&mut tx, account).await?;
    tx.commit().await?;
    Ok(())
}

/// Asks for the verification mail again. Whether the address needs one is found out in a job.
///
/// # Errors
/// [`super::refusals::TOO_MANY_ATTEMPTS`].
pub async fn resend_verification(
    studio: &Studio,
    email: &Email,
    from: Option<IpAddr>,
) -> Result<()> {
    MailWhatIsNeeded::request(studio, email, Purpose::VerifyAddress, from).await
}

/// Posts the letter that proves an address, and makes its token good.
pub(super) async fn post_verification(
    studio: &Studio,
    tx: &mut PgConnection,
    account: AccountId,
    recipient: &str,
    display_name: &str,
) -> Result<()> {
    let letter = Letter::VerifyAddress { display_name: display_name.to_owned() };
    post_with_token(studio, tx, (account, recipient), letter, Purpose::VerifyAddress).await
}

/// Posts a letter that carries a token, and makes the token good.
pub(super) async fn post_with_token(
    studio: &Studio,
    tx: &mut PgConnection,
    (account, recipient): (AccountId, &str),
    letter: Letter,
    purpose: Purpose,
) -> Result<()> {
    let id = MailId::new();
    mailed_token::allow(tx, &studio.keys, id, account, purpose).await?;
    let dedupe_key = format!("mail:{id}");
    let post = Post { id, account: Some(account), recipient, letter, dedupe_key: &dedupe_key };
    notify::post(tx, &post).await?;
    Ok(())
}

async fn tell_owner(tx: &mut PgConnection, email: &Email) -> Result<()> {
    let Some(found) = account_store::find_by_email(tx, email).await? else { return Ok(()) };
    let Account { id: account, email: recipient, display_name, .. } = found.account;
    let id = MailId::new();
    let letter = Letter::AlreadyRegistered { display_name };
    let dedupe_key = format!("mail:{id}");
    let post =
        Post { id, account: Some(account), recipient: &recipient, letter, dedupe_key: &dedupe_key };
    notify::post(tx, &post).await?;
    Ok(())
}
