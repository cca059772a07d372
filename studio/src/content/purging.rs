//! What is deleted for good, and what a crash left behind.

use chrono::TimeDelta;
use uuid::Uuid;

use super::{
    announcing, content_store, document_store, handoff_store,
    jobs::PurgeContent,
    objects::{UnfinishedObject, keys},
    rendition_store, storage, upload_store,
};
use crate::{Result, Studio, ids::ContentId, queues};

/// How many contents are found at once.
const AT_ONCE: i64 = 500;
/// An unfinished object younger than this may belong to a request that is still under way.
const GRACE: TimeDelta = TimeDelta::hours(1);

/// Has every content purged whose retention is over.
///
/// # Errors
/// Postgres is away.
pub async fn enqueue_due(studio: &Studio) -> Result<()> {
    let mut tx = studio.db.begin().await?;
    let due = content_store::due_for_purge(&mut tx, studio.config.content.retention_days, AT_ONCE)
        .await?;
    let jobs: Vec<_> = due.into_iter().map(|content| PurgeContent { content }).collect();
    jobs::enqueue_many(&mut tx, &jobs).await?;
    tx.commit().await?;
    studio.waker.wake(queues::CONTENT);
    Ok(())
}

/// Deletes a content for good. Bytes go first: a crash in between is repaired by running again, and
/// nobody can see a content in the bin but its creator.
///
/// # Errors
/// A store that is away.
pub async fn purge(studio: &Studio, id: ContentId) -> Result<()> {
    let mut db = studio.db.acquire().await?;
    let due =
        content_store::is_due_for_purge(&mut db, id, studio.config.content.retention_days).await?;
    drop(db);
    if !due {
        return Ok(()); // restored in the meantime, or purged before
    }
    for prefix in keys::of_content(id) {
        studio.objects.remove_all(&prefix).await?;
    }
    document_store::remove(studio, id).await?;
    forget(studio, id).await
}

async fn forget(studio: &Studio, id: ContentId) -> Result<()> {
    let mut tx = studio.db.begin().await?;
    let Some(content) = content_store::find_any(&mut tx, id).await? else { return Ok(()) };
    let Some(upload) = upload_store::lock_any(&mut tx, content.upload_id).await? else {
        return Ok(());
    };
    if !content_store::lock_unpurged(&mut tx, id).await? {
        return Ok(());
    }
    if upload.state.takes_room() {
        storage::release(&mut tx, upload.owner, upload.plan.file_size).await?;
    }
    rendition_store::remove_all(&mut tx, id).await?;
    content_store::set_purged(&mut tx, id).await?;
    announcing::announce(&mut tx, &content).await?;
    tx.commit().await?;
    studio.live.announce(content.owner);
    Ok(())
}

/// Removes what hand-offs before `kept` brought back: a content has one set of renditions.
///
/// # Errors
/// A store that is away.
pub async fn discard_earlier_renditions(studio: &Studio, id: ContentId, kept: Uuid) -> Result<()> {
    let mut db = studio.db.acquire().await?;
    let earlier = handoff_store::earlier_than(&mut db, id, kept).await?;
    drop(db);
    for handoff in earlier {
        studio.objects.remove_all(&keys::of_handoff(id, handoff)).await?;
    }
    Ok(())
}

/// Gives up unfinished objects that no upload is waiting for, and says how many.
///
/// # Errors
/// A store that is away.
pub async fn sweep_orphans(studio: &Studio) -> Result<usize> {
    let (mut swept, mut after) = (0, None);
    loop {
        let (objects, next) = studio.objects.unfinished(keys::ORIGINALS, after).await?;
        for orphan in orphans(studio, objects).await? {
            studio.objects.give_up(&orphan.key, &orphan.multipart_id).await?;
            swept += 1;
        }
        match next {
            Some(next) => after = Some(next),
            None => return Ok(swept),
        }
    }
}

async fn orphans(studio: &Studio, objects: Vec<UnfinishedObject>) -> Result<Vec<UnfinishedObject>> {
    let mut db = studio.db.acquire().await?;
    let now = upload_store::now(&mut db).await?;
    let old: Vec<UnfinishedObject> =
        objects.into_iter().filter(|o| o.begun_at.is_some_and(|at| now - at > GRACE)).collect();
    let ids: Vec<Uuid> =
        old.iter().filter_map(|o| keys::upload_of(&o.key)).map(Into::into).collect();
    let wanted = upload_store::unfinished_among(&mut db, &ids).await?;
    let orphan =
        |o: &UnfinishedObject| keys::upload_of(&o.key).is_none_or(|id| !wanted.contains(&id));
    Ok(old.into_iter().filter(orphan).collect())
}
