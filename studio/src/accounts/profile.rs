//! What somebody sees and changes of their own account.

use super::{Account, DisplayName, account_store, refusals};
use crate::{Error, Result, Studio, ids::AccountId};

/// The account.
///
/// # Errors
/// [`refusals::BAD_TOKEN`] if it is gone.
pub async fn show(studio: &Studio, account: AccountId) -> Result<Account> {
    let found = account_store::find(&mut *studio.db.acquire().await?, account).await?;
    found.map(|found| found.account).ok_or_else(|| Error::from(refusals::BAD_TOKEN.refuse()))
}

/// Changes what its owner wants to be called.
///
/// # Errors
/// As [`show`].
pub async fn rename(studio: &Studio, account: AccountId, name: &DisplayName) -> Result<Account> {
    account_store::rename(&mut *studio.db.acquire().await?, account, name).await?;
    show(studio, account).await
}
