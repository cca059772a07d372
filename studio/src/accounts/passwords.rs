//! Changing a password, and setting a new one by mail.

use std::net::IpAddr;

use secrecy::SecretString;
use sqlx::PgConnection;

use super::{
    Account, Email, Password, account_store,
    jobs::MailWhatIsNeeded,
    limits,
    mailed_token::{self, Purpose},
    refusals,
};
use crate::{
    Error, Result, Studio,
    ids::{AccountId, MailId, SessionId},
    notify::{self, Letter, Post},
    queues,
};

/// Asks for a mail with which a new password can be set. Whether the address has an account is found out in
/// a job.
///
/// # Errors
/// [`refusals::TOO_MANY_ATTEMPTS`].
pub async fn request_reset(studio: &Studio, email: &Email, from: Option<IpAddr>) -> Result<()> {
    MailWhatIsNeeded::request(studio, email, Purpose::ResetPassword, from).await
}

/// Sets a new password with the token that was mailed. Proves the address too, and signs all devices out.
///
/// # Errors
/// [`refusals::BAD_MAILED_TOKEN`], [`refusals::WEAK_PASSWORD`], [`refusals::TOO_MANY_ATTEMPTS`].
pub async fn reset(
    studio: &Studio,
    token: &str,
    new_password: SecretString,
    from: Option<IpAddr>,
) -> Result<()> {
    studio.limits.take(&limits::MAILED_TOKEN_FROM_NETWORK, &limits::network_of(from)).await?;
    let account = owner(studio, token).await?;
    let new = choose(&account, new_password)?;
    let hash = studio.passwords.hash(new).await?;

    let mut tx = studio.db.begin().await?;
    mailed_token::spend(&mut tx, token, Purpose::ResetPassword).await?;
    mailed_token::withdraw(&mut tx, account.id, Purpose::ResetPassword).await?;
    account_store::mark_verified(&mut tx, account.id).await?;
    replace(&mut tx, &account, &hash).await?;
    // Before the commit: a session that outlives the old password would be the worse of the two.
    studio.sessions.close_all(account.id, None).await?;
    tx.commit().await?;
    studio.waker.wake(queues::MAIL);
    Ok(())
}

/// Changes the password of somebody who knows the present one. Signs the other devices out.
///
/// # Errors
/// [`refusals::WRONG_PASSWORD`], [`refusals::WEAK_PASSWORD`], [`refusals::TOO_MANY_ATTEMPTS`].
pub async fn change(
    studio: &Studio,
    account: AccountId,
    here: Option<SessionId>,
    current: SecretString,
    new: SecretString,
) -> Result<()> {
    studio.limits.take(&limits::PASSWORD_OF_ACCOUNT, &account.to_string()).await?;
    let found = account_store::find(&mut *studio.db.acquire().await?, account).await?;
    let found = found.ok_or_else(|| Error::from(refusals::BAD_TOKEN.refuse()))?;
    let new = choose(&found.account, new)?;
    let right =
        studio.passwords.matches(Password::presented(current), Some(found.password_hash)).await?;
    if !right {
        return Err(refusals::WRONG_PASSWORD.refuse().at("current_password").into());
    }
    let hash = studio.passwords.hash(new).await?;

    let mut tx = studio.db.begin().await?;
    replace(&mut tx, &found.account, &hash).await?;
    studio.sessions.close_all(account, here).await?;
    tx.commit().await?;
    studio.limits.clear(&limits::PASSWORD_OF_ACCOUNT, &account.to_string()).await;
    studio.waker.wake(queues::MAIL);
    Ok(())
}

async fn owner(studio: &Studio, token: &str) -> Result<Account> {
    let mut db = studio.db.acquire().await?;
    let account = mailed_token::owner(&mut db, token, Purpose::ResetPassword).await?;
    let found = account_store::find(&mut db, account).await?;
    found
        .map(|found| found.account)
        .ok_or_else(|| refusals::BAD_MAILED_TOKEN.refuse().at("token").into())
}

fn choose(account: &Account, new: SecretString) -> Result<Password> {
    let email: Option<Email> = account.email.parse().ok();
    Ok(Password::choose(new, email.as_ref(), "new_password")?)
}

/// Writes the new hash, and tells the owner by mail.
async fn replace(tx: &mut PgConnection, account: &Account, hash: &str) -> Result<()> {
    account_store::set_password(tx, account.id, hash).await?;
    let id = MailId::new();
    let letter = Letter::PasswordChanged { display_name: account.display_name.clone() };
    let dedupe_key = format!("mail:{id}");
    let post = Post {
        id,
        account: Some(account.id),
        recipient: &account.email,
        letter,
        dedupe_key: &dedupe_key,
    };
    notify::post(tx, &post).await?;
    Ok(())
}
