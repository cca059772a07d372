//! The other ends. Everything that says so is written in the transaction in which the run fails.

use sqlx::PgConnection;

use super::{PublishUpload, outcome};
use crate::{
    Result,
    content::{
        Stage, content_store,
        failures::{self, Consequence, Failure, FailureCode},
        handoff_store,
        jobs::{DiscardUpload, WriteDocument},
        storage,
        upload::{Event, Upload, UploadState},
        upload_store,
    },
    notify::{self, Notice},
};

/// A run has failed at `step`: its upload and its content say so, and the creator is told.
///
/// # Errors
/// Postgres is away.
pub async fn fail(
    tx: &mut PgConnection,
    publish: &PublishUpload,
    step: &str,
    code: Option<&str>,
    error: &str,
) -> Result<()> {
    let Some(upload) = upload_store::lock_any(tx, publish.upload).await? else { return Ok(()) };
    if upload.state != UploadState::Submitted {
        return Ok(());
    }
    let failure = known(code);
    if failure.consequence == Consequence::Refused {
        storage::release(tx, upload.owner, upload.plan.file_size).await?;
        jobs::enqueue(tx, &DiscardUpload { upload: upload.id }).await?;
    }
    let detail = detail(failure, error);
    let (event, stage) = consequence(failure);
    let state = upload.state.after(event)?;
    upload_store::set_failure(tx, upload.id, state, failure.code, detail, step).await?;
    content_store::set_stage(tx, publish.content, stage).await?;
    handoff_store::abandon_open(tx, upload.id).await?;
    jobs::enqueue(tx, &WriteDocument { content: publish.content }).await?;
    tell(tx, &upload, failure, detail).await?;
    count(failure);
    Ok(())
}

fn known(code: Option<&str>) -> &'static FailureCode {
    match code {
        Some("wait.timed_out") => &failures::TRANSCODE_TIMED_OUT,
        Some("unavailable.vod") => &failures::TRANSCODE_NOT_TAKEN,
        Some(code) => failures::by_code(code),
        None => &failures::INTERNAL,
    }
}

fn consequence(failure: &FailureCode) -> (Event, Stage) {
    match failure.consequence {
        Consequence::Refused => (Event::Refuse, Stage::Refused),
        Consequence::Failed => (Event::Fail, Stage::Failed),
        Consequence::SentBack => (Event::SendBack, Stage::Uploading),
    }
}

/// Only what names the creator's own parts is for their eyes.
fn detail<'a>(failure: &FailureCode, error: &'a str) -> Option<&'a str> {
    error.lines().next().filter(|_| failure.consequence == Consequence::SentBack)
}

async fn tell(
    tx: &mut PgConnection,
    upload: &Upload,
    failure: &FailureCode,
    detail: Option<&str>,
) -> Result<()> {
    let words = Failure::read(failure.code, detail, None);
    let notice = Notice::ContentFailed {
        content: upload.content_id,
        title: upload.title.clone(),
        sentence: words.sentence,
        what_to_do: words.what_to_do.to_owned(),
    };
    // One for each time that it got this far: the version goes up with every attempt.
    let key = format!("failed:{}:{}", upload.id, upload.version);
    notify::tell(tx, upload.owner, &notice, &key).await
}

fn count(failure: &FailureCode) {
    match failure.consequence {
        Consequence::Refused => outcome::count(outcome::REFUSED),
        Consequence::Failed => outcome::count(outcome::FAILED),
        Consequence::SentBack => {}
    }
}
