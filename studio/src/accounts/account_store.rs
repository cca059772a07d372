//! Accounts in Postgres, one function a query.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Account, DisplayName, Email, Role, account::Credentials};
use crate::{Result, ids::AccountId};

struct Row {
    id: Uuid,
    email: String,
    display_name: String,
    password_hash: String,
    verified_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    roles: Vec<String>,
}

impl From<Row> for Credentials {
    fn from(row: Row) -> Self {
        let account = Account {
            id: row.id.into(),
            email: row.email,
            display_name: row.display_name,
            roles: row.roles.iter().filter_map(|role| role.parse().ok()).collect(),
            verified_at: row.verified_at,
            created_at: row.created_at,
        };
        Self { account, password_hash: row.password_hash }
    }
}

/// Adds an account; not if the address has one already. Says whether it did.
pub async fn insert(
    db: &mut PgConnection,
    id: AccountId,
    email: &Email,
    name: &DisplayName,
    password_hash: &str,
) -> Result<bool> {
    let inserted = sqlx::query!(
        "insert into accounts (id, email, display_name, password_hash) values ($1, $2, $3, $4)
         on conflict (email_key) do nothing",
        id.0,
        email.as_str(),
        name.as_str(),
        password_hash,
    )
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Gives a role; nothing happens if the account has it.
pub async fn grant(db: &mut PgConnection, id: AccountId, role: Role) -> Result<()> {
    sqlx::query!(
        "insert into account_roles (account_id, role) values ($1, $2) on conflict do nothing",
        id.0,
        role.name(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The account of an address.
pub async fn find_by_email(db: &mut PgConnection, email: &Email) -> Result<Option<Credentials>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, email, display_name, password_hash, verified_at, created_at,
                  array(select role from account_roles where account_id = id) as "roles!"
           from accounts where email_key = $1"#,
        email.key(),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Into::into))
}

/// An account that must be there: its owner is signed in.
pub async fn find(db: &mut PgConnection, id: AccountId) -> Result<Option<Credentials>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, email, display_name, password_hash, verified_at, created_at,
                  array(select role from account_roles where account_id = id) as "roles!"
           from accounts where id = $1"#,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Into::into))
}

/// The names of those of these accounts that there are.
pub async fn names(db: &mut PgConnection, ids: &[AccountId]) -> Result<HashMap<AccountId, String>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!("select id, display_name from accounts where id = any($1)", &ids)
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.display_name)).collect())
}

/// Notes that the address is proven. Keeps the first time.
pub async fn mark_verified(db: &mut PgConnection, id: AccountId) -> Result<()> {
    sqlx::query!(
        "update accounts set verified_at = coalesce(verified_at, jobs.now()) where id = $1",
        id.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Changes the name.
pub async fn rename(db: &mut PgConnection, id: AccountId, name: &DisplayName) -> Result<()> {
    sqlx::query!("update accounts set display_name = $2 where id = $1", id.0, name.as_str())
        .execute(db)
        .await?;
    Ok(())
}

/// Changes the password.
pub async fn set_password(db: &mut PgConnection, id: AccountId, hash: &str) -> Result<()> {
    sqlx::query!("update accounts set password_hash = $2 where id = $1", id.0, hash)
        .execute(db)
        .await?;
    Ok(())
}
