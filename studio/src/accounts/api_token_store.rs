//! API tokens in Postgres, one function a query.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::{Permission, Role};
use crate::{
    Result,
    ids::{AccountId, ApiTokenId},
};

/// An API token as its owner sees it; the token itself is nowhere.
#[derive(Debug, Clone)]
pub struct ApiToken {
    /// Its id.
    pub id: ApiTokenId,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scopes: BTreeSet<Permission>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it stops working; never, if none.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was used last, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// What a presented token gives.
pub struct Presented {
    /// The token.
    pub id: ApiTokenId,
    /// Its owner.
    pub account: AccountId,
    /// What its owner is.
    pub roles: BTreeSet<Role>,
    /// What it may do.
    pub scopes: BTreeSet<Permission>,
    /// Whether its time is over.
    pub expired: bool,
    /// Whether its last use is a minute or more ago.
    pub use_is_news: bool,
}

/// The token that hashes to `hash`, unless it was revoked.
pub async fn find_presented(db: &mut PgConnection, hash: &[u8]) -> Result<Option<Presented>> {
    let row = sqlx::query!(
        r#"select t.id, t.account_id, t.scopes,
                  t.expires_at <= jobs.now() as "expired",
                  coalesce(t.last_used_at < jobs.now() - interval '1 minute', true) as "use_is_news!",
                  array(select role from account_roles r where r.account_id = t.account_id) as "roles!"
           from api_tokens t where t.hash = $1 and t.revoked_at is null"#,
        hash
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Presented {
        id: row.id.into(),
        account: row.account_id.into(),
        roles: row.roles.iter().filter_map(|role| role.parse().ok()).collect(),
        scopes: scopes(&row.scopes),
        expired: row.expired.unwrap_or(false),
        use_is_news: row.use_is_news,
    }))
}

/// Notes that the token was used now.
pub async fn mark_used(db: &mut PgConnection, token: ApiTokenId) -> Result<()> {
    sqlx::query!("update api_tokens set last_used_at = jobs.now() where id = $1", token.0)
        .execute(db)
        .await?;
    Ok(())
}

/// A scope that no permission has any more gives nothing.
fn scopes(names: &[String]) -> BTreeSet<Permission> {
    names.iter().filter_map(|name| Permission::from_scope(name)).collect()
}
