//! A hand-off: one original given to the VOD service, under an id of ours that is stored before the call.
//!
//! Whatever the service reports, by webhook or when asked, settles an open hand-off once, and signals the
//! run that waits for it in the same transaction. Reports about one that is settled change nothing.

use jobs::{RunId, workflow};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    content_store,
    failures::{self, FailureCode},
    handoff_store,
    publishing::TRANSCODED,
    vod::messages::{Transcode, TranscodeState},
};
use crate::{
    Error, Result, Studio,
    ids::{AccountId, ContentId, UploadId},
    queues,
};

/// Where a hand-off stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum HandoffState {
    /// The service works on it, or has not been reached yet.
    Open,
    /// The service is done.
    Completed,
    /// The service gave up, or its result could not be used.
    Failed,
    /// Nobody wants it any more.
    Abandoned,
}

/// One original given to the VOD service.
#[derive(Debug, Clone)]
pub struct Handoff {
    /// Its id: the service's idempotency key.
    pub id: Uuid,
    /// The upload.
    pub upload: UploadId,
    /// The content.
    pub content: ContentId,
    /// Whose it is.
    pub owner: AccountId,
    /// The run that waits for it.
    pub run: RunId,
    /// Where it stands.
    pub state: HandoffState,
    /// The service's own id, once it answered.
    pub transcode_id: Option<String>,
    /// After this moment nobody waits for it.
    pub deadline: chrono::DateTime<chrono::Utc>,
}

/// What the waiting run is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Settled {
    /// The hand-off.
    pub handoff: Uuid,
    /// Why it failed; none if it did not.
    pub failure: Option<SettledFailure>,
}

/// Why a hand-off failed, in the service's words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SettledFailure {
    /// The service's code.
    pub code: String,
    /// The service's message, for staff.
    pub message: String,
}

impl SettledFailure {
    fn ours(code: &FailureCode, message: &str) -> Self {
        Self { code: code.code.to_owned(), message: message.to_owned() }
    }
}

/// What a report changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Nothing.
    Old,
    /// It got further.
    Progress,
    /// It is settled.
    Settled,
}

/// Takes in what the service reports. `handoff` is locked by the caller's transaction.
pub(super) async fn take_report(
    tx: &mut PgConnection,
    handoff: &Handoff,
    report: &Transcode,
) -> Result<News> {
    if handoff.state != HandoffState::Open {
        return Ok(News::Old);
    }
    match report.state {
        TranscodeState::Queued => Ok(News::Old),
        TranscodeState::Running => {
            let percent = report.progress_percent.clamp(0.0, 100.0);
            let further = content_store::set_progress(tx, handoff.content, percent).await?;
            Ok(if further { News::Progress } else { News::Old })
        }
        TranscodeState::Completed => settle(tx, handoff, None).await,
        TranscodeState::Failed => {
            let failure = report.failure.as_ref();
            let failure = SettledFailure {
                code: failure.map_or_else(|| "unknown".to_owned(), |f| f.code.clone()),
                message: failure.map_or_else(String::new, |f| f.message.clone()),
            };
            settle(tx, handoff, Some(failure)).await
        }
    }
}

/// Settles an open hand-off and signals its run.
pub(super) async fn settle(
    tx: &mut PgConnection,
    handoff: &Handoff,
    failure: Option<SettledFailure>,
) -> Result<News> {
    let state = if failure.is_some() { HandoffState::Failed } else { HandoffState::Completed };
    handoff_store::set_settled(tx, handoff.id, state, failure.as_ref()).await?;
    let payload = serde_json::to_value(Settled { handoff: handoff.id, failure })?;
    workflow::signal(tx, handoff.run, TRANSCODED, &payload, &handoff.id.to_string())
        .await
        .map_err(|e| Error::internal("signalling a run", e))?;
    Ok(News::Settled)
}

