//! Content documents in MongoDB: always by id, so that no index but the one of `_id` is needed.

use std::collections::HashMap;

use bson::{Document, doc};
use futures::TryStreamExt;
use mongodb::Collection;

use super::{
    ContentRecord,
    details::Details,
    document::{self, ContentDocument},
};
use crate::{Error, Result, Studio, ids::ContentId};

fn collection<T: Send + Sync>(studio: &Studio) -> Collection<T> {
    studio.mongo.collection("contents")
}

/// The documents of these contents.
pub async fn find(
    studio: &Studio,
    ids: &[ContentId],
) -> Result<HashMap<ContentId, ContentDocument>> {
    let wanted: Vec<bson::Uuid> = ids.iter().map(|id| document::id(*id)).collect();
    let found =
        collection::<ContentDocument>(studio).find(doc! { "_id": { "$in": wanted } }).await?;
    let found: Vec<ContentDocument> = found.try_collect().await?;
    Ok(found.into_iter().map(|d| (ContentId(uuid::Uuid::from_bytes(d.id.bytes())), d)).collect())
}

/// Writes what Postgres decides; a document that is not there begins with `details`.
pub async fn project(studio: &Studio, record: &ContentRecord, details: &Details) -> Result<()> {
    let mut first = document::described(details);
    first.extend(document::untouched());
    write(studio, record, projected(studio, record)?, first).await
}

/// Writes what a creator decides, and what Postgres decides if the document is not there yet.
pub async fn describe(studio: &Studio, record: &ContentRecord, details: &Details) -> Result<()> {
    let mut first = projected(studio, record)?;
    first.extend(document::untouched());
    write(studio, record, document::described(details), first).await
}

/// Removes a document. What is not there is removed already.
pub async fn remove(studio: &Studio, id: ContentId) -> Result<()> {
    collection::<Document>(studio).delete_one(doc! { "_id": document::id(id) }).await?;
    Ok(())
}

async fn write(
    studio: &Studio,
    record: &ContentRecord,
    set: Document,
    first: Document,
) -> Result<()> {
    collection::<Document>(studio)
        .update_one(
            doc! { "_id": document::id(record.id) },
            doc! { "$set": set, "$setOnInsert": first },
        )
        .upsert(true)
        .await?;
    Ok(())
}

fn projected(studio: &Studio, record: &ContentRecord) -> Result<Document> {
    document::projected(record, |key| studio.objects.location(key))
        .map_err(|e| Error::internal("writing a content's document", e))
}
