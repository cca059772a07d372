//! What the VOD service made becomes ours: copied into our bucket, checked while it comes.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::StreamExt;
use jobs::Failure;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{PublishUpload, enter, unusable};
use crate::{
    Error, Result, Studio,
    content::{
        Stage, failures,
        handoff::Settled,
        handoff_store,
        jobs::DiscardRenditions,
        objects::keys,
        rendition::{Rendition, SegmentIndex, is_name},
        rendition_store,
        vod::messages::{RenditionFile, Thumbnail, TranscodeResult},
    },
    ids::ContentId,
};

/// A thumbnail larger than this is none, in bytes.
const LARGEST_THUMBNAIL: u64 = 10 << 20;

/// What was stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredRenditions {
    /// The hand-off that it came from.
    pub handoff: Uuid,
    /// The key of the thumbnail.
    pub thumbnail_key: Option<String>,
    /// The names of the renditions.
    pub names: Vec<String>,
}

/// Copies renditions and thumbnail into our bucket.
///
/// # Errors
/// [`failures::TRANSCODE_FAILED`] if there is nothing to copy, [`failures::RENDITIONS_DAMAGED`] if what
/// comes is not what was announced.
pub async fn store_renditions(
    studio: &Studio,
    publish: &PublishUpload,
    settled: &Settled,
) -> Result<(StoredRenditions, Vec<Rendition>), Failure> {
    enter(studio, publish, Stage::Transcoding).await?;
    if let Some(failure) = &settled.failure {
        let code = failures::by_code(&failure.code);
        let code = if code == &failures::INTERNAL { &failures::TRANSCODE_FAILED } else { code };
        let said = format!("the VOD service said {}: {}", failure.code, failure.message);
        return Err(unusable(code, said));
    }
    let result = fresh_result(studio, settled.handoff).await?;
    let thumbnail_key =
        store_thumbnail(studio, publish.content, settled.handoff, result.thumbnail).await?;
    let mut renditions = Vec::with_capacity(result.renditions.len());
    for file in result.renditions {
        renditions.push(store_rendition(studio, publish.content, settled.handoff, file).await?);
    }
    if renditions.is_empty() {
        return Err(damaged("there are no renditions"));
    }
    let names = renditions.iter().map(|rendition| rendition.name.clone()).collect();
    Ok((StoredRenditions { handoff: settled.handoff, thumbnail_key, names }, renditions))
}

/// Puts the renditions in the place of earlier ones, in the transaction that ends the step.
///
/// # Errors
/// Postgres is away.
pub async fn keep_renditions(
    studio: &Studio,
    tx: &mut PgConnection,
    publish: &PublishUpload,
    handoff: Uuid,
    renditions: &[Rendition],
) -> Result<()> {
    rendition_store::replace(tx, publish.content, handoff, renditions).await?;
    if !handoff_store::earlier_than(tx, publish.content, handoff).await?.is_empty() {
        let discard = DiscardRenditions { content: publish.content, kept: handoff };
        // Longer than any address under which an earlier one may still be playing.
        let later = Duration::from_secs(studio.config.content.signed_url_seconds * 3);
        jobs::enqueue_in(tx, &discard, later).await?;
    }
    Ok(())
}

/// The addresses in a result are short-lived, so they are asked for when they are needed.
async fn fresh_result(studio: &Studio, handoff: Uuid) -> Result<TranscodeResult, Failure> {
    let mut db = studio.db.acquire().await?;
    let handoff = handoff_store::find(&mut db, handoff).await?;
    drop(db);
    let id = handoff.and_then(|handoff| handoff.transcode_id);
    let id = id.ok_or_else(|| damaged("the hand-off was never taken"))?;
    let transcode = studio.vod.find(&id).await?;
    transcode.and_then(|t| t.result).ok_or_else(|| damaged("the VOD service has no result"))
}

async fn store_thumbnail(
    studio: &Studio,
    content: ContentId,
    handoff: Uuid,
    thumbnail: Option<Thumbnail>,
) -> Result<Option<String>, Failure> {
    let Some(thumbnail) = thumbnail else { return Ok(None) };
    if thumbnail.bytes > LARGEST_THUMBNAIL || thumbnail.content_type != "image/jpeg" {
        return Err(damaged("the thumbnail is no JPEG of a sensible size"));
    }
    let key = keys::thumbnail(content, handoff);
    let tally = Arc::new(Mutex::new(Tally::default()));
    let source = counted(studio.vod.download(&thumbnail.url).await?, tally.clone());
    let accept = || finished(&tally, thumbnail.bytes, None);
    studio.objects.put_stream(&key, &thumbnail.content_type, source, accept).await.map_err(read)?;
    Ok(Some(key))
}

async fn store_rendition(
    studio: &Studio,
    content: ContentId,
    handoff: Uuid,
    file: RenditionFile,
) -> Result<Rendition, Failure> {
    let index = SegmentIndex { init: file.init, segments: file.segments };
    if !is_name(&file.name) || !index.fits(file.bytes) {
        return Err(damaged("a rendition's description contradicts itself"));
    }
    let sha256 = hex::decode(&file.sha256).map_err(|_| damaged("a rendition has no SHA-256"))?;
    let object_key = keys::rendition(content, handoff, &file.name);
    let tally = Arc::new(Mutex::new(Tally::default()));
    let source = counted(studio.vod.download(&file.url).await?, tally.clone());
    let accept = || finished(&tally, file.bytes, Some(&sha256));
    studio.objects.put_stream(&object_key, "video/mp4", source, accept).await.map_err(read)?;
    Ok(Rendition {
        name: file.name,
        object_key,
        size_bytes: file.bytes,
        sha256,
        width: file.width,
        height: file.height,
        bandwidth_bps: file.bandwidth_bps,
        average_bandwidth_bps: file.average_bandwidth_bps,
        codecs: file.codecs,
        index,
    })
}

/// What has come so far.
#[derive(Default)]
struct Tally {
    size: u64,
    hash: Sha256,
}

/// What comes is not what was announced.
#[derive(Debug, thiserror::Error)]
#[error("what the VOD service made arrived damaged: {0}")]
struct Damaged(String);

fn counted(
    source: impl StreamExt<Item = Result<bytes::Bytes>> + Send + Unpin,
    tally: Arc<Mutex<Tally>>,
) -> impl futures::Stream<Item = Result<bytes::Bytes>> + Send + Unpin {
    source.inspect(move |chunk| {
        if let Ok(chunk) = chunk {
            let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
            tally.size += chunk.len() as u64;
            tally.hash.update(chunk);
        }
    })
}

fn finished(tally: &Mutex<Tally>, size: u64, sha256: Option<&[u8]>) -> Result<()> {
    let tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
    if tally.size != size {
        let why = format!("{} bytes came, {size} were announced", tally.size);
        return Err(Error::internal("storing a rendition", Damaged(why)));
    }
    if sha256.is_some_and(|announced| *announced != *tally.hash.clone().finalize()) {
        return Err(Error::internal(
            "storing a rendition",
            Damaged("another SHA-256 was announced".into()),
        ));
    }
    Ok(())
}

/// Damage has a code of its own, since only it is worth a new hand-off.
fn read(error: Error) -> Failure {
    match error {
        Error::Internal { source, .. } if source.is::<Damaged>() => {
            Failure::retry(source).code(failures::RENDITIONS_DAMAGED.code)
        }
        other => other.into(),
    }
}

fn damaged(why: &str) -> Failure {
    Failure::retry(Damaged(why.to_owned())).code(failures::RENDITIONS_DAMAGED.code)
}
