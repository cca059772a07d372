//! The days of the pipeline in Postgres: one function a query. Who calls owns the transaction.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{PgConnection, query, query_scalar};
use uuid::Uuid;

use super::{freshness::Progress, shard};
use crate::Result;

/// Days that are over and not yet closed, the oldest first: all since the first that has events, and yesterday.
pub async fn days_to_close(db: &mut PgConnection) -> Result<Vec<NaiveDate>> {
    let days = query_scalar!(
        r#"select day::date as "day!"
        from (select (jobs.now() at time zone 'UTC')::date - 1 as yesterday) as clock
        cross join lateral generate_series(
            least(yesterday, (select min(day) from engagement_days where dropped_at is null)), yesterday, '1 day'
        ) as day
        where not exists (select from analytics_days closed where closed.day = day.day::date)
        order by 1"#
    )
    .fetch_all(db)
    .await?;
    Ok(days)
}

/// Waits for whoever writes events of this day, and keeps others from beginning to until the transaction ends.
pub async fn lock_out_writers(db: &mut PgConnection, day: NaiveDate) -> Result<()> {
    query!("select pg_advisory_xact_lock(hashtextextended('analytics_day ' || $1::date, 0))", day)
        .execute(db)
        .await?;
    Ok(())
}

/// Closes a day. False when it was closed before.
pub async fn close(db: &mut PgConnection, day: NaiveDate, run: Uuid) -> Result<bool> {
    let closed = query!(
        "insert into analytics_days (day, closed_at, run_id) values ($1, jobs.now(), $2) on conflict do nothing",
        day,
        run
    )
    .execute(db)
    .await?;
    Ok(closed.rows_affected() == 1)
}

/// Takes all marks of a day off: a count of the whole day begins.
pub async fn forget_marks(db: &mut PgConnection, day: NaiveDate) -> Result<()> {
    query!("delete from late_marks where day = $1", day).execute(db).await?;
    Ok(())
}

/// Takes the marks of the oldest marked day that is closed and counted off, and says which shards they named. Waits
/// for batches that are being written. None: nothing is marked.
pub async fn claim_marks(db: &mut PgConnection) -> Result<Option<(NaiveDate, Vec<i16>)>> {
    let rows = query!(
        "delete from late_marks m
        where day = (
            select marked.day from late_marks marked join analytics_days using (day) order by marked.day limit 1)
        returning m.day, m.shard"
    )
    .fetch_all(db)
    .await?;
    let Some(day) = rows.first().map(|row| row.day) else { return Ok(None) };
    let mut shards: Vec<i16> = rows.into_iter().map(|row| row.shard).collect();
    shards.sort_unstable();
    Ok(Some((day, shards)))
}

/// Says that a counted day is being counted again, by this run.
pub async fn ask_recount(
    db: &mut PgConnection,
    day: NaiveDate,
    shards: &[i16],
    run: Uuid,
) -> Result<()> {
    query!("update analytics_days set run_id = $2 where day = $1", day, run)
        .execute(&mut *db)
        .await?;
    query!(
        "update analytics_shards set recount_asked_at = jobs.now() where day = $1 and shard = any($2)",
        day,
        shards
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether a day's events are still there to be counted.
pub async fn has_events(db: &mut PgConnection, day: NaiveDate) -> Result<bool> {
    let dropped = query_scalar!(
        r#"select dropped_at is not null as "dropped!" from engagement_days where day = $1 for share"#,
        day
    );
    Ok(!dropped.fetch_optional(db).await?.unwrap_or(false))
}

/// Keeps other counts of the same shard of the day waiting until the transaction ends.
pub async fn count_alone(db: &mut PgConnection, day: NaiveDate, shard: i16) -> Result<()> {
    query!(
        "select pg_advisory_xact_lock(hashtextextended('analytics_count ' || $1::date || ' ' || $2::int2, 0))",
        day,
        shard
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Records that a shard of a day is counted.
pub async fn mark_counted(
    db: &mut PgConnection,
    day: NaiveDate,
    shard: i16,
    events: i64,
    set_aside: i64,
) -> Result<()> {
    query!(
        "insert into analytics_shards as s (day, shard, counted_at, events, set_aside_events)
        values ($1, $2, jobs.now(), $3, $4)
        on conflict (day, shard) do update set counted_at = excluded.counted_at, events = excluded.events,
            set_aside_events = excluded.set_aside_events, recount_asked_at = null",
        day,
        shard,
        events,
        set_aside
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How far the days of one shard are, or of all.
pub async fn progress(db: &mut PgConnection, of: Option<i16>) -> Result<(DateTime<Utc>, Progress)> {
    let row = query!(
        r#"with counted as (
            select d.day, count(s.shard) = $2 as complete, max(s.counted_at) as counted_at,
                bool_or(s.recount_asked_at is not null) as recounting
            from analytics_days d
            left join analytics_shards s on s.day = d.day and ($1::int2 is null or s.shard = $1)
            where d.day > (jobs.now() at time zone 'UTC')::date - 60
            group by d.day
        ), edge as (
            select coalesce(min(day) filter (where not complete) - 1, max(day)) as complete_through,
                min(day) as first_day
            from counted
        )
        select jobs.now() as "now!",
            (select min(day) from engagement_days where dropped_at is null) as first_day,
            (select min(day) from analytics_days) as counted_since,
            (select complete_through from edge where complete_through >= edge.first_day) as complete_through,
            (select counted_at from counted, edge where counted.day = edge.complete_through) as counted_at,
            array(
                select day from counted, edge where recounting and day <= complete_through
                union
                select m.day from late_marks m, edge
                where ($1::int2 is null or m.shard = $1) and m.day <= edge.complete_through
                order by 1
            ) as "correcting!""#,
        of,
        i64::from(if of.is_some() { 1 } else { shard::SHARDS }),
    )
    .fetch_one(db)
    .await?;
    let progress = Progress {
        first_day: row.first_day,
        counted_since: row.counted_since,
        complete_through: row.complete_through,
        correcting: row.correcting,
        counted_at: row.counted_at,
    };
    Ok((row.now, progress))
}

/// Makes room for the events of the next days, so that no batch has to.
pub async fn make_days_ahead(db: &mut PgConnection) -> Result<()> {
    query!(
        "select engagement_make_day((jobs.now() at time zone 'UTC')::date + ahead) from generate_series(0, 2) as ahead"
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// Lets the events go of days that are older than they are kept, and says which. Days that have to be counted stay.
pub async fn drop_old_days(db: &mut PgConnection, kept_days: i32) -> Result<Vec<NaiveDate>> {
    let dropped = query_scalar!(
        r#"select engagement_drop_days_before(least(
            -- One more than is taken in: whoever began to write yesterday has ended.
            (jobs.now() at time zone 'UTC')::date - $1::int4 - 1,
            (select min(day) from late_marks),
            (select min(day) from analytics_shards where recount_asked_at is not null),
            (select min(d.day) from engagement_days d where dropped_at is null
                and (select count(*) from analytics_shards s where s.day = d.day) < $2)
        )) as "day!""#,
        kept_days,
        i64::from(shard::SHARDS)
    );
    Ok(dropped.fetch_all(db).await?)
}
