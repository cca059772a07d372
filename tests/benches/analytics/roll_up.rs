//! Counting a day of ten million events, against one statement of GROUPING SETS over the same rows into tables of the
//! same shape; counting it again; and counting the shards of one late event.

use std::time::Instant;

use chrono::NaiveDate;
use sqlx::AssertSqlSafe;
use studio::analytics::rollup;
use tests::{Harness, channel::view};

use crate::{
    crowd,
    report::{median, report},
};

const ROUNDS: usize = 3;
const PEER: &str =
    "one INSERT … SELECT … GROUP BY GROUPING SETS over the same rows into the same tables";
const TABLES: [&str; 6] = [
    "content_daily",
    "creator_daily",
    "audience_daily",
    "retention_daily",
    "content_totals",
    "set_aside_daily",
];

pub async fn run() {
    let events: i64 = std::env::var("ANALYTICS_EVENTS")
        .map_or(10_000_000, |text| text.parse().expect("a number"));
    let mut harness = Harness::start().await;
    harness.allow_leftovers();
    let works = crowd::works(&harness, 40, 1).await;
    let day = harness.noon(1).await.date_naive();
    // Makes room for the day, and its mark; then the crowd comes by plain SQL.
    harness.take_in(&[view(works[0], "first", harness.noon(1).await, 1)]).await;
    fill(&harness, day, events).await;
    make_peer(&harness).await;
    let (mut ours, mut theirs, mut lean) = (vec![], vec![], vec![]);
    for round in 0..ROUNDS {
        forget(&harness, "").await;
        ours.push(took("ours", count(&harness, day).await));
        forget(&harness, "peer_").await;
        lean.push(took("without viewers", peer(&harness, day, "0").await));
        // It sorts the day once for each set, which takes many minutes: once is enough to know it.
        if round == 0 {
            forget(&harness, "peer_").await;
            theirs.push(took("peer", peer(&harness, day, "count(distinct viewer)").await));
        }
    }
    report("roll_up_day", median(&ours), median(&theirs), "s", PEER);
    let without = "the same without counting viewers, which is what its figures need least";
    report("roll_up_day_lean_peer", median(&ours), median(&lean), "s", without);
    let before = newest(&harness).await;
    let again = count(&harness, day).await;
    assert_eq!(newest(&harness).await, before, "counting again changes no row");
    report("roll_up_day_again", again, median(&ours), "s", "the first count; no row changed");
    harness.take_in(&[view(works[0], "late", harness.noon(1).await, 2)]).await;
    let late = recount(&harness).await;
    report(
        "roll_up_late_event",
        late,
        median(&ours),
        "s",
        "the whole day; one shard of eight is counted",
    );
}

/// Minutes go by: whoever waits sees what is done.
fn took(what: &str, seconds: f64) -> f64 {
    println!("{what}: {seconds:.1} s");
    seconds
}

/// Sittings of many viewers: a view, five reports, and something else in each fourth.
async fn fill(harness: &Harness, day: NaiveDate, events: i64) {
    let sittings = events * 4 / 25;
    let sql = format!(
        "insert into engagement_events
        select (lpad(to_hex((extract(epoch from date '{day}') * 1000)::bigint + at + k * 10000), 12, '0')
                || '7' || substr(md5(s || '-' || k), 1, 3) || '8' || substr(md5(s || '-' || k), 4, 15))::uuid,
            md5('work ' || work)::uuid, md5('creator ' || work / 4)::uuid, md5('viewer ' || viewer)::uuid, md5('s' || s)::uuid,
            (case when k = 0 then 'view' when k = 6 then (array['like', 'unlike', 'share', 'subscribe'])[1 + s % 4]
                else 'watch_progress' end)::engagement_kind,
            (array['phone', 'tablet', 'computer', 'tv', 'other'])[1 + viewer % 5]::viewer_device,
            (array['search', 'browse', 'suggested', 'external'])[1 + s % 4]::traffic_source,
            (enum_range(null::age_group))[1 + viewer % 8], (enum_range(null::viewer_gender))[1 + viewer % 4],
            at + k * 10000, case when k between 1 and 5 then 10000 else 0 end,
            get_byte(uuid_send(md5('creator ' || work / 4)::uuid), 15) % 8,
            case when k between 1 and 5 then (k - 1) * 10 + s % 40 end,
            case when k between 1 and 5 then k * 10 + s % 40 end,
            (array['DE', 'US', 'FR', 'IN', 'BR', 'JP', 'GB', 'ES', 'IT', 'PL'])[1 + viewer % 10]
        from (
            select s, (random() * 86000000)::int as at, floor(100000 * power(random(), 3))::int as work,
                floor(1000000 * random())::int as viewer
            from generate_series(1, {sittings}) as s
        ) as sitting
        cross join lateral generate_series(0, case when s % 4 = 0 then 6 else 5 end) as k
        on conflict do nothing"
    );
    execute(harness, sql).await;
    execute(harness, "vacuum (analyze) engagement_events".to_owned()).await;
}

async fn make_peer(harness: &Harness) {
    for table in TABLES {
        execute(harness, format!("create table peer_{table} (like {table} including all)")).await;
    }
}

