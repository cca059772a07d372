//! Room: how many bytes a creator keeps, and may keep.
//!
//! The declared size of an original counts from the moment its upload is created, so that two uploads
//! that start together cannot both take the last gigabyte. What we make of an original counts for nothing.

use sqlx::{PgConnection, query};

use super::refusals;
use crate::{Refusal, Result, Studio, ids::AccountId};

/// How much room a creator has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Storage {
    /// How many bytes are kept or on their way in.
    pub used_bytes: u64,
    /// How many may be.
    pub quota_bytes: u64,
}

impl Storage {
    fn fits(self, bytes: u64) -> Result<(), Refusal> {
        let left = self.quota_bytes.saturating_sub(self.used_bytes);
        if bytes <= left {
            return Ok(());
        }
        let why = format!("This file needs {bytes} bytes, and {left} are left.");
        Err(refusals::UPLOAD_NO_ROOM.because(why).at("size_bytes"))
    }
}

/// How much room a creator has; everybody has the configured quota unless staff gave another one.
///
/// # Errors
/// Postgres is away.
pub async fn used(studio: &Studio, db: &mut PgConnection, owner: AccountId) -> Result<Storage> {
    let row =
        query!("select used_bytes, quota_bytes from creator_storage where owner = $1", owner.0);
    let row = row.fetch_optional(db).await?;
    let usual = studio.config.content.quota_bytes;
    Ok(Storage {
        used_bytes: row.as_ref().map_or(0, |row| row.used_bytes.cast_unsigned()),
        quota_bytes: row.and_then(|row| row.quota_bytes).map_or(usual, i64::cast_unsigned),
    })
}

/// Refuses what does not fit by the figures of this moment; [`reserve`] has the last word.
pub(super) async fn check(
    studio: &Studio,
    db: &mut PgConnection,
    owner: AccountId,
    bytes: u64,
) -> Result<()> {
    let storage = used(studio, db, owner).await?;
    Ok(storage.fits(bytes)?)
}

/// Takes room, in the transaction that creates what will fill it.
pub(super) async fn reserve(
    studio: &Studio,
    db: &mut PgConnection,
    owner: AccountId,
    bytes: u64,
) -> Result<()> {
    query!(
        "insert into creator_storage (owner, used_bytes) values ($1, 0) on conflict do nothing",
        owner.0
    )
    .execute(&mut *db)
    .await?;
    // Locked until the end: two uploads that start together cannot both take the last gigabyte.
    query!("select from creator_storage where owner = $1 for update", owner.0)
        .execute(&mut *db)
        .await?;
    check(studio, db, owner, bytes).await?;
    query!(
        "update creator_storage set used_bytes = used_bytes + $2 where owner = $1",
        owner.0,
        bytes.cast_signed()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives room back, in the transaction that gives up what filled it.
pub(super) async fn release(db: &mut PgConnection, owner: AccountId, bytes: u64) -> Result<()> {
    query!(
        "update creator_storage set used_bytes = used_bytes - $2 where owner = $1",
        owner.0,
        bytes.cast_signed()
    )
    .execute(db)
    .await?;
    Ok(())
}
