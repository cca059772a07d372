//! Postgres, Redis and Kafka go away and come back while events come in and days are counted: nothing is lost, nothing
//! counts twice, and all of it heals alone.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use studio::analytics::{engagement_token, rollup};
use tests::{
    Harness,
    channel::{Channel, event_id, view},
    eventually,
    gate::{Gate, authority},
    kafka::{self, Broker},
    processes::Process,
    servers,
};
use uuid::Uuid;

/// Events of each part of a story.
const EVENTS: u32 = 400;

#[tokio::test(flavor = "multi_thread")]
async fn events_by_kafka_are_counted_once_though_postgres_redis_and_kafka_went_away() {
    let folder = tempfile::tempdir().unwrap();
    let broker = Broker::start(folder.path()).await;
    let harness = Harness::start_with(&[("CREATOR_STUDIO_KAFKA_BROKERS", &broker.address())]).await;
    let channel = Channel::open(&harness, 2).await;
    let gates = Gates::of(&harness).await;
    let mut worker = gates.worker(&harness);
    let mut sent = Vec::new();
    for part in 0..3 {
        let events = events(&harness, &channel, part).await;
        let setting = |name: &str| &harness.variables()[&format!("CREATOR_STUDIO_KAFKA_{name}")];
        let payloads: Vec<Vec<u8>> = events.iter().map(|e| e.to_string().into_bytes()).collect();
        kafka::send(setting("BROKERS"), setting("EVENTS_TOPIC"), &payloads).await;
        match part {
            0 => gates.postgres.shut(),
            1 => gates.redis.shut(),
            _ => broker.gate.shut(),
        }
        gates.postgres.open();
        gates.redis.open();
        broker.gate.open();
        sent.extend(events);
        until_stored(&harness, i64::from(EVENTS) * i64::from(part + 1)).await;
    }
    count_through_an_outage(&harness, &gates).await;
    expect_exactly(&harness, &channel, i64::from(EVENTS) * 3).await;
    assert!(worker.is_running(), "it heals instead of ending");
    assert!(worker.stop().await.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn events_by_http_are_refused_while_postgres_is_away_and_counted_once_when_they_are_sent_again()
 {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 1).await;
    let gates = Gates::of(&harness).await;
    let (database, redis) = gates.urls();
    let base = harness
        .api_with(&[
            ("CREATOR_STUDIO_DATABASE_URL", database.as_str()),
            ("CREATOR_STUDIO_REDIS_URL", redis.as_str()),
        ])
        .await;
    let until = harness.now().await + TimeDelta::hours(1);
    let token =
        engagement_token::write(&harness.studio.keys, channel.works[0], Uuid::now_v7(), until);
    let token = token.unwrap();
    let now = harness.noon(1).await;
    let batch: Vec<Value> = (0..100u32)
        .map(|n| {
            json!({ "id": event_id(now + TimeDelta::seconds(i64::from(n) * 60), u128::from(n)),
            "kind": "share", "session": Uuid::now_v7() })
        })
        .collect();
    let report = async || {
        let client = harness.anonymous().at(base.clone());
        let request = client.request(Method::POST, "/v1/engagement/events").bearer_auth(&token);
        client.send(request.json(&json!({ "events": batch }))).await
    };
    gates.redis.shut();
    assert_eq!(report().await.expect(200)["accepted"], 100, "Redis is not needed");
    gates.redis.open();
    gates.postgres.shut();
    report().await.expect_problem(503, "dependency.unavailable");
    gates.postgres.open();
    eventually("it is answered again", async || {
        let answer = report().await;
        (answer.status == 200).then(|| assert_eq!(answer.body["duplicates"], 100))
    })
    .await;
    harness.count().await;
    let shares: i64 = sqlx::query_scalar("select shares from content_totals")
        .fetch_one(&harness.studio.db)
        .await
        .unwrap();
    assert_eq!(shares, 100);
}

/// The ways to Postgres and Redis of the processes of a story.
struct Gates {
    postgres: Gate,
    redis: Gate,
    database: String,
}

impl Gates {
    async fn of(harness: &Harness) -> Self {
        Self {
            postgres: Gate::before([authority(harness.database())]).await,
            redis: Gate::before([authority(&servers::redis())]).await,
            database: harness.database().to_owned(),
        }
    }

    fn worker(&self, harness: &Harness) -> Process {
        let (database, redis) = self.urls();
        let settings = [("DATABASE_URL", database.as_str()), ("REDIS_URL", redis.as_str())];
        harness.worker_process_with(&["all"], &settings)
    }

    fn urls(&self) -> (String, String) {
        (self.postgres.instead_of(&self.database), self.redis.instead_of(&servers::redis()))
    }
}

/// Views of different viewers, yesterday.
async fn events(harness: &Harness, channel: &Channel, part: u32) -> Vec<Value> {
    let noon = harness.noon(1).await;
    let event = |n: u32| {
        let work = channel.works[(n % 2) as usize];
        let at = noon + TimeDelta::seconds(i64::from(n));
        view(work, &format!("viewer {n}"), at, u128::from(part * EVENTS + n))
    };
    (0..EVENTS).map(event).collect()
}

async fn until_stored(harness: &Harness, expected: i64) {
    eventually("all events are stored", async || {
        let stored: i64 = sqlx::query_scalar("select count(*) from engagement_events")
            .fetch_one(&harness.studio.db)
            .await
            .unwrap();
        (stored == expected).then_some(())
    })
    .await;
}

async fn count_through_an_outage(harness: &Harness, gates: &Gates) {
    rollup::close_days(&harness.studio).await.expect("the day is closed");
    gates.postgres.shut();
    gates.postgres.open();
    harness.wait_until_nothing_is_due().await;
}

async fn expect_exactly(harness: &Harness, channel: &Channel, views: i64) {
    let creator = channel.sign_in(harness).await;
    eventually("the day is counted", async || {
        let overview = creator.get("/v1/analytics/overview").await.expect(200);
        (overview["freshness"]["complete_through"] != Value::Null).then_some(())
    })
    .await;
    let overview = creator.get("/v1/analytics/overview").await.expect(200);
    assert_eq!(overview["totals"]["views"], views);
}
