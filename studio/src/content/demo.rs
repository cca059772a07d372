//! Works for demonstrations and tests: public without a file that plays. Refused in production.

use chrono::{DateTime, Utc};
use sqlx::{Connection, query};

use crate::{
    Error, Result, Studio,
    config::Environment,
    content::jobs::WriteDocument,
    ids::{AccountId, ContentId, UploadId},
    queues,
};

/// Makes a public video of `owner`, which plays for `duration_ms` and became public at `published_at`.
///
/// # Errors
/// In production, always; a store that is away.
pub async fn publish(
    studio: &Studio,
    owner: AccountId,
    title: &str,
    duration_ms: i64,
    published_at: DateTime<Utc>,
) -> Result<ContentId> {
    if studio.config.environment == Environment::Production {
        return Err(Error::internal("making a demo work", "there are none in production"));
    }
    let (content, upload) = (ContentId::new(), UploadId::new());
    let mut db = studio.db.acquire().await?;
    let mut tx = db.begin().await?;
    query!(
        "insert into contents (id, owner, kind, stage, visibility, upload_id, change, search_text, sort_title,
            duration_ms, created_at, published_at)
        values ($1, $2, 'video', 'ready', 'public', $3, 0, lower($4), lower($4), $5, $6, $6)",
        content.0,
        owner.0,
        upload.0,
        title,
        duration_ms,
        published_at
    )
    .execute(&mut *tx)
    .await?;
    query!(
        "insert into uploads (id, content_id, owner, state, file_name, title, size_bytes, media_type,
            part_size_bytes, part_count, object_key, multipart_id, change, created_at, expires_at)
        values ($1, $2, $3, 'accepted', 'demo.mp4', $4, 1, 'video/mp4', 5242880, 1, 'demo/none', 'demo', 0, $5, $5)",
        upload.0,
        content.0,
        owner.0,
        title,
        published_at
    )
    .execute(&mut *tx)
    .await?;
    jobs::enqueue(&mut tx, &WriteDocument { content }).await?;
    tx.commit().await?;
    studio.waker.wake(queues::CONTENT);
    Ok(content)
}
