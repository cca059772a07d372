//! Notifications in Postgres, one function a query.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Notification, notice::Words};
use crate::{
    Result,
    ids::{AccountId, NotificationId},
};

struct Row {
    id: Uuid,
    kind: String,
    title: String,
    body: String,
    content_id: Option<Uuid>,
    created_at: DateTime<Utc>,
    read: bool,
    change: i64,
}

impl From<Row> for Notification {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.into(),
            kind: row.kind,
            title: row.title,
            body: row.body,
            content: row.content_id.map(Into::into),
            created_at: row.created_at,
            read: row.read,
            change: row.change,
        }
    }
}

/// Whom to tell.
pub struct Person {
    /// Their address.
    pub email: String,
    /// Their name.
    pub display_name: String,
}

/// The person behind an account.
pub async fn person(tx: &mut PgConnection, account: AccountId) -> Result<Option<Person>> {
    let person = sqlx::query_as!(
        Person,
        "select email, display_name from accounts where id = $1",
        account.0
    );
    Ok(person.fetch_optional(tx).await?)
}

/// Notes what was told; not if its key was used before. Says whether it did.
pub async fn insert(
    tx: &mut PgConnection,
    id: NotificationId,
    account: AccountId,
    words: &Words,
    dedupe_key: &str,
) -> Result<bool> {
    let inserted = sqlx::query!(
        "insert into notifications (id, account_id, kind, title, body, content_id, dedupe_key)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (account_id, dedupe_key) do nothing",
        id.0,
        account.0,
        words.kind,
        words.title,
        words.body,
        words.content.map(|content| content.0),
        dedupe_key,
    )
    .execute(tx)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// What somebody was told, the newest first.
pub async fn list(
    db: &mut PgConnection,
    account: AccountId,
    before: Option<NotificationId>,
    rows: i64,
) -> Result<Vec<Notification>> {
    let found = sqlx::query_as!(
        Row,
        r#"select id, kind, title, body, content_id, created_at,
                  read_at is not null as "read!", change
           from notifications
           where account_id = $1 and ($2::uuid is null or id < $2)
           order by id desc limit $3"#,
        account.0,
        before.map(|id| id.0),
        rows,
    )
    .fetch_all(db)
    .await?;
    Ok(found.into_iter().map(Into::into).collect())
}

/// What changed after number `after` of somebody's sequence of changes, in its order.
pub async fn changed(
    db: &mut PgConnection,
    account: AccountId,
    after: i64,
    rows: i64,
) -> Result<Vec<Notification>> {
    let found = sqlx::query_as!(
        Row,
        r#"select id, kind, title, body, content_id, created_at,
                  read_at is not null as "read!", change
           from notifications
           where account_id = $1 and change > $2
           order by change limit $3"#,
        account.0,
        after,
        rows,
    )
    .fetch_all(db)
    .await?;
    Ok(found.into_iter().map(Into::into).collect())
}

/// Marks one and everything before it.
pub async fn mark_read_up_to(
    db: &mut PgConnection,
    account: AccountId,
    newest: NotificationId,
) -> Result<()> {
    sqlx::query!(
        "update notifications set read_at = jobs.now()
         where account_id = $1 and id <= $2 and read_at is null",
        account.0,
        newest.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Marks some.
pub async fn mark_read(
    db: &mut PgConnection,
    account: AccountId,
    ids: &[NotificationId],
) -> Result<()> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update notifications set read_at = jobs.now()
         where account_id = $1 and id = any($2) and read_at is null",
        account.0,
        &ids,
    )
    .execute(db)
    .await?;
    Ok(())
}
