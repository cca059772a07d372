//! Figures as a file: asked for, written by a job, fetched by a short-lived address.

use std::time::Duration;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    export_store::{self, ExportRow},
    fresh,
    jobs::WriteExport,
    overview::Asked,
    refusals,
    scope::Scope,
};
use crate::{
    Result, Studio,
    idempotency::{self, NamedRequest},
    ids::{AccountId, ContentId, ExportId},
    page::{Page, PageRequest},
    queues,
};

/// What the file tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum Report {
    /// A line for each day.
    Daily,
    /// A line for each content.
    Contents,
    /// A line for each group of viewers that may be shown.
    Audience,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum ExportState {
    /// It is being written.
    Waiting,
    /// It can be fetched.
    Ready,
    /// It could not be written.
    Failed,
    /// It was there, and was removed.
    Expired,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct NewExport {
    /// What the file tells.
    pub report: Report,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Of one content alone.
    pub content: Option<ContentId>,
}

/// An export.
#[derive(Debug, Clone)]
pub struct Export {
    /// What is known of it.
    pub row: ExportRow,
    /// Where it can be fetched, for a short time.
    pub download_url: Option<Url>,
}

/// Where a page of exports ends.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ExportCursor(ExportId);

/// Asks for a file. The same request under the same key is one request.
///
/// # Errors
/// `analytics.bad_range`, `analytics.no_such_content`, `idempotency.key_reused`; Postgres is away.
pub async fn create(
    studio: &Studio,
    owner: AccountId,
    new: &NewExport,
    request: Option<&NamedRequest>,
) -> Result<Export> {
    let mut tx = studio.db.begin().await?;
    if let Some(request) = request
        && let Some(first) = idempotency::claim::<ExportId>(&mut tx, request).await?
    {
        drop(tx);
        return show(studio, owner, first).await;
    }
    Scope::of(&mut tx, owner, new.content).await?;
    let (freshness, now) = fresh::of_creator(studio, &mut tx, owner).await?;
    Asked { from: Some(new.from), to: Some(new.to) }.range(&freshness, now)?;
    let id = ExportId::new();
    export_store::insert(&mut tx, id, owner, new).await?;
    jobs::enqueue(&mut tx, &WriteExport { export: id }).await?;
    if let Some(request) = request {
        idempotency::save(&mut tx, request, &id).await?;
    }
    tx.commit().await?;
    studio.waker.wake(queues::ANALYTICS);
    show(studio, owner, id).await
}

/// One of the owner's exports.
///
/// # Errors
/// `analytics.no_such_export`; Postgres is away.
pub async fn show(studio: &Studio, owner: AccountId, id: ExportId) -> Result<Export> {
    let row = export_store::find(&mut *studio.db.acquire().await?, owner, id).await?;
    let row = row.ok_or_else(|| refusals::NO_SUCH_EXPORT.refuse())?;
    with_address(studio, row).await
}

/// The owner's exports, the newest first.
///
/// # Errors
/// Postgres is away.
pub async fn list(
    studio: &Studio,
    owner: AccountId,
    page: &PageRequest<ExportCursor>,
) -> Result<Page<Export>> {
    let after = page.after.map(|after| after.0);
    let rows =
        export_store::list(&mut *studio.db.acquire().await?, owner, after, page.rows()).await?;
    let rows = Page::from_rows(rows, page.limit, |row| ExportCursor(row.id));
    let mut items = Vec::with_capacity(rows.items.len());
    for row in rows.items {
        items.push(with_address(studio, row).await?);
    }
    Ok(Page { items, next_cursor: rows.next_cursor })
}

async fn with_address(studio: &Studio, row: ExportRow) -> Result<Export> {
    let valid_for = Duration::from_secs(studio.config.content.signed_url_seconds);
    let download_url = match &row.object_key {
        Some(key) if row.state == ExportState::Ready => {
            Some(studio.objects.sign_download(key, &row.file_name(), valid_for).await?.url)
        }
        _ => None,
    };
    Ok(Export { row, download_url })
}

impl ExportRow {
    /// The name under which it is saved.
    pub fn file_name(&self) -> String {
        let report = match self.report {
            Report::Daily => "daily",
            Report::Contents => "contents",
            Report::Audience => "audience",
        };
        format!("creator-studio-{report}-{}-to-{}.csv", self.from_day, self.to_day)
    }
}

/// Removes the files of exports that have expired, and says how many.
///
/// # Errors
/// The object store or Postgres is away.
pub async fn expire(studio: &Studio) -> Result<usize> {
    let mut db = studio.db.acquire().await?;
    let mut expired = 0;
    loop {
        let due = export_store::due(&mut db, AT_ONCE).await?;
        for (id, key) in &due {
            studio.objects.remove(key).await?;
            export_store::mark_expired(&mut db, *id).await?;
        }
        expired += due.len();
        if due.len() < AT_ONCE {
            return Ok(expired);
        }
    }
}

/// How many exports expire before the next are looked for.
const AT_ONCE: usize = 100;
