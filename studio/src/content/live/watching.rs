//! One device that watches.

use std::time::Duration;

use tokio::sync::watch;

use super::{changes, changes::Change};
use crate::{Error, Result, Studio, ids::AccountId};

/// How long to wait before asking a store again that was away.
const PAUSE: Duration = Duration::from_secs(2);

/// One device that watches.
pub struct Watching {
    studio: Studio,
    owner: AccountId,
    seen: i64,
    news: watch::Receiver<i64>,
}

/// Watches everything of `owner`'s that changes after number `after`; none: from now on.
///
/// # Errors
/// Postgres is away.
pub async fn watch(studio: &Studio, owner: AccountId, after: Option<i64>) -> Result<Watching> {
    let news = studio.live.subscribe(owner);
    let latest = changes::latest(studio, owner).await?;
    // A number from the future (a database restored to yesterday) would see nothing for ever.
    let seen = after.map_or(latest, |after| after.min(latest));
    Ok(Watching { studio: studio.clone(), owner, seen, news })
}

impl Watching {
    /// The number up to which everything has been seen.
    pub fn seen(&self) -> i64 {
        self.seen
    }

    /// Waits for the next changes. What is away (MongoDB, Postgres) is waited for: nothing is skipped.
    ///
    /// # Errors
    /// A defect.
    pub async fn next(&mut self) -> Result<Vec<Change>> {
        loop {
            self.news.borrow_and_update();
            match changes::following(&self.studio, self.owner, self.seen).await {
                Ok((changes, until)) => {
                    let further = until > self.seen;
                    self.seen = until.max(self.seen);
                    if !changes.is_empty() {
                        return Ok(changes);
                    }
                    if !further {
                        self.wait().await;
                    }
                }
                Err(error @ Error::Unavailable { .. }) => {
                    tracing::warn!(%error, "live updates wait for a store");
                    tokio::time::sleep(PAUSE).await;
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn wait(&mut self) {
        if self.news.changed().await.is_err() {
            tokio::time::sleep(PAUSE).await; // the sender was replaced; the next look is by the clock
        }
    }
}
