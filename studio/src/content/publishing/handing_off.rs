//! The original goes to the VOD service.

use std::time::Duration;

use jobs::{Failure, RunId};
use sqlx::PgConnection;
use url::Url;

use super::{PublishUpload, enter};
use crate::{
    Error, Result, Studio,
    content::{
        Stage, failures,
        handoff::Handoff,
        handoff_store,
        jobs::PollTranscode,
        media_type::Kind,
        vod::messages::{Transcode, TranscodeRequest},
    },
};

/// The tallest rendition, in pixels.
const MAX_HEIGHT: u32 = 1_080;
/// S3 signs for a week at most.
const LONGEST_SIGNATURE: Duration = Duration::from_hours(24 * 7);

/// Gives the open hand-off of the upload, made and stored if there is none: the id is ours before anybody
/// else hears of it.
///
/// # Errors
/// Postgres is away.
pub async fn open_handoff(studio: &Studio, publish: &PublishUpload, run: RunId) -> Result<Handoff> {
    enter(studio, publish, Stage::Transcoding).await?;
    let mut db = studio.db.acquire().await?;
    let deadline = studio.config.vod.deadline_seconds;
    handoff_store::insert(&mut db, publish.upload, publish.content, run, deadline).await?;
    let open = handoff_store::find_open(&mut db, publish.upload).await?;
    open.ok_or_else(|| Error::internal("handing an original over", "its hand-off is not open"))
}

/// Asks the VOD service to prepare the original. Asking twice under one id is asking once.
///
/// # Errors
/// A service that is away, or does not want to.
pub async fn hand_over(
    studio: &Studio,
    publish: &PublishUpload,
    handoff: &Handoff,
    kind: Kind,
) -> Result<Transcode, Failure> {
    let upload = enter(studio, publish, Stage::Transcoding).await?;
    let until_deadline = Duration::from_secs(studio.config.vod.deadline_seconds + 3_600);
    let source = studio
        .objects
        .sign_source(&upload.object_key, until_deadline.min(LONGEST_SIGNATURE))
        .await?;
    let request = TranscodeRequest {
        reference: handoff.id,
        source_url: source.url,
        kind,
        callback_url: callback(studio)?,
        max_height: MAX_HEIGHT,
        deadline: handoff.deadline,
    };
    studio.vod.start(&request).await.map_err(|error| {
        // Whatever it is, the creator's file is safe with us and the service did not take it.
        Failure::from(error).code(failures::TRANSCODE_NOT_TAKEN.code)
    })
}

/// Remembers the service's own id and begins to ask after it, in the transaction that ends the step.
///
/// # Errors
/// Postgres is away.
pub async fn taken(
    studio: &Studio,
    tx: &mut PgConnection,
    handoff: &Handoff,
    transcode: &Transcode,
) -> Result<()> {
    handoff_store::set_taken(tx, handoff.id, &transcode.id).await?;
    let first = Duration::from_secs(studio.config.vod.poll_seconds);
    jobs::enqueue_in(tx, &PollTranscode { handoff: handoff.id }, first).await?;
    Ok(())
}

fn callback(studio: &Studio) -> Result<Url> {
    match &studio.config.vod.callback_url {
        Some(url) => Ok(url.clone()),
        None => studio
            .config
            .public_url
            .join("/v1/webhooks/vod")
            .map_err(|e| Error::internal("reading CREATOR_STUDIO_PUBLIC_URL", e)),
    }
}
