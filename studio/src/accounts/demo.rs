//! People for demonstrations and tests, made at once and verified. Never in production.

use super::{Account, DisplayName, Email, Password, Role, account_store, refusals};
use crate::{
    Result, Studio,
    config::{Config, Environment},
    ids::AccountId,
};

/// Where demo people have their address. The domain `test` belongs to nobody (RFC 2606).
const DOMAIN: &str = "@demo.test";

/// Makes a person whose address counts as verified. Somebody who is there already stays as they are, and
/// gets the roles that they lack.
///
/// # Errors
/// [`refusals::DEMO_ONLY`] in production, and whatever registering refuses.
pub async fn create(
    studio: &Studio,
    email: &str,
    display_name: &str,
    password: &str,
    roles: &[Role],
) -> Result<AccountId> {
    if studio.config.environment == Environment::Production {
        return Err(refusals::DEMO_ONLY.refuse().into());
    }
    let email: Email = email.parse()?;
    let name: DisplayName = display_name.parse()?;
    let password = Password::choose(password.into(), Some(&email), "password")?;
    let mut db = studio.db.acquire().await?;
    if let Some(found) = account_store::find_by_email(&mut db, &email).await? {
        grant_all(&mut db, found.account.id, roles).await?;
        return Ok(found.account.id);
    }
    drop(db);
    let hash = studio.passwords.hash(password).await?;

    let mut tx = studio.db.begin().await?;
    let id = AccountId::new();
    account_store::insert(&mut tx, id, &email, &name, &hash).await?;
    account_store::mark_verified(&mut tx, id).await?;
    grant_all(&mut tx, id, roles).await?;
    tx.commit().await?;
    Ok(id)
}

/// Keeps demo people out of a place for real ones, should a database of a demonstration end up there.
///
/// # Errors
/// [`refusals::DEMO_ONLY`].
pub(super) fn check_allowed(config: &Config, account: &Account) -> Result<()> {
    let demo = account.email.to_lowercase().ends_with(DOMAIN);
    if demo && config.environment == Environment::Production {
        return Err(refusals::DEMO_ONLY.refuse().into());
    }
    Ok(())
}

async fn grant_all(db: &mut sqlx::PgConnection, id: AccountId, roles: &[Role]) -> Result<()> {
    for role in roles {
        account_store::grant(db, id, *role).await?;
    }
    Ok(())
}

/// A person of a demonstration who is there already.
///
/// # Errors
/// [`refusals::DEMO_ONLY`] in production, [`refusals::BAD_CREDENTIALS`] for somebody whom nobody knows.
pub async fn find(studio: &Studio, email: &str) -> Result<AccountId> {
    if studio.config.environment == Environment::Production {
        return Err(refusals::DEMO_ONLY.refuse().into());
    }
    let email: Email = email.parse()?;
    let mut db = studio.db.acquire().await?;
    let found = account_store::find_by_email(&mut db, &email).await?;
    Ok(found.ok_or_else(|| refusals::BAD_CREDENTIALS.refuse())?.account.id)
}
