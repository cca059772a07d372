//! What an admin may know and change about somebody else's account: its roles.

mod role_store;
mod roles;

pub use roles::{grant_role, revoke_role};

use super::refusals;
use crate::{
    Result, Studio,
    accounts::{Account, account_store},
    ids::AccountId,
};

/// The account with this id.
///
/// # Errors
/// [`refusals::NO_SUCH_ACCOUNT`].
pub async fn show_account(studio: &Studio, id: AccountId) -> Result<Account> {
    let mut db = studio.db.acquire().await?;
    let found = account_store::find(&mut db, id).await?;
    Ok(found.ok_or_else(|| refusals::NO_SUCH_ACCOUNT.refuse())?.account)
}

/// The account of this address, if there is one.
///
/// # Errors
/// The refusal of what is no address.
pub async fn find_account(studio: &Studio, email: &str) -> Result<Option<Account>> {
    let email = email.parse()?;
    let mut db = studio.db.acquire().await?;
    Ok(account_store::find_by_email(&mut db, &email).await?.map(|found| found.account))
}
