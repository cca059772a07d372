//! Renditions in Postgres: one function a query. Who calls owns the transaction.

use sqlx::{PgConnection, query};
use uuid::Uuid;

use super::rendition::{Rendition, SegmentIndex};
use crate::{Result, ids::ContentId};

/// Puts the renditions of one hand-off in the place of those that were there.
pub async fn replace(
    db: &mut PgConnection,
    content: ContentId,
    handoff: Uuid,
    renditions: &[Rendition],
) -> Result<()> {
    query!("delete from renditions where content_id = $1", content.0).execute(&mut *db).await?;
    for rendition in renditions {
        insert(db, content, handoff, rendition).await?;
    }
    Ok(())
}

async fn insert(
    db: &mut PgConnection,
    content: ContentId,
    handoff: Uuid,
    rendition: &Rendition,
) -> Result<()> {
    query!(
        "insert into renditions (content_id, name, handoff_id, object_key, size_bytes, sha256, width, height,
            bandwidth_bps, average_bandwidth_bps, codecs, segment_index)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        content.0,
        rendition.name,
        handoff,
        rendition.object_key,
        rendition.size_bytes.cast_signed(),
        rendition.sha256,
        rendition.width.map(u32::cast_signed),
        rendition.height.map(u32::cast_signed),
        rendition.bandwidth_bps.cast_signed(),
        rendition.average_bandwidth_bps.cast_signed(),
        rendition.codecs,
        serde_json::to_value(&rendition.index)?,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The renditions of a content, the best one first.
pub async fn of_content(db: &mut PgConnection, content: ContentId) -> Result<Vec<Rendition>> {
    let rows = query!(
        "select name, object_key, size_bytes, sha256, width, height, bandwidth_bps, average_bandwidth_bps,
            codecs, segment_index
        from renditions where content_id = $1 order by bandwidth_bps desc",
        content.0
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        Ok(Rendition {
            name: row.name,
            object_key: row.object_key,
            size_bytes: row.size_bytes.cast_unsigned(),
            sha256: row.sha256,
            width: row.width.map(i32::cast_unsigned),
            height: row.height.map(i32::cast_unsigned),
            bandwidth_bps: row.bandwidth_bps.cast_unsigned(),
            average_bandwidth_bps: row.average_bandwidth_bps.cast_unsigned(),
            codecs: row.codecs,
            index: serde_json::from_value::<SegmentIndex>(row.segment_index)?,
        })
    });
    rows.collect()
}

/// Nothing of a content can be played any more.
pub async fn remove_all(db: &mut PgConnection, content: ContentId) -> Result<()> {
    query!("delete from renditions where content_id = $1", content.0).execute(db).await?;
    Ok(())
}
