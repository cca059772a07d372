//! Figures in Postgres: one function a query.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::{PgConnection, query, query_as, query_scalar};
use uuid::Uuid;

use super::{
    figures::{Figures, SetAside},
    range::DayRange,
};
use crate::{
    Result,
    content::media_type::Kind,
    ids::{AccountId, ContentId},
};

/// A day as it is kept.
struct DayRow {
    day: NaiveDate,
    views: i64,
    watch_ms: i64,
    likes: i64,
    unlikes: i64,
    shares: i64,
    subscribes: i64,
}

fn by_day(rows: Vec<DayRow>) -> HashMap<NaiveDate, Figures> {
    let figures = rows.into_iter().map(|row| {
        let figures = Figures {
            views: row.views,
            watch_ms: row.watch_ms,
            likes: row.likes,
            unlikes: row.unlikes,
            shares: row.shares,
            subscribes: row.subscribes,
        };
        (row.day, figures)
    });
    figures.collect()
}

/// The days of a creator.
pub async fn of_creator(
    db: &mut PgConnection,
    creator: AccountId,
    range: DayRange,
) -> Result<HashMap<NaiveDate, Figures>> {
    let rows = query_as!(
        DayRow,
        "select day, views, watch_ms, likes, unlikes, shares, subscribes from creator_daily
        where creator = $1 and day between $2 and $3",
        creator.0,
        range.from,
        range.to
    );
    Ok(by_day(rows.fetch_all(db).await?))
}

/// The days of one content.
pub async fn of_content(
    db: &mut PgConnection,
    content: ContentId,
    range: DayRange,
) -> Result<HashMap<NaiveDate, Figures>> {
    let rows = query_as!(
        DayRow,
        "select day, views, watch_ms, likes, unlikes, shares, subscribes from content_daily
        where content_id = $1 and day between $2 and $3",
        content.0,
        range.from,
        range.to
    );
    Ok(by_day(rows.fetch_all(db).await?))
}

/// Whether there are figures of a creator at all.
pub async fn any(db: &mut PgConnection, creator: AccountId) -> Result<bool> {
    let any = query_scalar!(
        r#"select exists (select from creator_daily where creator = $1) as "any!""#,
        creator.0
    );
    Ok(any.fetch_one(db).await?)
}

/// Whether a creator has something that everybody can see, or once had.
pub async fn ever_published(db: &mut PgConnection, creator: AccountId) -> Result<bool> {
    let any = query_scalar!(
        r#"select exists (select from contents where owner = $1 and purged_at is null
            and published_at is not null) as "any!""#,
        creator.0
    );
    Ok(any.fetch_one(db).await?)
}

/// What rules kept out of a creator's figures.
pub async fn set_aside(
    db: &mut PgConnection,
    creator: AccountId,
    range: DayRange,
) -> Result<Vec<SetAside>> {
    let rows = query_as!(
        SetAside,
        r#"select rule, sum(events)::bigint as "events!", sum(views)::bigint as "views!",
            sum(watch_ms)::bigint as "watch_ms!"
        from set_aside_daily where creator = $1 and day between $2 and $3 group by rule order by rule"#,
        creator.0,
        range.from,
        range.to
    );
    Ok(rows.fetch_all(db).await?)
}

/// By what contents are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TopBy {
    /// Views.
    #[default]
    Views,
    /// Watch time.
    WatchTime,
    /// Likes.
    Likes,
}

/// What one content did in a range, and in as many days before.
#[derive(Debug, Clone)]
pub struct TopRow {
    /// The content.
    pub content: ContentId,
    /// What it is.
    pub kind: Kind,
    /// Its title, as it is sorted by.
    pub sort_title: String,
    /// Views.
    pub views: i64,
    /// Watch time, in milliseconds.
    pub watch_ms: i64,
    /// Likes.
    pub likes: i64,
    /// Views in the days before.
    pub previous_views: i64,
}

/// A creator's contents, the strongest first.
pub async fn top(
    db: &mut PgConnection,
    creator: AccountId,
    range: DayRange,
    by: TopBy,
    most: i64,
) -> Result<Vec<TopRow>> {
    let rows = query_as!(
        TopRow,
        r#"with strongest as (
            select content_id,
                coalesce(sum(views) filter (where day >= $2), 0)::bigint as views,
                coalesce(sum(watch_ms) filter (where day >= $2), 0)::bigint as watch_ms,
                coalesce(sum(likes) filter (where day >= $2), 0)::bigint as likes,
                coalesce(sum(views) filter (where day < $2), 0)::bigint as previous_views
            from content_daily where creator = $1 and day between $3 and $4
            group by content_id
            having sum(views + watch_ms + likes) filter (where day >= $2) > 0
            order by case $5 when 'views' then sum(views) filter (where day >= $2)
                when 'watch_time' then sum(watch_ms) filter (where day >= $2)
                else sum(likes) filter (where day >= $2) end desc, content_id desc
            limit $6
        )
        select c.id as "content: ContentId", c.kind as "kind: Kind", c.sort_title,
            s.views as "views!", s.watch_ms as "watch_ms!", s.likes as "likes!", s.previous_views as "previous_views!"
        from strongest s join contents c on c.id = s.content_id and c.purged_at is null
        order by case $5 when 'views' then s.views when 'watch_time' then s.watch_ms else s.likes end desc,
            s.content_id desc"#,
        creator.0,
        range.from,
        range.before().from,
        range.to,
        match by {
            TopBy::Views => "views",
            TopBy::WatchTime => "watch_time",
            TopBy::Likes => "likes",
        },
        most
    );
    Ok(rows.fetch_all(db).await?)
}

