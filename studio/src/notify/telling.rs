//! Telling somebody: a notification in the portal, and the mail that goes with it.

use sqlx::PgConnection;

use super::{Notice, Post, notification_store, post};
use crate::{
    Result,
    ids::{AccountId, MailId, NotificationId},
};

/// Tells `account` in the caller's transaction, once for each `dedupe_key`. Wake
/// [`crate::queues::MAIL`] after the commit.
///
/// # Errors
/// The database's.
pub async fn tell(
    tx: &mut PgConnection,
    account: AccountId,
    notice: &Notice,
    dedupe_key: &str,
) -> Result<()> {
    let words = notice.words();
    let id = NotificationId::new();
    if !notification_store::insert(tx, id, account, &words, dedupe_key).await? {
        return Ok(());
    }
    let Some(person) = notification_store::person(tx, account).await? else { return Ok(()) };
    let letter = Post {
        id: MailId::new(),
        account: Some(account),
        recipient: &person.email,
        letter: notice.letter(person.display_name),
        dedupe_key: &format!("notice:{account}:{dedupe_key}"),
    };
    post(tx, &letter).await?;
    Ok(())
}
