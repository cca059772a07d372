//! The queries of taking events in. Who calls owns the transaction.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{PgConnection, query, query_scalar};
use uuid::Uuid;

use crate::{
    Result,
    ids::{AccountId, ContentId},
};

/// What has to be known of a content to take its events.
#[derive(Debug, Clone, Copy)]
pub struct Watched {
    /// Whose it is.
    pub creator: AccountId,
    /// How long it plays, in milliseconds; 0 where nobody knows.
    pub duration_ms: i64,
}

/// The contents of these that exist.
pub async fn watched(
    db: &mut PgConnection,
    ids: &[Uuid],
) -> Result<HashMap<ContentId, Watched>, sqlx::Error> {
    let rows = query!(
        r#"select id as "id: ContentId", owner as "owner: AccountId", coalesce(duration_ms, 0) as "duration_ms!"
        from contents where id = any($1)"#,
        ids
    )
    .fetch_all(db)
    .await?;
    let watched = rows
        .into_iter()
        .map(|row| (row.id, Watched { creator: row.owner, duration_ms: row.duration_ms }));
    Ok(watched.collect())
}

/// The business time.
pub async fn now(db: &mut PgConnection) -> Result<DateTime<Utc>, sqlx::Error> {
    query_scalar!(r#"select jobs.now() as "now!""#).fetch_one(db).await
}

/// Makes room for the events of a day.
pub async fn make_day(db: &mut PgConnection, day: NaiveDate) -> Result<(), sqlx::Error> {
    query!("select engagement_make_day($1)", day).fetch_one(db).await?;
    Ok(())
}

/// Of these days, the ones that have room, and whose events were not let go.
pub async fn days_with_room(
    db: &mut PgConnection,
    days: &[NaiveDate],
) -> Result<Vec<NaiveDate>, sqlx::Error> {
    query_scalar!(
        "select day from engagement_days where day = any($1) and dropped_at is null",
        days
    )
    .fetch_all(db)
    .await
}

/// Keeps these days from being closed until this transaction ends. Closing takes the same lock for itself alone, so
/// it waits for whoever began to write before it.
pub async fn keep_open(db: &mut PgConnection, days: &[NaiveDate]) -> Result<(), sqlx::Error> {
    query!(
        "select pg_advisory_xact_lock_shared(hashtextextended('analytics_day ' || day, 0))
        from unnest($1::date[]) as u (day) order by day",
        days
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Of these days, the ones that are over or closed: their events come late.
pub async fn late_days(
    db: &mut PgConnection,
    days: &[NaiveDate],
) -> Result<Vec<NaiveDate>, sqlx::Error> {
    query_scalar!(
        r#"select day as "day!" from unnest($1::date[]) as u (day)
        where day < (jobs.now() at time zone 'UTC')::date
            or exists (select from analytics_days closed where closed.day = u.day)"#,
        days
    )
    .fetch_all(db)
    .await
}

/// Which of these events of one day are there already.
pub async fn known(
    db: &mut PgConnection,
    day: NaiveDate,
    ids: &[Uuid],
) -> Result<Vec<Uuid>, sqlx::Error> {
    query_scalar!(
        "select id from engagement_events
        where id = any($1) and id >= engagement_day_floor($2) and id < engagement_day_floor($2 + 1)",
        ids,
        day
    )
    .fetch_all(db)
    .await
}

/// Marks days and shards to be counted again. The row stays locked until the transaction ends, so whoever claims the
/// marks sees the events that they speak of.
pub async fn mark_late(
    db: &mut PgConnection,
    days: &[NaiveDate],
    shards: &[i16],
) -> Result<(), sqlx::Error> {
    query!(
        "insert into late_marks as m (day, shard, marked_at, marks)
        select day, shard, jobs.now(), 1 from unnest($1::date[], $2::int2[]) as u (day, shard) order by day, shard
        on conflict (day, shard) do update set marked_at = excluded.marked_at, marks = m.marks + 1",
        days,
        shards
    )
    .execute(db)
    .await?;
    Ok(())
}
