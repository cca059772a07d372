//! Uploads that nobody goes on with, on purpose or not. Room is given back at once, bytes soon after.

use sqlx::PgConnection;

use crate::{
    Result, Studio,
    content::{
        Stage, content_store,
        jobs::{DiscardUpload, WriteDocument},
        publishing::outcome,
        refusals, storage,
        upload::{Event, Upload, UploadState},
        upload_store,
    },
    ids::{AccountId, UploadId},
    queues,
};

/// The creator gives an upload up; nothing of it stays. Doing it twice is doing it once.
///
/// # Errors
/// Every state in which there is nothing left to give up.
pub async fn abort(studio: &Studio, owner: AccountId, id: UploadId) -> Result<()> {
    let mut tx = studio.db.begin().await?;
    let upload = upload_store::lock(&mut tx, owner, id).await?;
    let upload = upload.ok_or_else(|| refusals::UPLOAD_NOT_FOUND.refuse())?;
    if upload.state == UploadState::Aborted {
        return Ok(());
    }
    give_up(&mut tx, &upload, Event::Abort).await?;
    content_store::set_purged(&mut tx, upload.content_id).await?;
    jobs::enqueue(&mut tx, &WriteDocument { content: upload.content_id }).await?;
    tx.commit().await?;
    outcome::count(outcome::ABANDONED);
    studio.waker.wake(queues::CONTENT);
    studio.live.announce(owner);
    Ok(())
}

/// Expires up to `most` uploads whose time is over, and says whose they were.
///
/// # Errors
/// Postgres is away.
pub async fn expire_some(studio: &Studio, most: i64) -> Result<Vec<UploadId>> {
    let mut tx = studio.db.begin().await?;
    let mut uploads = upload_store::lock_expired(&mut tx, most).await?;
    // One order of owners over all transactions that touch several.
    uploads.sort_by_key(|upload| (upload.owner, upload.id));
    for upload in &uploads {
        storage::release(&mut tx, upload.owner, upload.plan.file_size).await?;
    }
    for upload in &uploads {
        end(&mut tx, upload, Event::Expire).await?;
        content_store::set_stage(&mut tx, upload.content_id, Stage::Expired).await?;
    }
    tx.commit().await?;
    for upload in &uploads {
        outcome::count(outcome::ABANDONED);
        studio.live.announce(upload.owner);
    }
    studio.waker.wake(queues::CONTENT);
    Ok(uploads.into_iter().map(|upload| upload.id).collect())
}

async fn give_up(tx: &mut PgConnection, upload: &Upload, event: Event) -> Result<()> {
    upload.state.after(event)?;
    storage::release(tx, upload.owner, upload.plan.file_size).await?;
    end(tx, upload, event).await
}

async fn end(tx: &mut PgConnection, upload: &Upload, event: Event) -> Result<()> {
    let state = upload.state.after(event)?;
    upload_store::set_state(tx, upload.id, state).await?;
    jobs::enqueue(tx, &DiscardUpload { upload: upload.id }).await?;
    Ok(())
}
