//! Business figures of the platform as a whole.

use chrono::NaiveDate;
use sqlx::{PgConnection, query, query_as};

use crate::{Result, Studio};

/// What was published on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BusinessDay {
    /// The day.
    pub day: NaiveDate,
    /// Works that became public for the first time.
    pub contents_published: i64,
    /// Creators of these works.
    pub creators_published: i64,
}

/// Who published in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BusinessMonth {
    /// Its first day.
    pub month: NaiveDate,
    /// Creators who published in it.
    pub creators_published: i64,
    /// Creators who published in the month before.
    pub creators_published_before: i64,
    /// Creators who published in both.
    pub creators_retained: i64,
}

pub(super) async fn write_day(db: &mut PgConnection, day: NaiveDate) -> Result<()> {
    query!(
        "insert into business_daily as b (day, contents_published, creators_published)
        select $1, count(*), count(distinct owner) from contents
        where published_at >= $1::date::timestamp at time zone 'UTC'
            and published_at < ($1::date + 1)::timestamp at time zone 'UTC'
        on conflict (day) do update set
            contents_published = excluded.contents_published, creators_published = excluded.creators_published
        where (b.contents_published, b.creators_published)
            <> (excluded.contents_published, excluded.creators_published)",
        day
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A count of an older day writes its month again; what was published does not change.
pub(super) async fn write_month(db: &mut PgConnection, day: NaiveDate) -> Result<()> {
    query!(
        "with month as (
            select date_trunc('month', $1::date::timestamp) as first
        ), published as (
            select distinct owner, published_at >= first at time zone 'UTC' as now
            from contents, month
            where published_at >= (first - interval '1 month') at time zone 'UTC'
                and published_at < least(first + interval '1 month', $1::date + interval '1 day') at time zone 'UTC'
        )
        insert into business_monthly as b
            (month, creators_published, creators_published_before, creators_retained)
        select (select first::date from month), count(*) filter (where now), count(*) filter (where not now),
            count(*) filter (where now and exists (
                select from published before where before.owner = published.owner and not before.now))
        from published
        on conflict (month) do update set creators_published = excluded.creators_published,
            creators_published_before = excluded.creators_published_before,
            creators_retained = excluded.creators_retained
        where excluded.creators_published >= b.creators_published
            and (b.creators_published, b.creators_published_before, b.creators_retained)
                <> (excluded.creators_published, excluded.creators_published_before, excluded.creators_retained)",
        day
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The last days, the newest first.
///
/// # Errors
/// Postgres is away.
pub async fn days(studio: &Studio, most: i64) -> Result<Vec<BusinessDay>> {
    let days = query_as!(
        BusinessDay,
        "select day, contents_published, creators_published from business_daily order by day desc limit $1",
        most
    );
    Ok(days.fetch_all(&studio.db).await?)
}

/// The last months, the newest first.
///
/// # Errors
/// Postgres is away.
pub async fn months(studio: &Studio, most: i64) -> Result<Vec<BusinessMonth>> {
    let months = query_as!(
        BusinessMonth,
        "select month, creators_published, creators_published_before, creators_retained
        from business_monthly order by month desc limit $1",
        most
    );
    Ok(months.fetch_all(&studio.db).await?)
}
