//! Figures as files.

use chrono::{DateTime, NaiveDate, Utc};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Enum, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::Example,
};
use studio::{
    Studio,
    analytics::export::{self, Export, ExportState, Report},
    page::PageRequest,
};

use super::Area;
use crate::{
    Problem,
    auth::{AnalyticsRead, Permit},
    body::Body,
    idempotency::{self, IdempotencyKey},
    ids,
};

/// The resource.
pub struct Exports;

/// What a file tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename = "ExportReport", rename_all = "snake_case")]
enum ReportView {
    /// A line for each day.
    Daily,
    /// A line for each content.
    Contents,
    /// A line for each group of viewers that may be shown.
    Audience,
}

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename = "ExportState", rename_all = "snake_case")]
enum StateView {
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
#[derive(Debug, Object)]
#[oai(example, skip_serializing_if_is_none)]
struct NewExport {
    /// What the file tells.
    report: ReportView,
    /// The first UTC day.
    from: NaiveDate,
    /// The last UTC day.
    to: NaiveDate,
    /// Of one content alone (`cnt_…`).
    content: Option<String>,
}

impl Example for NewExport {
    fn example() -> Self {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default();
        Self { report: ReportView::Daily, from: day(1), to: day(21), content: None }
    }
}

/// A file of figures.
#[derive(Debug, Object)]
#[oai(rename = "Export", skip_serializing_if_is_none)]
struct ExportView {
    /// Its id (`exp_…`).
    id: String,
    /// What it tells.
    report: ReportView,
    /// The first UTC day.
    from: NaiveDate,
    /// The last UTC day.
    to: NaiveDate,
    /// The one content that it is about.
    content: Option<String>,
    /// How far it is.
    state: StateView,
    /// Its lines, without the heading.
    rows: Option<i64>,
    /// Its size in bytes.
    size_bytes: Option<i64>,
    /// The name under which it is saved.
    file_name: String,
    /// When it was asked for.
    created_at: DateTime<Utc>,
    /// When it was written.
    finished_at: Option<DateTime<Utc>>,
    /// When it is removed.
    expires_at: Option<DateTime<Utc>>,
    /// Where it can be fetched, for a short time: read the export again for another address.
    download_url: Option<String>,
    /// Why it could not be written.
    problem: Option<String>,
}

impl From<Export> for ExportView {
    fn from(export: Export) -> Self {
        let row = export.row;
        Self {
            id: row.id.to_string(),
            report: match row.report {
                Report::Daily => ReportView::Daily,
                Report::Contents => ReportView::Contents,
                Report::Audience => ReportView::Audience,
            },
            from: row.from_day,
            to: row.to_day,
            content: row.content_id.map(|content| content.to_string()),
            state: match row.state {
                ExportState::Waiting => StateView::Waiting,
                ExportState::Ready => StateView::Ready,
                ExportState::Failed => StateView::Failed,
                ExportState::Expired => StateView::Expired,
            },
            rows: row.row_count,
            size_bytes: row.size_bytes,
            file_name: row.file_name(),
            created_at: row.created_at,
            finished_at: row.finished_at,
            expires_at: row.expires_at,
            download_url: export.download_url.map(Into::into),
            problem: row.problem,
        }
    }
}

/// A page of exports.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct ExportPage {
    /// The exports, the newest first.
    items: Vec<ExportView>,
    /// Where the next page begins; none at the end.
    next_cursor: Option<String>,
}

/// A file will be written.
#[derive(ApiResponse)]
enum Asked {
    /// Taken; read the export until it is ready.
    #[oai(status = 202)]
    Taken(Json<ExportView>),
}

#[OpenApi(prefix_path = "/v1/analytics/exports", tag = "Area::Analytics")]
impl Exports {
    /// Ask for a file of figures
    ///
    /// CSV, written by a job; the export says when it can be fetched.
    #[oai(path = "/", method = "post", operation_id = "exports.create")]
    async fn create(
        &self,
        auth: Permit<AnalyticsRead>,
        studio: Data<&Studio>,
        /// Names the request, so that repeating it writes no second file.
        #[oai(name = "Idempotency-Key")]
        key: IdempotencyKey,
        body: Body<NewExport>,
    ) -> Result<Asked, Problem> {
        let request = idempotency::name(&key, auth.account_id(), "exports.create", &body.0)?;
        let content =
            body.content.as_deref().map(|text| ids::parse(text, "content")).transpose()?;
        let new = export::NewExport {
            report: match body.report {
                ReportView::Daily => Report::Daily,
                ReportView::Contents => Report::Contents,
                ReportView::Audience => Report::Audience,
            },
            from: body.from,
            to: body.to,
            content,
        };
        let export = export::create(&studio, auth.account_id(), &new, request.as_ref()).await?;
        Ok(Asked::Taken(Json(export.into())))
    }

    /// List one's exports
    #[oai(path = "/", method = "get", operation_id = "exports.list")]
    async fn list(
        &self,
        auth: Permit<AnalyticsRead>,
        studio: Data<&Studio>,
        /// From the page before.
        cursor: Query<Option<String>>,
        /// The most items, up to 100.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<ExportPage>, Problem> {
        let page = PageRequest::parse(cursor.as_deref(), limit.0)?;
        let page = export::list(&studio, auth.account_id(), &page).await?.map(Into::into);
        Ok(Json(ExportPage { items: page.items, next_cursor: page.next_cursor }))
    }

    /// Show an export
    #[oai(path = "/:id", method = "get", operation_id = "exports.show")]
    async fn show(
        &self,
        auth: Permit<AnalyticsRead>,
        studio: Data<&Studio>,
        /// The export (`exp_…`).
        id: Path<String>,
    ) -> Result<Json<ExportView>, Problem> {
        let id = ids::parse(&id, "id")?;
        Ok(Json(export::show(&studio, auth.account_id(), id).await?.into()))
    }
}
