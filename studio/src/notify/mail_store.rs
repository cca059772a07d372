//! Mails in Postgres, one function a query.

use sqlx::PgConnection;

use super::{Letter, Post};
use crate::{Result, ids::MailId};

/// A mail that was asked for.
pub struct Mail {
    /// The address.
    pub recipient: String,
    /// The letter.
    pub letter: Letter,
    /// Whether it has left.
    pub sent: bool,
}

/// Notes a mail; not if its key was used before. Says whether it did.
pub async fn insert(tx: &mut PgConnection, post: &Post<'_>) -> Result<bool> {
    let inserted = sqlx::query!(
        "insert into mails (id, account_id, recipient, letter, dedupe_key)
         values ($1, $2, $3, $4, $5) on conflict (dedupe_key) do nothing",
        post.id.0,
        post.account.map(|account| account.0),
        post.recipient,
        serde_json::to_value(&post.letter)?,
        post.dedupe_key,
    )
    .execute(tx)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// A mail.
pub async fn find(db: &mut PgConnection, id: MailId) -> Result<Option<Mail>> {
    let row = sqlx::query!(
        r#"select recipient, letter, sent_at is not null as "sent!" from mails where id = $1"#,
        id.0
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let letter = serde_json::from_value(row.letter)?;
        Ok(Mail { recipient: row.recipient, letter, sent: row.sent })
    })
    .transpose()
}

/// Notes that it has left.
pub async fn mark_sent(tx: &mut PgConnection, id: MailId) -> Result<()> {
    sqlx::query!("update mails set sent_at = jobs.now() where id = $1", id.0).execute(tx).await?;
    Ok(())
}