/// A content since the beginning.
pub async fn totals(db: &mut PgConnection, content: ContentId) -> Result<Option<Figures>> {
    let totals = query_as!(
        Figures,
        "select views, watch_ms, likes, unlikes, shares, subscribes from content_totals where content_id = $1",
        content.0
    );
    Ok(totals.fetch_optional(db).await?)
}

/// One cell of an audience over some days: what may be shown, and what may not.
#[derive(Debug, Clone)]
pub struct Cell {
    /// age, gender, country, device or source.
    pub dimension: String,
    /// Who.
    pub value: String,
    /// Views that may be shown.
    pub views: i64,
    /// Watch time that may be shown, in milliseconds.
    pub watch_ms: i64,
    /// Views that may not.
    pub hidden_views: i64,
}

/// Who watched a content, or a creator's contents.
pub async fn audience(db: &mut PgConnection, subject: Uuid, range: DayRange) -> Result<Vec<Cell>> {
    let rows = query_as!(
        Cell,
        r#"select dimension::text as "dimension!", value,
            coalesce(sum(views) filter (where shown), 0)::bigint as "views!",
            coalesce(sum(watch_ms) filter (where shown), 0)::bigint as "watch_ms!",
            coalesce(sum(views) filter (where not shown), 0)::bigint as "hidden_views!"
        from audience_daily where subject = $1 and day between $2 and $3
        group by dimension, value order by dimension, 3 desc, value"#,
        subject,
        range.from,
        range.to
    );
    Ok(rows.fetch_all(db).await?)
}

/// Where stretches of a content began and ended: percent, began, ended.
pub async fn edges(
    db: &mut PgConnection,
    content: ContentId,
    range: DayRange,
) -> Result<Vec<(i16, i64, i64)>> {
    let rows = query!(
        r#"select percent as "percent!", sum(edge.began)::bigint as "began!", sum(edge.ended)::bigint as "ended!"
        from retention_daily r
        cross join lateral unnest(r.percents, r.began, r.ended) as edge (percent, began, ended)
        where content_id = $1 and day between $2 and $3
        group by percent order by percent"#,
        content.0,
        range.from,
        range.to
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.percent, row.began, row.ended)).collect())
}

/// The views of a content in a range, and the most different viewers that a day of it had.
pub async fn views_and_viewers(
    db: &mut PgConnection,
    content: ContentId,
    range: DayRange,
) -> Result<(i64, i64)> {
    let row = query!(
        r#"select coalesce(sum(views), 0)::bigint as "views!", coalesce(max(viewers), 0) as "viewers!"
        from content_daily where content_id = $1 and day between $2 and $3"#,
        content.0,
        range.from,
        range.to
    )
    .fetch_one(db)
    .await?;
    Ok((row.views, row.viewers))
}

/// The figures of the newest public content in its first days, and of the ones before it in as many.
#[derive(Debug, Clone)]
pub struct FirstDays {
    /// The content.
    pub content: ContentId,
    /// When it became public.
    pub published_at: chrono::DateTime<chrono::Utc>,
    /// Its title, as it is sorted by.
    pub sort_title: String,
    /// Views in its first days.
    pub views: i64,
    /// Watch time in its first days, in milliseconds.
    pub watch_ms: i64,
}

/// The newest content that became public, and up to ten before it: each in as many days since it became public as
/// the newest has complete ones, which is the second of each pair.
pub async fn first_days(
    db: &mut PgConnection,
    creator: AccountId,
    complete_through: NaiveDate,
) -> Result<Vec<(FirstDays, i32)>> {
    let rows = query!(
        r#"with published as (
            select id, published_at, sort_title, (published_at at time zone 'UTC')::date as first_day
            from contents
            where owner = $1 and published_at is not null and deleted_at is null and purged_at is null
                and visibility = 'public' and (published_at at time zone 'UTC')::date <= $2
            order by published_at desc limit 11
        ), newest as (
            select least($2 - first_day + 1, 28) as days from published order by published_at desc limit 1
        )
        select p.id as "content: ContentId", p.published_at as "published_at!", p.sort_title, newest.days as "days!",
            coalesce(sum(d.views), 0)::bigint as "views!", coalesce(sum(d.watch_ms), 0)::bigint as "watch_ms!"
        from published p cross join newest
        left join content_daily d
            on d.content_id = p.id and d.day >= p.first_day and d.day < p.first_day + newest.days
        group by p.id, p.published_at, p.sort_title, newest.days
        order by p.published_at desc"#,
        creator.0,
        complete_through
    )
    .fetch_all(db)
    .await?;
    let first_days = rows.into_iter().map(|row| {
        let first = FirstDays {
            content: row.content,
            published_at: row.published_at,
            sort_title: row.sort_title,
            views: row.views,
            watch_ms: row.watch_ms,
        };
        (first, row.days)
    });
    Ok(first_days.collect())
}
