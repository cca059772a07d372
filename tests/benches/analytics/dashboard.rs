//! The dashboard of the busiest creators among a million, at a fixed rate, against the bare SQL that it needs.
//!
//! Requests begin on time whether or not the ones before have been answered, so a slow answer delays nobody's clock.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use chrono::{NaiveDate, TimeDelta, Utc};
use sqlx::{AssertSqlSafe, PgPool, postgres::PgPoolOptions};
use studio::{
    accounts::{Role, Session},
    ids::{AccountId, SessionId},
};
use tests::Harness;
use uuid::Uuid;

use crate::report::{percentile, report};

const CREATORS: u32 = 1_000_000;
const CONTENTS: u32 = 5_000_000;
const BUSY: u32 = 10_000;
const DAYS: u32 = 400;
/// Requests a second.
const RATE: u32 = 200;
const SECONDS: u32 = 30;
/// Creators who ask, spread over the busy ones.
const ASKING: u32 = 1_000;

pub async fn run() {
    let mut harness = Harness::start().await;
    harness.allow_leftovers();
    fill(&harness).await;
    let creators = asking(&harness).await;
    let (api, base) = harness.api_process().await;
    let address = base.join("/v1/analytics/dashboard").expect("an address");
    let client = reqwest::Client::new();
    let ask = |n: u32| {
        let (client, address) = (client.clone(), address.clone());
        let token = creators[(n % ASKING) as usize].1.clone();
        async move {
            let answer = client.get(address).bearer_auth(token).send().await.expect("an answer");
            assert_eq!(answer.status(), 200);
            answer.bytes().await.expect("a body");
        }
    };
    let pool =
        PgPoolOptions::new().max_connections(16).connect(harness.database()).await.expect("a pool");
    let today = harness.now().await.date_naive();
    let query = |n: u32| {
        let (pool, creator) = (pool.clone(), creators[(n % ASKING) as usize].0);
        async move { bare(&pool, creator, today).await }
    };
    at_rate(&ask, 5).await; // warms both
    at_rate(&query, 5).await;
    let (mut ours, mut theirs) = (vec![], vec![]);
    for _ in 0..3 {
        ours.push(percentile(&at_rate(&ask, SECONDS).await, 99));
        theirs.push(percentile(&at_rate(&query, SECONDS).await, 99));
    }
    let (ours, theirs) = (percentile(&ours, 50), percentile(&theirs, 50));
    report(
        "dashboard_p99",
        ours,
        theirs,
        "ms",
        "the bare SQL of the same figures, at the same rate",
    );
    report("dashboard_p99_limit", ours, 25.0, "ms", "limit");
    api.kill().await;
}

/// Starts `work` so often a second, and says how long each took, in milliseconds.
async fn at_rate<F: Future<Output = ()> + Send + 'static>(
    work: &impl Fn(u32) -> F,
    seconds: u32,
) -> Vec<f64> {
    let took = Arc::new(Mutex::new(Vec::new()));
    let begun = Instant::now();
    let mut running = Vec::new();
    for n in 0..RATE * seconds {
        let due = begun + Duration::from_secs(1) * n / RATE;
        tokio::time::sleep_until(due.into()).await;
        let (work, took) = (work(n), took.clone());
        running.push(tokio::spawn(async move {
            work.await;
            took.lock().expect("a list").push(due.elapsed().as_secs_f64() * 1000.0);
        }));
    }
    for one in running {
        one.await.expect("an answer");
    }
    Arc::into_inner(took).expect("all are done").into_inner().expect("a list")
}

