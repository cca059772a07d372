//! What creators do with their contents.

use jobs::{
    RunId,
    steer::{self, From},
};
use sqlx::PgConnection;

use super::{
    Content, ContentRecord, Stage, Visibility, announcing, content_store,
    details::NewDetails,
    document::ContentDocument,
    document_store,
    jobs::WriteDocument,
    listing, refusals,
    upload::{Event, Upload},
    upload_store,
};
use crate::{
    Error, Refusal, Result, Studio,
    ids::{AccountId, ContentId},
    queues,
};

/// One content of the owner's.
///
/// # Errors
/// `content.not_found`, `content.purged`; MongoDB is away.
pub async fn show(studio: &Studio, owner: AccountId, id: ContentId) -> Result<Content> {
    let mut db = studio.db.acquire().await?;
    let record = there(content_store::find(&mut db, owner, id).await?)?;
    drop(db);
    let mut found = listing::with_documents(studio, vec![record]).await?;
    found.pop().ok_or_else(|| refusals::CONTENT_NOT_FOUND.refuse().into())
}

/// Changes what the creator says about a content, if it is still the version that they read.
///
/// The document is written while the row is locked and before its version goes up: a crash in between
/// leaves the new words under the old version, which whoever was editing still holds.
///
/// # Errors
/// `content.stale`, and details that are not good.
pub async fn edit(
    studio: &Studio,
    owner: AccountId,
    id: ContentId,
    version: i64,
    new: NewDetails,
) -> Result<Content> {
    let mut tx = studio.db.begin().await?;
    let record = there(content_store::lock(&mut tx, owner, id).await?)?;
    if record.version != version {
        let why =
            format!("You are editing version {version}; it is at version {}.", record.version);
        return Err(refusals::CONTENT_STALE.because(why).at("If-Match").into());
    }
    let mut documents = document_store::find(studio, &[id]).await?;
    let document = documents.remove(&id).unwrap_or_else(|| ContentDocument::unwritten(&record));
    let details = document.details().with(new)?;
    document_store::describe(studio, &record, &details).await?;
    content_store::set_details(&mut tx, id, &details).await?;
    announcing::announce(&mut tx, &record).await?;
    tx.commit().await?;
    studio.live.announce(owner);
    show(studio, owner, id).await
}

/// Lets everybody see a content.
///
/// # Errors
/// `content.not_ready`, `content.deleted`.
pub async fn publish(studio: &Studio, owner: AccountId, id: ContentId) -> Result<Content> {
    show_to(studio, owner, id, Visibility::Public).await
}

/// Lets only its creator see a content.
///
/// # Errors
/// `content.not_ready`, `content.deleted`.
pub async fn unpublish(studio: &Studio, owner: AccountId, id: ContentId) -> Result<Content> {
    show_to(studio, owner, id, Visibility::Private).await
}

/// Puts a content in the bin: nobody sees it, and it can be restored for a while.
///
/// # Errors
/// `content.uploading`: an upload is aborted instead.
pub async fn delete(studio: &Studio, owner: AccountId, id: ContentId) -> Result<Content> {
    let mut tx = studio.db.begin().await?;
    let record = there(content_store::lock(&mut tx, owner, id).await?)?;
    if record.stage == Stage::Uploading {
        return Err(refusals::CONTENT_UPLOADING.refuse().into());
    }
    if record.deleted_at.is_none() {
        content_store::set_deleted(&mut tx, id, true).await?;
    }
    project(tx, studio, &record).await?;
    show(studio, owner, id).await
}

/// Takes a content out of the bin, as it was.
///
/// # Errors
/// `content.not_deleted`, `content.purged`.
pub async fn restore(studio: &Studio, owner: AccountId, id: ContentId) -> Result<Content> {
    let mut tx = studio.db.begin().await?;
    let record = there(content_store::lock(&mut tx, owner, id).await?)?;
    if record.deleted_at.is_none() {
        return Err(refusals::CONTENT_NOT_DELETED.refuse().into());
    }
    content_store::set_deleted(&mut tx, id, false).await?;
    project(tx, studio, &record).await?;
    show(studio, owner, id).await
}

/// Has a content prepared once more that could not be.
///
/// # Errors
/// `upload.not_failed`.
pub async fn retry(studio: &Studio, owner: AccountId, id: ContentId) -> Result<Content> {
    let mut db = studio.db.acquire().await?;
    let record = there(content_store::find(&mut db, owner, id).await?)?;
    drop(db);
    let mut tx = studio.db.begin().await?;
    let upload = upload_store::lock(&mut tx, owner, record.upload_id).await?;
    let upload = upload.ok_or_else(|| refusals::UPLOAD_NOT_FOUND.refuse())?;
    let state = upload.state.after(Event::Retry)?;
    let stage = if from_handoff(&upload) { Stage::Transcoding } else { Stage::Checking };
    upload_store::set_state(&mut tx, upload.id, state).await?;
    content_store::set_stage(&mut tx, id, stage).await?;
    rerun(&mut tx, &upload).await?;
    project(tx, studio, &record).await?;
    studio.waker.wake(queues::MEDIA);
    show(studio, owner, id).await
}

/// What failed from the hand-off on needs a new hand-off; anything else goes on where it stopped.
async fn rerun(tx: &mut PgConnection, upload: &Upload) -> Result<()> {
    let run = upload.run_id.map(RunId);
    let run = run.ok_or_else(|| Error::internal("retrying a content", "its upload has no run"))?;
    let from = if from_handoff(upload) {
        From::StepAndAfter("hand_off".to_owned())
    } else {
        From::FailedAndAfter
    };
    steer::retry_run(tx, run, &from).await.map_err(|e| Error::internal("retrying a run", e))?;
    Ok(())
}

fn from_handoff(upload: &Upload) -> bool {
    let step = upload.failure.as_ref().and_then(|failure| failure.step.as_deref());
    matches!(step, Some("hand_off" | "transcoded" | "store_renditions"))
}

async fn show_to(
    studio: &Studio,
    owner: AccountId,
    id: ContentId,
    visibility: Visibility,
) -> Result<Content> {
    let mut tx = studio.db.begin().await?;
    let record = there(content_store::lock(&mut tx, owner, id).await?)?;
    if record.deleted_at.is_some() {
        return Err(refusals::CONTENT_DELETED.refuse().into());
    }
    if record.stage != Stage::Ready {
        return Err(refusals::CONTENT_NOT_READY.refuse().into());
    }
    if record.visibility != visibility {
        content_store::set_visibility(&mut tx, id, visibility).await?;
    }
    project(tx, studio, &record).await?;
    show(studio, owner, id).await
}

/// Commits, with the document and the word to the platform to follow. `record` is from before the change.
async fn project(
    mut tx: sqlx::PgTransaction<'_>,
    studio: &Studio,
    record: &ContentRecord,
) -> Result<()> {
    announcing::announce(&mut tx, record).await?;
    jobs::enqueue(&mut tx, &WriteDocument { content: record.id }).await?;
    tx.commit().await?;
    studio.waker.wake(queues::CONTENT);
    studio.live.announce(record.owner);
    Ok(())
}

pub(super) fn there(record: Option<ContentRecord>) -> Result<ContentRecord, Refusal> {
    match record {
        None => Err(refusals::CONTENT_NOT_FOUND.refuse()),
        Some(record) if record.purged_at.is_some() => Err(refusals::CONTENT_PURGED.refuse()),
        Some(record) => Ok(record),
    }
}