/// Tells who is watching and who works, after the commit.
pub(super) fn tell(studio: &Studio, handoff: &Handoff, news: News) {
    match news {
        News::Old => {}
        News::Progress => studio.live.announce(handoff.owner),
        News::Settled => studio.waker.wake(queues::MEDIA),
    }
}

/// Whether a hand-off has to be asked after again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Poll {
    /// Nothing more is to be asked.
    Settled,
    /// Ask again later.
    Open,
}

/// What the service says when it is asked.
enum Asked {
    Report(Box<Transcode>),
    /// It does not know the transcode any more.
    Unknown,
    /// It does not answer.
    Silence,
}

/// Asks the service after an open hand-off, and tells it when nobody wants the result any more.
///
/// # Errors
/// A service that is away, before the deadline.
pub async fn poll(studio: &Studio, id: Uuid) -> Result<Poll> {
    let mut db = studio.db.acquire().await?;
    let Some(handoff) = handoff_store::find(&mut db, id).await? else { return Ok(Poll::Settled) };
    let overdue = handoff_store::is_overdue(&mut db, id).await?;
    drop(db);
    let Some(transcode) = &handoff.transcode_id else { return Ok(Poll::Settled) };
    if handoff.state == HandoffState::Abandoned {
        studio.vod.cancel(transcode).await?;
    }
    if handoff.state != HandoffState::Open {
        return Ok(Poll::Settled);
    }
    let asked = match studio.vod.find(transcode).await {
        Ok(Some(report)) => Asked::Report(Box::new(report)),
        Ok(None) => Asked::Unknown,
        Err(_) if overdue => Asked::Silence,
        Err(error) => return Err(error),
    };
    if overdue {
        stop_unwanted(studio, transcode, &asked).await;
    }
    take_poll(studio, id, asked, overdue).await
}

/// Has the service stop what nobody waits for any longer: else it keeps a place there that the next hand-off
/// may need. A service that does not answer has a deadline of its own.
async fn stop_unwanted(studio: &Studio, transcode: &str, asked: &Asked) {
    let Asked::Report(report) = asked else { return };
    if matches!(report.state, TranscodeState::Queued | TranscodeState::Running)
        && let Err(error) = studio.vod.cancel(transcode).await
    {
        tracing::warn!(transcode, %error, "an overdue transcode could not be cancelled");
    }
}

async fn take_poll(studio: &Studio, id: Uuid, asked: Asked, overdue: bool) -> Result<Poll> {
    let mut tx = studio.db.begin().await?;
    let Some(handoff) = handoff_store::lock(&mut tx, id).await? else { return Ok(Poll::Settled) };
    match handoff.state {
        HandoffState::Open => {}
        // While the service was asked; the next poll tells it.
        HandoffState::Abandoned => return Ok(Poll::Open),
        HandoffState::Completed | HandoffState::Failed => return Ok(Poll::Settled),
    }
    let mut news = match asked {
        Asked::Report(report) => take_report(&mut tx, &handoff, &report).await?,
        Asked::Unknown => {
            let failure = SettledFailure::ours(
                &failures::TRANSCODE_NOT_TAKEN,
                "the service does not know it any more",
            );
            settle(&mut tx, &handoff, Some(failure)).await?
        }
        Asked::Silence => News::Old,
    };
    if news != News::Settled && overdue {
        let failure =
            SettledFailure::ours(&failures::TRANSCODE_TIMED_OUT, "its deadline has passed");
        news = settle(&mut tx, &handoff, Some(failure)).await?;
    }
    tx.commit().await?;
    tell(studio, &handoff, news);
    Ok(if news == News::Settled { Poll::Settled } else { Poll::Open })
}

/// Forgets webhooks that could no longer be replayed.
///
/// # Errors
/// Postgres is away.
pub async fn forget_webhooks(studio: &Studio) -> Result<u64> {
    handoff_store::forget_webhooks(&mut *studio.db.acquire().await?).await
}