/// What a dashboard shows, without anything around it: progress, both periods, the strongest, the newest.
async fn bare(pool: &PgPool, creator: AccountId, today: NaiveDate) {
    let mut db = pool.acquire().await.expect("a connection");
    let (from, to) = (today - TimeDelta::days(56), today - TimeDelta::days(1));
    for sql in [
        "select day, count(*) from analytics_shards where day > $3 - 60 and $1::uuid is not null and $2 <= $3 group by day",
        "select day, views, watch_ms, likes, unlikes, shares, subscribes from creator_daily where creator = $1 and day between $2 and $3",
        "select content_id, sum(views), sum(watch_ms), sum(likes) from content_daily
            where creator = $1 and day between $2 and $3 group by content_id order by 2 desc limit 5",
        "select id, published_at from contents where owner = $1 and published_at is not null and $2 <= $3
            order by published_at desc limit 11",
        "select rule, sum(events) from set_aside_daily where creator = $1 and day between $2 and $3 group by rule",
    ] {
        sqlx::query(sql)
            .bind(creator.0)
            .bind(from)
            .bind(to)
            .fetch_all(&mut *db)
            .await
            .expect("rows");
    }
}

async fn asking(harness: &Harness) -> Vec<(AccountId, String)> {
    let mut asking = Vec::new();
    for n in 0..ASKING {
        let creator = AccountId(id("creator", n * (BUSY / ASKING)));
        let session = Session {
            id: SessionId::new(),
            created_at: Utc::now(),
            last_used_at: Utc::now(),
            user_agent: None,
            network: None,
        };
        harness.studio.sessions.open(creator, &session).await.expect("a session");
        let roles = BTreeSet::from([Role::Creator]);
        let lifetime = TimeDelta::hours(4);
        let token = harness.studio.keys.sign(creator, session.id, roles, Utc::now(), lifetime);
        asking.push((creator, token.expect("a token")));
    }
    asking
}

/// The same as `md5('<kind> <n>')::uuid` in SQL.
fn id(kind: &str, n: u32) -> Uuid {
    use md5::{Digest, Md5};
    Uuid::from_bytes(Md5::digest(format!("{kind} {n}")).into())
}

async fn fill(harness: &Harness) {
    let statements = [
        "set session_replication_role = replica".to_owned(),
        format!(
            "insert into accounts (id, email, display_name, password_hash, verified_at)
            select md5('creator ' || n)::uuid, 'c' || n || '@people.test', 'Creator', 'none', now()
            from generate_series(0, {CREATORS} - 1) as n"
        ),
        format!(
            "insert into contents (id, owner, kind, stage, visibility, upload_id, change, search_text, sort_title,
                created_at, published_at)
            select md5('content ' || n)::uuid, md5('creator ' || n / 5)::uuid, 'video', 'ready', 'public',
                md5('content ' || n)::uuid, n, 'work', 'work', now() - interval '500 days',
                now() - interval '1 day' * (20 + n % 400)
            from generate_series(0, {CONTENTS} - 1) as n"
        ),
        format!(
            "insert into creator_daily
            select md5('creator ' || n)::uuid, current_date - d, 100 + (n + d) % 50, 6000000, 5, 1, 1, 1, 90
            from generate_series(1, {DAYS}) as d, generate_series(0, {BUSY} - 1) as n"
        ),
        format!(
            "insert into content_daily
            select md5('content ' || n)::uuid, current_date - d, md5('creator ' || n / 5)::uuid,
                20 + (n + d) % 10, 1200000, 1, 0, 0, 0, 18
            from generate_series(1, {DAYS}) as d, generate_series(0, {BUSY} * 5 - 1) as n"
        ),
        format!(
            "insert into analytics_days select current_date - d, now(), gen_random_uuid() from generate_series(1, {DAYS}) as d"
        ),
        format!(
            "insert into analytics_shards select current_date - d, s, now(), 1000, 0
            from generate_series(1, {DAYS}) as d, generate_series(0, 7) as s"
        ),
        "vacuum (analyze) contents, creator_daily, content_daily, analytics_days, analytics_shards, accounts".to_owned(),
        "checkpoint".to_owned(),
    ];
    let mut db = harness.studio.db.acquire().await.expect("the database");
    for sql in statements {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *db).await.expect("a statement");
    }
    db.close_on_drop();
}
