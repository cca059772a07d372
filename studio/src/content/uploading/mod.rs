//! What creators do with uploads.

mod completing;
mod creating;
mod giving_up;
mod sending;

use super::{
    refusals,
    upload::{Upload, UploadState},
    upload_store,
};
use crate::{
    Result, Studio,
    ids::{AccountId, UploadId},
    page::{Page, PageRequest},
};

pub use completing::{PartChecksum, complete};
pub use creating::{NewFile, create};
pub use giving_up::{abort, expire_some};
pub use sending::{ArrivedPart, ArrivedParts, PartToSign, SignedPart, parts, sign_parts};

/// One upload of the owner's.
///
/// # Errors
/// `upload.not_found`.
pub async fn show(studio: &Studio, owner: AccountId, id: UploadId) -> Result<Upload> {
    let mut db = studio.db.acquire().await?;
    let found = upload_store::find(&mut db, owner, id).await?;
    found.ok_or_else(|| refusals::UPLOAD_NOT_FOUND.refuse().into())
}

/// The owner's uploads, newest first.
///
/// # Errors
/// Postgres is away.
pub async fn list(
    studio: &Studio,
    owner: AccountId,
    state: Option<UploadState>,
    page: &PageRequest<UploadId>,
) -> Result<Page<Upload>> {
    let mut db = studio.db.acquire().await?;
    let rows = upload_store::list(&mut db, owner, state, page.after, page.rows()).await?;
    Ok(Page::from_rows(rows, page.limit, |upload| upload.id))
}