async fn forget(harness: &Harness, prefix: &str) {
    for table in TABLES {
        execute(harness, format!("truncate {prefix}{table}")).await;
    }
    execute(harness, "checkpoint".to_owned()).await;
}

/// The whole day, as the product counts it: a run with a job for each shard.
async fn count(harness: &Harness, day: NaiveDate) -> f64 {
    let begun = Instant::now();
    let mut tx = harness.studio.db.begin().await.expect("a transaction");
    let whole = rollup::RollUpDay { day, shards: (0..8).collect() };
    jobs::workflow::start(&mut tx, &whole).await.expect("a run");
    sqlx::query(
        "insert into analytics_days values ($1, now(), gen_random_uuid()) on conflict do nothing",
    )
    .bind(day)
    .execute(&mut *tx)
    .await
    .expect("a closed day");
    tx.commit().await.expect("committed");
    harness.run_until_idle().await;
    begun.elapsed().as_secs_f64()
}

async fn recount(harness: &Harness) -> f64 {
    let begun = Instant::now();
    rollup::recount_late(&harness.studio).await.expect("a claim");
    harness.run_until_idle().await;
    begun.elapsed().as_secs_f64()
}

async fn newest(harness: &Harness) -> i64 {
    let rows = TABLES
        .map(|table| format!("select max(xmin::text::int8) as x from {table}"))
        .join(" union all ");
    let newest = sqlx::query_scalar(AssertSqlSafe(format!("select max(x) from ({rows}) as rows")));
    newest.fetch_one(&harness.studio.db).await.expect("the newest row")
}

/// The same memory as ours has; `viewers` is how different viewers are counted.
async fn peer(harness: &Harness, day: NaiveDate, viewers: &str) -> f64 {
    let sql = format!(
        "set work_mem = '128MB'; set hash_mem_multiplier = 2; set jit = off;
        with g as materialized (
            select creator, content_id, country, device, source, age_group, gender, from_percent, to_percent,
                grouping(content_id) as all_works, grouping(country) as g1, grouping(device) as g2,
                grouping(source) as g3, grouping(age_group) as g4, grouping(gender) as g5,
                grouping(from_percent) as g6, grouping(to_percent) as g7,
                count(*) filter (where kind = 'view') as views, sum(watched_ms) as watch_ms,
                count(*) filter (where kind = 'like') as likes, count(*) filter (where kind = 'unlike') as unlikes,
                count(*) filter (where kind = 'share') as shares,
                count(*) filter (where kind = 'subscribe') as subscribes,
                count(*) as stretches, {viewers} as viewers
            from engagement_events
            where id >= engagement_day_floor('{day}') and id < engagement_day_floor(date '{day}' + 1)
            group by grouping sets (
                (creator, content_id), (creator),
                (creator, content_id, country), (creator, content_id, device), (creator, content_id, source),
                (creator, content_id, age_group), (creator, content_id, gender),
                (creator, country), (creator, device), (creator, source), (creator, age_group), (creator, gender),
                (creator, content_id, from_percent), (creator, content_id, to_percent))
        ), a as (
            insert into peer_content_daily
            select content_id, '{day}', creator, views, watch_ms, likes, unlikes, shares, subscribes, viewers
            from g where all_works = 0 and g1 + g2 + g3 + g4 + g5 + g6 + g7 = 7
        ), b as (
            insert into peer_creator_daily
            select creator, '{day}', views, watch_ms, likes, unlikes, shares, subscribes, viewers
            from g where all_works = 1 and g1 + g2 + g3 + g4 + g5 + g6 + g7 = 7
        ), c as (
            insert into peer_content_totals
            select content_id, creator, views, watch_ms, likes, unlikes, shares, subscribes
            from g where all_works = 0 and g1 + g2 + g3 + g4 + g5 + g6 + g7 = 7
        ), d as (
            insert into peer_audience_daily
            select coalesce(content_id, creator), '{day}',
                (case when g1 = 0 then 'country' when g2 = 0 then 'device' when g3 = 0 then 'source'
                    when g4 = 0 then 'age' else 'gender' end)::audience_dimension,
                case when g1 = 0 then country when g2 = 0 then device::text when g3 = 0 then source::text
                    when g4 = 0 then age_group::text else gender::text end,
                views, watch_ms, viewers, true
            from g where g1 + g2 + g3 + g4 + g5 = 4 and g6 + g7 = 2
        )
        insert into peer_retention_daily
        select content_id, '{day}', array_agg(percent order by percent), array_agg(began order by percent),
            array_agg(ended order by percent)
        from (
            select content_id, coalesce(from_percent, to_percent) as percent,
                coalesce(sum(stretches) filter (where g6 = 0), 0)::int as began,
                coalesce(sum(stretches) filter (where g7 = 0), 0)::int as ended
            from g where (g6 = 0 or g7 = 0) and coalesce(from_percent, to_percent) is not null
            group by 1, 2
        ) as edges
        group by content_id;
        reset all;"
    );
    let begun = Instant::now();
    execute(harness, sql).await;
    begun.elapsed().as_secs_f64()
}

async fn execute(harness: &Harness, sql: String) {
    let mut db = harness.studio.db.acquire().await.expect("the database");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *db).await.expect("a statement");
}
