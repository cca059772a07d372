//! Exports in Postgres: one function a query.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{PgConnection, query, query_as};

use super::export::{ExportState, NewExport, Report};
use crate::{
    Result,
    ids::{AccountId, ContentId, ExportId},
};

/// An export as it is kept.
#[derive(Debug, Clone)]
pub struct ExportRow {
    /// Its id.
    pub id: ExportId,
    /// Whose it is.
    pub owner: AccountId,
    /// What it tells.
    pub report: Report,
    /// The first day.
    pub from_day: NaiveDate,
    /// The last day.
    pub to_day: NaiveDate,
    /// Of one content alone.
    pub content_id: Option<ContentId>,
    /// How far it is.
    pub state: ExportState,
    /// Lines without the heading.
    pub row_count: Option<i64>,
    /// Its size.
    pub size_bytes: Option<i64>,
    /// Where its bytes are.
    pub object_key: Option<String>,
    /// Why it could not be written.
    pub problem: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it was written.
    pub finished_at: Option<DateTime<Utc>>,
    /// When it is removed.
    pub expires_at: Option<DateTime<Utc>>,
}

macro_rules! select {
    ($which:literal, $($argument:expr),*) => {
        query_as!(
            ExportRow,
            r#"select id as "id: ExportId", owner as "owner: AccountId", report as "report: Report", from_day, to_day,
                content_id as "content_id: ContentId", state as "state: ExportState", row_count, size_bytes,
                object_key, problem, created_at, finished_at, expires_at
            from exports "# + $which,
            $($argument),*
        )
    };
}

pub(super) async fn insert(
    db: &mut PgConnection,
    id: ExportId,
    owner: AccountId,
    new: &NewExport,
) -> Result<()> {
    query!(
        "insert into exports (id, owner, report, from_day, to_day, content_id, created_at)
        values ($1, $2, $3, $4, $5, $6, jobs.now())",
        id.0,
        owner.0,
        new.report as Report,
        new.from,
        new.to,
        new.content.map(|content| content.0)
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn find(
    db: &mut PgConnection,
    owner: AccountId,
    id: ExportId,
) -> Result<Option<ExportRow>> {
    Ok(select!("where owner = $1 and id = $2", owner.0, id.0).fetch_optional(db).await?)
}

/// Whoever owns it: for the job that writes it.
pub(super) async fn find_any(db: &mut PgConnection, id: ExportId) -> Result<Option<ExportRow>> {
    Ok(select!("where id = $1", id.0).fetch_optional(db).await?)
}

pub(super) async fn list(
    db: &mut PgConnection,
    owner: AccountId,
    after: Option<ExportId>,
    most: i64,
) -> Result<Vec<ExportRow>> {
    let rows = select!(
        "where owner = $1 and ($2::uuid is null or id < $2) order by id desc limit $3",
        owner.0,
        after.map(|after| after.0),
        most
    );
    Ok(rows.fetch_all(db).await?)
}

pub(super) async fn mark_ready(
    db: &mut PgConnection,
    id: ExportId,
    rows: i64,
    size: i64,
    key: &str,
) -> Result<()> {
    query!(
        "update exports set state = 'ready', row_count = $2, size_bytes = $3, object_key = $4,
            finished_at = jobs.now(), expires_at = jobs.now() + interval '7 days', problem = null
        where id = $1 and state in ('waiting', 'failed')",
        id.0,
        rows,
        size,
        key
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn mark_failed(db: &mut PgConnection, id: ExportId, problem: &str) -> Result<()> {
    query!(
        "update exports set state = 'failed', problem = $2, finished_at = jobs.now()
        where id = $1 and state = 'waiting'",
        id.0,
        problem
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn due(db: &mut PgConnection, most: usize) -> Result<Vec<(ExportId, String)>> {
    let rows = query!(
        r#"select id as "id: ExportId", object_key as "object_key!" from exports
        where state = 'ready' and expires_at <= jobs.now() order by expires_at limit $1"#,
        i64::try_from(most).unwrap_or(i64::MAX)
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.object_key)).collect())
}

pub(super) async fn mark_expired(db: &mut PgConnection, id: ExportId) -> Result<()> {
    query!("update exports set state = 'expired', object_key = null where id = $1", id.0)
        .execute(db)
        .await?;
    Ok(())
}
