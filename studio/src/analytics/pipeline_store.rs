//! The pipeline in Postgres: one function a query.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{PgConnection, query, query_as};
use uuid::Uuid;

use crate::Result;

/// A day as it is kept.
#[derive(Debug, Clone)]
pub struct DayRow {
    /// The day.
    pub day: NaiveDate,
    /// Whether it is over.
    pub over: bool,
    /// Whether it was closed.
    pub closed: bool,
    /// The run that counted it last.
    pub run_id: Option<Uuid>,
    /// Shards that are counted.
    pub shards_done: i64,
    /// Events counted or set aside.
    pub events: i64,
    /// Events set aside.
    pub set_aside_events: i64,
    /// Whether a shard of it is counted again.
    pub recounting: bool,
    /// When its newest shard was counted.
    pub counted_at: Option<DateTime<Utc>>,
    /// How often late events marked it.
    pub late_marks: i64,
}

/// The last days that have events or were closed, the newest first.
pub(super) async fn days(db: &mut PgConnection, most: i32) -> Result<Vec<DayRow>> {
    let days = query_as!(
        DayRow,
        r#"with clock as (
            select (jobs.now() at time zone 'UTC')::date as today
        ), shown as (
            select day from engagement_days, clock where day between today - $1::int4 + 1 and today
            union
            select day from analytics_days, clock where day between today - $1::int4 + 1 and today
        )
        select shown.day as "day!", shown.day < today as "over!", d.day is not null as "closed!",
            d.run_id as "run_id?", counted.shards_done as "shards_done!", counted.events as "events!",
            counted.set_aside_events as "set_aside_events!", counted.recounting as "recounting!", counted.counted_at,
            (select coalesce(sum(marks), 0)::bigint from late_marks m where m.day = shown.day) as "late_marks!"
        from shown
        cross join clock
        left join analytics_days d on d.day = shown.day
        cross join lateral (
            select count(*) as shards_done, coalesce(sum(events), 0)::bigint as events,
                coalesce(sum(set_aside_events), 0)::bigint as set_aside_events, max(counted_at) as counted_at,
                coalesce(bool_or(recount_asked_at is not null), false) as recounting
            from analytics_shards s where s.day = shown.day
        ) as counted
        order by shown.day desc"#,
        most
    );
    Ok(days.fetch_all(db).await?)
}

/// How many events each rule set aside on a day.
pub(super) async fn set_aside_on(
    db: &mut PgConnection,
    day: NaiveDate,
) -> Result<Vec<(String, i64)>> {
    let rows = query!(
        r#"select rule, sum(events)::bigint as "events!" from set_aside_daily where day = $1 group by rule"#,
        day
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.rule, row.events)).collect())
}
