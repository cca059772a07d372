//! What changed after a number of a person's sequence.

use sqlx::query_scalar;

use crate::{
    Result, Studio,
    content::{Content, content_store, listing, upload::Upload, upload_store},
    ids::AccountId,
    notify::{self, Notification},
};

/// The most that is read at once of each kind.
const BATCH: i64 = 50;

/// One thing as it is now, because it changed.
#[derive(Debug, Clone)]
pub enum Changed {
    /// A content.
    Content(Box<Content>),
    /// An upload.
    Upload(Box<Upload>),
    /// A notification.
    Notification(Notification),
}

/// One thing that changed, with the number of its latest change.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its number in its owner's sequence.
    pub number: i64,
    /// What changed.
    pub changed: Changed,
}

/// The number of a person's latest change.
pub(super) async fn latest(studio: &Studio, owner: AccountId) -> Result<i64> {
    let last = query_scalar!("select last from owner_changes where owner = $1", owner.0);
    Ok(last.fetch_optional(&studio.db).await?.unwrap_or(0))
}

/// The next changes after `after`, in order, and the number up to which they are all of them. A thing that
/// changed twice comes once, as it is now.
pub(super) async fn following(
    studio: &Studio,
    owner: AccountId,
    after: i64,
) -> Result<(Vec<Change>, i64)> {
    // Whatever has a number up to this one is visible to the queries that follow.
    let latest = latest(studio, owner).await?;
    let mut db = studio.db.acquire().await?;
    let uploads = upload_store::changed(&mut db, owner, after, BATCH).await?;
    let contents = content_store::changed(&mut db, owner, after, BATCH).await?;
    let notifications = notify::changed(&mut db, owner, after, BATCH).await?;
    drop(db);
    // A list that was cut off says nothing about what follows its last number.
    let ends = [
        end(&uploads, |upload| upload.change),
        end(&contents, |content| content.change),
        end(&notifications, |notification| notification.change),
    ];
    let until = ends.into_iter().fold(latest, i64::min);

    let contents = contents.into_iter().filter(|content| content.change <= until).collect();
    let contents = listing::with_documents(studio, contents).await?;
    let mut changes: Vec<Change> = contents
        .into_iter()
        .map(|c| Change { number: c.record.change, changed: Changed::Content(Box::new(c)) })
        .chain(
            uploads
                .into_iter()
                .map(|u| Change { number: u.change, changed: Changed::Upload(Box::new(u)) }),
        )
        .chain(
            notifications
                .into_iter()
                .map(|n| Change { number: n.change, changed: Changed::Notification(n) }),
        )
        .filter(|change| change.number <= until)
        .collect();
    changes.sort_by_key(|change| change.number);
    Ok((changes, until))
}

fn end<T>(list: &[T], number: impl Fn(&T) -> i64) -> i64 {
    let full = i64::try_from(list.len()).is_ok_and(|n| n >= BATCH);
    list.last().filter(|_| full).map_or(i64::MAX, number)
}
