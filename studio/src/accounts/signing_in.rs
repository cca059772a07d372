//! Signing in with a password, staying signed in, and signing out.

use std::net::IpAddr;

use chrono::{TimeDelta, Utc};
use secrecy::SecretString;

use super::{
    Account, Email, Password, RefreshToken, Rotation, Session, account_store, demo, limits,
    refusals,
};
use crate::{
    Error, Refusal, Result, Studio,
    ids::{AccountId, SessionId},
    notify::{self, Notice},
    queues,
};

/// For how long the token before is still taken: an answer was lost, or two tabs asked at once.
const GRACE: TimeDelta = TimeDelta::seconds(30);
/// The longest name that a browser gives itself and we keep.
const LONGEST_USER_AGENT: usize = 200;

/// The device that somebody signs in with.
#[derive(Debug, Clone, Default)]
pub struct Device {
    /// Its address.
    pub address: Option<IpAddr>,
    /// What it calls itself.
    pub user_agent: Option<String>,
}

/// Somebody who is signed in.
pub struct SignedIn {
    /// Who.
    pub account: Account,
    /// What the next requests carry.
    pub access_token: String,
    /// What the next refresh carries.
    pub refresh_token: String,
}

/// Signs in.
///
/// An unknown address costs as much as a wrong password and is told the same. That an address is not
/// verified is told to those who know its password.
///
/// # Errors
/// [`refusals::BAD_CREDENTIALS`], [`refusals::UNVERIFIED`], [`refusals::TOO_MANY_ATTEMPTS`].
pub async fn sign_in(
    studio: &Studio,
    email: &Email,
    password: SecretString,
    device: Device,
) -> Result<SignedIn> {
    let network = limits::network_of(device.address);
    studio.limits.take(&limits::SIGN_IN_FROM_NETWORK, &network).await?;
    studio.limits.take(&limits::SIGN_IN_OF_ADDRESS, &email.key()).await?;
    let account = check(studio, email, password).await?;
    studio.limits.clear(&limits::SIGN_IN_OF_ADDRESS, &email.key()).await;
    demo::check_allowed(&studio.config, &account)?;
    if account.verified_at.is_none() {
        return Err(refusals::UNVERIFIED.refuse().into());
    }
    let session = open_session(studio, account.id, device).await?;
    let token = RefreshToken::first(account.id, session);
    answer(studio, account, token)
}

/// Exchanges a refresh token for a new pair of tokens.
///
/// # Errors
/// [`refusals::BAD_REFRESH`]; [`refusals::REUSED_REFRESH`] when the token was used before, which closes the
/// session and tells its owner.
pub async fn refresh(studio: &Studio, token: &str, device: Device) -> Result<SignedIn> {
    let network = limits::network_of(device.address);
    studio.limits.take(&limits::REFRESH_FROM_NETWORK, &network).await?;
    let bad = || Error::from(refusals::BAD_REFRESH.refuse());
    let token = RefreshToken::read(&studio.keys, token).ok_or_else(bad)?;
    match studio.sessions.rotate(&token, Utc::now(), GRACE).await? {
        Rotation::Rotated | Rotation::Repeated => {}
        Rotation::Gone => return Err(bad()),
        Rotation::Reused => return Err(closed_for_safety(studio, &token).await?.into()),
    }
    let mut db = studio.db.acquire().await?;
    let found = account_store::find(&mut db, token.account).await?.ok_or_else(bad)?;
    answer(studio, found.account, token.successor())
}

/// Closes the session of a refresh token. Nothing happens if it is closed, or if the token is none.
///
/// # Errors
/// Unavailable: then the session is still open.
pub async fn sign_out(studio: &Studio, token: &str) -> Result<()> {
    if let Some(token) = RefreshToken::read(&studio.keys, token) {
        studio.sessions.close(token.account, token.session).await?;
    }
    Ok(())
}

async fn check(studio: &Studio, email: &Email, password: SecretString) -> Result<Account> {
    let mut db = studio.db.acquire().await?;
    let found = account_store::find_by_email(&mut db, email).await?;
    // Others need the connection while this one waits for its turn to be hashed.
    drop(db);
    let hash = found.as_ref().map(|found| found.password_hash.clone());
    let right = studio.passwords.matches(Password::presented(password), hash).await?;
    match found {
        Some(found) if right => Ok(found.account),
        _ => Err(refusals::BAD_CREDENTIALS.refuse().into()),
    }
}

async fn open_session(studio: &Studio, account: AccountId, device: Device) -> Result<SessionId> {
    let now = Utc::now();
    let session = Session {
        id: SessionId::new(),
        created_at: now,
        last_used_at: now,
        user_agent: device.user_agent.map(|name| name.chars().take(LONGEST_USER_AGENT).collect()),
        network: device.address.map(coarse),
    };
    studio.sessions.open(account, &session).await?;
    Ok(session.id)
}

/// The network, without the part that names one machine: enough to recognise a place by.
fn coarse(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

fn answer(studio: &Studio, account: Account, token: RefreshToken) -> Result<SignedIn> {
    let seconds = i64::try_from(studio.config.accounts.access_token_seconds).unwrap_or(900);
    let lifetime = TimeDelta::seconds(seconds);
    let roles = account.roles.clone();
    let access_token = studio.keys.sign(account.id, token.session, roles, Utc::now(), lifetime)?;
    Ok(SignedIn { account, access_token, refresh_token: token.write(&studio.keys) })
}

async fn closed_for_safety(studio: &Studio, token: &RefreshToken) -> Result<Refusal> {
    tracing::warn!(account = %token.account, session = %token.session, "a refresh token was used twice");
    let mut tx = studio.db.begin().await?;
    let once = format!("session-closed:{}", token.session);
    notify::tell(&mut tx, token.account, &Notice::SessionClosed, &once).await?;
    tx.commit().await?;
    studio.waker.wake(queues::MAIL);
    Ok(refusals::REUSED_REFRESH.refuse())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_remembered_coarsely() {
        assert_eq!(coarse("203.0.113.77".parse().unwrap()), "203.0.113.0/24");
        assert_eq!(coarse("2001:db8:1:2::77".parse().unwrap()), "2001:db8:1::/48");
    }
}
