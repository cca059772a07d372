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

struct Row {
    id: uuid::Uuid,
    name: String,
    scopes: Vec<String>,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    last_used_at: Option<DateTime<Utc>>,
}

impl From<Row> for ApiToken {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.into(),
            name: row.name,
            scopes: scopes(&row.scopes),
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
        }
    }
}

/// A token that is to be added.
pub struct NewRow<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it may do.
    pub scopes: &'a BTreeSet<Permission>,
    /// How many days it is good; for ever, if none.
    pub days: Option<i32>,
}

/// Adds a token.
pub async fn insert(
    tx: &mut PgConnection,
    account: AccountId,
    hash: &[u8; 32],
    new: NewRow<'_>,
) -> Result<ApiToken> {
    let scopes: Vec<String> = new.scopes.iter().map(|scope| scope.name().to_owned()).collect();
    let row = sqlx::query_as!(
        Row,
        "insert into api_tokens (id, account_id, name, hash, scopes, created_at, expires_at)
         values ($1, $2, $3, $4, $5, jobs.now(), jobs.now() + make_interval(days => $6))
         returning id, name, scopes, created_at, expires_at, last_used_at",
        ApiTokenId::new().0,
        account.0,
        new.name,
        &hash[..],
        &scopes,
        new.days,
    )
    .fetch_one(tx)
    .await?;
    Ok(row.into())
}

/// One token of an account.
pub async fn find(
    db: &mut PgConnection,
    account: AccountId,
    id: ApiTokenId,
) -> Result<Option<ApiToken>> {
    let row = sqlx::query_as!(
        Row,
        "select id, name, scopes, created_at, expires_at, last_used_at
         from api_tokens where account_id = $1 and id = $2",
        account.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Into::into))
}

/// The tokens of an account that were not revoked, the newest first.
pub async fn list(db: &mut PgConnection, account: AccountId) -> Result<Vec<ApiToken>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, name, scopes, created_at, expires_at, last_used_at
         from api_tokens where account_id = $1 and revoked_at is null order by id desc",
        account.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// How many tokens of an account were not revoked. Others that make one now wait until this transaction
/// ends, so that the count stays true.
pub async fn count(tx: &mut PgConnection, account: AccountId) -> Result<i64> {
    sqlx::query!("select id from accounts where id = $1 for no key update", account.0)
        .fetch_optional(&mut *tx)
        .await?;
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from api_tokens where account_id = $1 and revoked_at is null"#,
        account.0
    );
    Ok(count.fetch_one(tx).await?)
}

/// Revokes a token of an account. Says whether there was one to revoke.
pub async fn revoke(db: &mut PgConnection, account: AccountId, id: ApiTokenId) -> Result<bool> {
    let revoked = sqlx::query!(
        "update api_tokens set revoked_at = jobs.now()
         where account_id = $1 and id = $2 and revoked_at is null",
        account.0,
        id.0,
    )
    .execute(db)
    .await?;
    Ok(revoked.rows_affected() == 1)
}
