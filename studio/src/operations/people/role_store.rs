//! The roles of somebody else's account.

use std::collections::BTreeSet;

use sqlx::PgConnection;

use crate::{Result, accounts::Role, ids::AccountId};

/// The roles of an account, which nobody else changes until the transaction ends. None without the
/// account.
pub(super) async fn lock(
    db: &mut PgConnection,
    account: AccountId,
) -> Result<Option<BTreeSet<Role>>> {
    let there = sqlx::query_scalar!("select id from accounts where id = $1 for update", account.0);
    if there.fetch_optional(&mut *db).await?.is_none() {
        return Ok(None);
    }
    let names =
        sqlx::query_scalar!("select role from account_roles where account_id = $1", account.0);
    let names = names.fetch_all(db).await?;
    Ok(Some(names.iter().filter_map(|name| name.parse().ok()).collect()))
}

/// Gives a role; nothing happens if the account has it.
pub(super) async fn grant(
    db: &mut PgConnection,
    account: AccountId,
    role: Role,
    by: Option<AccountId>,
) -> Result<()> {
    sqlx::query!(
        "insert into account_roles (account_id, role, granted_by) values ($1, $2, $3)
         on conflict do nothing",
        account.0,
        role.name(),
        by.map(|by| by.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a role away.
pub(super) async fn revoke(db: &mut PgConnection, account: AccountId, role: Role) -> Result<()> {
    let row = sqlx::query!(
        "delete from account_roles where account_id = $1 and role = $2",
        account.0,
        role.name(),
    );
    row.execute(db).await?;
    Ok(())
}
