//! Posting a letter: the row that says it once, and the job that carries it.

use sqlx::PgConnection;

use super::{Letter, jobs::SendMail, mail_store};
use crate::{
    Result,
    ids::{AccountId, MailId},
};

/// A letter to somebody.
#[derive(Debug, Clone)]
pub struct Post<'a> {
    /// The mail's id; a token that the letter carries is made from it.
    pub id: MailId,
    /// Whose account it is about.
    pub account: Option<AccountId>,
    /// The address.
    pub recipient: &'a str,
    /// The letter.
    pub letter: Letter,
    /// What makes a second asking for it the same mail.
    pub dedupe_key: &'a str,
}

/// Posts a letter in the caller's transaction. Says whether it is a new one. Wake
/// [`crate::queues::MAIL`] after the commit.
///
/// # Errors
/// The database's.
pub async fn post(tx: &mut PgConnection, post: &Post<'_>) -> Result<bool> {
    let new = mail_store::insert(tx, post).await?;
    if new {
        ::jobs::enqueue(tx, &SendMail { mail: post.id, account: post.account }).await?;
    }
    Ok(new)
}
