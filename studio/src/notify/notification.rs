//! What somebody was told in the portal: listing it, and marking it as read.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{notification_store, refusals};
use crate::{
    Result, Studio,
    ids::{AccountId, ContentId, NotificationId},
    page::{Page, PageRequest},
};

/// One thing that somebody was told.
#[derive(Debug, Clone)]
pub struct Notification {
    /// Its id.
    pub id: NotificationId,
    /// What kind of thing.
    pub kind: String,
    /// What happened.
    pub title: String,
    /// What it means, and what can be done.
    pub body: String,
    /// The work that it is about.
    pub content: Option<ContentId>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Whether it was read.
    pub read: bool,
    /// Its owner's change number: what live listeners resume by.
    pub change: i64,
}

/// Where a page of notifications ends.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct NotificationCursor(pub NotificationId);

/// Which notifications were read.
#[derive(Debug, Clone)]
pub enum Which {
    /// This one and everything before it.
    Newest(NotificationId),
    /// These.
    These(Vec<NotificationId>),
}

/// What somebody was told, the newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    studio: &Studio,
    account: AccountId,
    page: PageRequest<NotificationCursor>,
) -> Result<Page<Notification>> {
    let mut db = studio.db.acquire().await?;
    let after = page.after.map(|cursor| cursor.0);
    let rows = notification_store::list(&mut db, account, after, page.rows()).await?;
    Ok(Page::from_rows(rows, page.limit, |row| NotificationCursor(row.id)))
}

/// What changed after number `after` of somebody's sequence of changes, in its order: for live listeners.
///
/// # Errors
/// The database's.
pub async fn changed(
    db: &mut sqlx::PgConnection,
    account: AccountId,
    after: i64,
    rows: i64,
) -> Result<Vec<Notification>> {
    notification_store::changed(db, account, after, rows).await
}

/// Marks notifications as read. Those of others, and those that are gone, are passed over.
///
/// # Errors
/// [`refusals::TOO_MANY_IDS`].
pub async fn mark_read(studio: &Studio, account: AccountId, which: Which) -> Result<()> {
    let mut db = studio.db.acquire().await?;
    match which {
        Which::Newest(id) => notification_store::mark_read_up_to(&mut db, account, id).await,
        Which::These(ids) if ids.len() > 100 => {
            Err(refusals::TOO_MANY_IDS.refuse().at("ids").into())
        }
        Which::These(ids) => notification_store::mark_read(&mut db, account, &ids).await,
    }
}
