//! The end that everybody hopes for.

use sqlx::PgConnection;

use super::{PublishUpload, StoredRenditions};
use crate::{
    Error, Result, Studio,
    content::{
        ContentRecord, Visibility, announcing, content_store,
        document::ContentDocument,
        document_store,
        jobs::WriteDocument,
        refusals,
        upload::{Event, UploadState},
        upload_store,
    },
    notify::{self, Notice},
};

/// The content can be played from here on, in the transaction that ends the step.
///
/// # Errors
/// An upload that is not waiting for this.
pub async fn accept(
    tx: &mut PgConnection,
    publish: &PublishUpload,
    stored: &StoredRenditions,
) -> Result<()> {
    let upload = upload_store::lock_any(tx, publish.upload).await?;
    let upload = upload.ok_or_else(|| refusals::UPLOAD_NOT_FOUND.refuse())?;
    if upload.state != UploadState::Accepted {
        let state = upload.state.after(Event::Accept)?;
        upload_store::set_state(tx, upload.id, state).await?;
    }
    let before = content_store::lock(tx, publish.owner, publish.content).await?;
    let before = before.ok_or_else(|| refusals::CONTENT_NOT_FOUND.refuse())?;
    content_store::set_ready(tx, publish.content, stored.thumbnail_key.as_deref()).await?;
    announcing::announce(tx, &before).await?;
    jobs::enqueue(tx, &WriteDocument { content: publish.content }).await?;
    Ok(())
}

/// Tells the creator, once, in the transaction that ends the step. `title` is what they call it now.
///
/// # Errors
/// Postgres is away.
pub async fn tell_creator(
    tx: &mut PgConnection,
    publish: &PublishUpload,
    title: &str,
) -> Result<()> {
    let content = content_store::find_any(tx, publish.content).await?;
    let content =
        content.ok_or_else(|| Error::internal("telling a creator", "the content is not there"))?;
    let notice = Notice::ContentReady {
        content: content.id,
        title: title.to_owned(),
        visibility: match content.visibility {
            Visibility::Private => notify::Visibility::Private,
            Visibility::Public => notify::Visibility::Public,
        },
    };
    notify::tell(tx, publish.owner, &notice, &format!("ready:{}", publish.upload)).await
}

/// What the creator calls a content now; what they called it first while its document cannot be read.
///
/// # Errors
/// Postgres is away.
pub async fn title(studio: &Studio, publish: &PublishUpload) -> Result<String> {
    let mut db = studio.db.acquire().await?;
    let content = content_store::find_any(&mut db, publish.content).await?;
    let content =
        content.ok_or_else(|| Error::internal("telling a creator", "the content is not there"))?;
    drop(db);
    Ok(title_of(studio, &content).await)
}

async fn title_of(studio: &Studio, content: &ContentRecord) -> String {
    let documents = document_store::find(studio, &[content.id]).await;
    let document = documents.ok().and_then(|mut found| found.remove(&content.id));
    document.unwrap_or_else(|| ContentDocument::unwritten(content)).title
}
