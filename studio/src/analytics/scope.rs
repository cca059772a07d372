//! Whose figures: all of a creator's contents, or one of them.

use sqlx::PgConnection;
use uuid::Uuid;

use super::refusals;
use crate::{
    Result,
    content::{ContentRecord, content_store},
    ids::{AccountId, ContentId},
};

/// Whose figures are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// The creator.
    pub creator: AccountId,
    /// One content of theirs, or all.
    pub content: Option<ContentId>,
}

impl Scope {
    /// What the creator asked for, if it is theirs.
    ///
    /// # Errors
    /// [`refusals::NO_SUCH_CONTENT`].
    pub async fn of(
        db: &mut PgConnection,
        creator: AccountId,
        content: Option<ContentId>,
    ) -> Result<Self> {
        if let Some(content) = content {
            own(db, creator, content).await?;
        }
        Ok(Self { creator, content })
    }

    /// Whose audience it is.
    pub fn subject(self) -> Uuid {
        self.content.map_or(self.creator.0, |content| content.0)
    }
}

/// A content of the creator's.
pub(super) async fn own(
    db: &mut PgConnection,
    creator: AccountId,
    content: ContentId,
) -> Result<ContentRecord> {
    let record = content_store::find(db, creator, content).await?;
    Ok(record.ok_or_else(|| refusals::NO_SUCH_CONTENT.refuse())?)
}
