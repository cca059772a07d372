//! Telling the platform of what changed about a content, in the transaction of the change. Only what others
//! can see is told, and that they cannot see it any more.

use sqlx::PgConnection;

use super::{ContentRecord, content_store, content_store::kind_name, upload_store};
use crate::{
    Result,
    ids::PlatformEventId,
    platform_events::{self, About, PlatformEvent, PublicContent, Reason, RemovedContent},
};

/// Has the platform told of what became of a content since `before`, if it concerns anybody else.
///
/// # Errors
/// Postgres is away.
pub async fn announce(tx: &mut PgConnection, before: &ContentRecord) -> Result<()> {
    let Some(after) = content_store::find_any(tx, before.id).await? else { return Ok(()) };
    let Some(change) = Change::between(before, &after) else { return Ok(()) };
    let about = match change {
        Change::Published => About::Published(public(tx, &after).await?),
        Change::Changed => About::Changed(public(tx, &after).await?),
        Change::Removed(reason) => About::Removed(RemovedContent { owner: after.owner, reason }),
    };
    let event = PlatformEvent {
        id: PlatformEventId::new(),
        object: after.id,
        version: after.change,
        occurred_at: upload_store::now(tx).await?,
        about,
    };
    platform_events::tell(tx, &event).await
}

async fn public(tx: &mut PgConnection, content: &ContentRecord) -> Result<PublicContent> {
    Ok(PublicContent {
        owner: content.owner,
        title: content_store::title(tx, content.id).await?,
        media: kind_name(content.kind).to_owned(),
        visibility: content.visibility.name().to_owned(),
        duration_seconds: content.duration_seconds(),
        published_at: content.published_at,
    })
}

/// What a change is to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Published,
    Changed,
    Removed(Reason),
}

impl Change {
    fn between(before: &ContentRecord, after: &ContentRecord) -> Option<Self> {
        let was_known = before.published_at.is_some();
        match (before.may_play(None), after.may_play(None)) {
            _ if before.change == after.change => None,
            (false, true) => Some(Self::Published),
            (true, true) => Some(Self::Changed),
            (true, false) => Some(Self::Removed(reason(after))),
            // gone already, and now for good
            (false, false)
                if was_known && before.purged_at.is_none() && after.purged_at.is_some() =>
            {
                Some(Self::Removed(Reason::Purged))
            }
            (false, false) => None,
        }
    }
}

fn reason(content: &ContentRecord) -> Reason {
    if content.purged_at.is_some() {
        Reason::Purged
    } else if content.deleted_at.is_some() {
        Reason::Deleted
    } else {
        Reason::Private
    }
}
