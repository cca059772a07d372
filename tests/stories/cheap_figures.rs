//! What an answer costs the database is bounded by what it returns, however many creators and days there are.

use sqlx::AssertSqlSafe;
use studio::{
    analytics::{dashboard, overview},
    ids::AccountId,
};
use tests::{Harness, channel::Channel};

/// Works of the busy creator.
const WORKS: i64 = 20;
/// Days that a dashboard looks at: four weeks and the four before.
const SHOWN_DAYS: i64 = 56;

#[tokio::test(flavor = "multi_thread")]
async fn a_dashboard_touches_pages_for_what_it_shows_and_no_more() {
    // One connection, so that its statistics are those of the answer.
    let harness = Harness::start_with(&[("CREATOR_STUDIO_DATABASE_CONNECTIONS", "1")]).await;
    let channel = Channel::open(&harness, usize::try_from(WORKS).unwrap()).await;
    fill(&harness, channel.creator).await;
    let studio = &harness.studio;
    dashboard::dashboard(studio, channel.creator).await.unwrap(); // reads the catalogue, once

    let before = pages(&harness).await;
    let asked = overview::Asked::default();
    let shown = overview::overview(studio, channel.creator, None, asked, true).await.unwrap();
    let days = shown.period.unwrap().days.len() + shown.previous.unwrap().days.len();
    let touched = pages(&harness).await - before;
    assert_eq!(i64::try_from(days).unwrap(), SHOWN_DAYS);
    assert!(touched <= 12 * SHOWN_DAYS, "{touched} pages for {days} days");

    let before = pages(&harness).await;
    dashboard::dashboard(studio, channel.creator).await.unwrap();
    let touched = pages(&harness).await - before;
    let read = SHOWN_DAYS * (WORKS + 1) + 11 * 28;
    assert!(touched <= 2 * read, "{touched} pages for at most {read} rows");
}

/// Pages of our tables and their indexes that were touched so far.
async fn pages(harness: &Harness) -> i64 {
    let db = &harness.studio.db;
    sqlx::raw_sql("select pg_stat_force_next_flush()").execute(db).await.unwrap();
    let touched = "select coalesce(sum(heap_blks_hit + heap_blks_read
            + coalesce(idx_blks_hit, 0) + coalesce(idx_blks_read, 0)), 0)::int8
        from pg_statio_user_tables where schemaname = 'public'";
    sqlx::query_scalar(touched).fetch_one(db).await.unwrap()
}

/// Four hundred days of a busy creator among three hundred others.
async fn fill(harness: &Harness, busy: AccountId) {
    let busy = busy.0;
    let sql = format!(
        "insert into analytics_days select current_date - d, now(), gen_random_uuid() from generate_series(1, 400) d;
        insert into analytics_shards
        select current_date - d, s, now(), 1, 0 from generate_series(1, 400) d, generate_series(0, 7) s;
        insert into creator_daily
        select creator, current_date - d, 9, 9, 9, 9, 9, 9, 9 from generate_series(400, 1, -1) d,
            (select '{busy}'::uuid as creator union all select gen_random_uuid() from generate_series(1, 300)) c;
        insert into content_daily
        select c.id, current_date - d, c.creator, 9, 9, 9, 9, 9, 9, 9
        from generate_series(400, 1, -1) d, (
            select id, owner as creator from contents where owner = '{busy}'
            union all
            select gen_random_uuid(), md5('creator ' || n / 5)::uuid from generate_series(1, 300) n
        ) c
        order by d desc, c.creator;
        analyze;"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&harness.studio.db).await.unwrap();
}
