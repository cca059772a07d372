//! The devices on which somebody is signed in.

use super::{Session, refusals};
use crate::{
    Result, Studio,
    ids::{AccountId, SessionId},
};

/// The open sessions, the one used last first. At most fifty: there are no more.
///
/// # Errors
/// Unavailable.
pub async fn list(studio: &Studio, account: AccountId) -> Result<Vec<Session>> {
    studio.sessions.list_open(account).await
}

/// Closes one session; its access tokens are refused from now on.
///
/// # Errors
/// [`refusals::NO_SESSION`].
pub async fn revoke(studio: &Studio, account: AccountId, session: SessionId) -> Result<()> {
    if studio.sessions.close(account, session).await? {
        Ok(())
    } else {
        Err(refusals::NO_SESSION.refuse().at("id").into())
    }
}

/// Closes all sessions, this one too.
///
/// # Errors
/// Unavailable.
pub async fn revoke_all(studio: &Studio, account: AccountId) -> Result<()> {
    studio.sessions.close_all(account, None).await
}
