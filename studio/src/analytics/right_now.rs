//! What happens just now, as an estimate beside the figures that are final.

use super::{fresh, freshness::Freshness, realtime::Realtime, scope::Scope};
use crate::{
    Result, Studio,
    ids::{AccountId, ContentId},
};

/// The last hour and the last two days.
#[derive(Debug, Clone)]
pub struct RightNow {
    /// The estimate; none while the counters cannot be asked.
    pub estimate: Option<Realtime>,
    /// How far the final figures are complete.
    pub freshness: Freshness,
}

/// What happens just now with a creator's contents, or one of them.
///
/// # Errors
/// `analytics.no_such_content`; Postgres is away.
pub async fn right_now(
    studio: &Studio,
    creator: AccountId,
    content: Option<ContentId>,
) -> Result<RightNow> {
    let mut db = studio.db.acquire().await?;
    let scope = Scope::of(&mut db, creator, content).await?;
    let (freshness, now) = fresh::of_creator(studio, &mut db, creator).await?;
    drop(db);
    let estimate = match studio.counters.read(scope.creator, scope.content, now).await {
        Ok(estimate) => Some(estimate),
        Err(error) => {
            tracing::warn!(%error, "the counters of what happens now cannot be asked");
            None
        }
    };
    Ok(RightNow { estimate, freshness })
}
