//! What was rejected: all of it counted, some of it kept to look at.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, query, query_as};
use uuid::Uuid;

use super::{super::rejection::Rejection, Origin, Raw};
use crate::{
    Result, Studio,
    page::{Page, PageRequest},
};

/// How many samples of one reason are kept.
const SAMPLES: i64 = 100;
/// How many samples of one reason a single batch may leave.
const SAMPLES_OF_A_BATCH: usize = 5;
/// How many days back the counts are shown.
const SHOWN_DAYS: i32 = 7;

/// How often something was rejected for one reason on one day.
#[derive(Debug, Clone)]
pub struct RejectedCount {
    /// The day on which they came.
    pub day: NaiveDate,
    /// How they came.
    pub origin: Origin,
    /// The reason.
    pub code: String,
    /// How many.
    pub count: i64,
}

/// A rejected event to look at.
#[derive(Debug, Clone)]
pub struct RejectedEvent {
    /// Its own id, given when it was rejected.
    pub id: Uuid,
    /// When that was.
    pub rejected_at: DateTime<Utc>,
    /// How it came.
    pub origin: Origin,
    /// The reason.
    pub code: String,
    /// What was wrong with it.
    pub detail: String,
    /// How it looked.
    pub sample: String,
}

/// Where a page of rejected events ends.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct RejectedCursor(Uuid);

/// Records what a batch rejected: each as its reason and how it looked.
pub(super) async fn record(
    db: &mut PgConnection,
    origin: Origin,
    rejected: &[(&Rejection, &Raw)],
) -> Result<(), sqlx::Error> {
    let codes: Vec<String> = rejected.iter().map(|(why, _)| why.code.to_owned()).collect();
    query!(
        "insert into rejected_event_counts as c (day, origin, code, count)
        select (jobs.now() at time zone 'UTC')::date, $1, code, count(*) from unnest($2::text[]) as code
        group by code order by code
        on conflict (day, origin, code) do update set count = c.count + excluded.count",
        origin.label(),
        &codes
    )
    .execute(&mut *db)
    .await?;
    sample(db, origin, rejected).await
}

async fn sample(
    db: &mut PgConnection,
    origin: Origin,
    rejected: &[(&Rejection, &Raw)],
) -> Result<(), sqlx::Error> {
    let mut kept: Vec<&(&Rejection, &Raw)> = Vec::new();
    for one in rejected {
        if kept.iter().filter(|(why, _)| why.code == one.0.code).count() < SAMPLES_OF_A_BATCH {
            kept.push(one);
        }
    }
    let ids: Vec<Uuid> = kept.iter().map(|_| Uuid::now_v7()).collect();
    let codes: Vec<String> = kept.iter().map(|(why, _)| why.code.to_owned()).collect();
    let details: Vec<String> = kept.iter().map(|(why, _)| why.detail.clone()).collect();
    let samples: Vec<String> = kept.iter().map(|(_, raw)| raw.sample()).collect();
    query!(
        "insert into rejected_event_samples (id, rejected_at, origin, code, detail, sample)
        select id, jobs.now(), $1, code, detail, sample
        from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as s (id, code, detail, sample)",
        origin.label(),
        &ids,
        &codes,
        &details,
        &samples
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets samples beyond the newest of each reason.
pub(in crate::analytics) async fn forget_old_samples(db: &mut PgConnection) -> Result<u64> {
    let done = query!(
        "delete from rejected_event_samples s where id < (
            select id from rejected_event_samples newer where newer.code = s.code
            order by id desc offset $1 limit 1)",
        SAMPLES
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// What was rejected in the last week, the newest day first.
///
/// # Errors
/// Postgres is away.
pub async fn counts(studio: &Studio) -> Result<Vec<RejectedCount>> {
    let rows = query_as!(
        RejectedCount,
        r#"select day, origin as "origin: Origin", code, count from rejected_event_counts
        where day > (jobs.now() at time zone 'UTC')::date - $1::int4
        order by day desc, count desc, code, origin"#,
        SHOWN_DAYS
    );
    Ok(rows.fetch_all(&studio.db).await?)
}

/// Rejected events to look at, the newest first.
///
/// # Errors
/// Postgres is away.
pub async fn samples(
    studio: &Studio,
    code: Option<&str>,
    page: &PageRequest<RejectedCursor>,
) -> Result<Page<RejectedEvent>> {
    let rows = query_as!(
        RejectedEvent,
        r#"select id, rejected_at, origin as "origin: Origin", code, detail, sample from rejected_event_samples
        where ($1::text is null or code = $1) and ($2::uuid is null or id < $2)
        order by id desc limit $3"#,
        code,
        page.after.map(|after| after.0),
        page.rows()
    );
    let rows = rows.fetch_all(&studio.db).await?;
    Ok(Page::from_rows(rows, page.limit, |row| RejectedCursor(row.id)))
}
