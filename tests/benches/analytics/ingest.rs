//! Events in by stream, by HTTP and by Kafka, against a staging COPY and an INSERT … ON CONFLICT of the same rows into
//! the same indexes, in batches of the same size on one connection.

use std::time::{Duration, Instant};

use bytes::{BufMut, Bytes, BytesMut};
use futures::{StreamExt, stream};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use studio::{
    analytics::{
        engagement_token,
        event::{Draft, Event},
        intake, shard, wire,
    },
    ids::{AccountId, ContentId},
};
use tests::{Harness, channel::PLAYS_MS, kafka};
use uuid::Uuid;

use crate::{
    crowd,
    report::{median, report},
};

const ROUNDS: u32 = 5;
const EVENTS: u32 = 100_000;
/// Rows of one transaction.
const BATCH: usize = 5_000;
/// Events of one request.
const REQUEST: usize = 500;
/// Events by which the beginning and the end of a stream are seen, and how often one looks.
const SEEN_BY: usize = 200;
const LOOK: Duration = Duration::from_millis(10);
/// Players at once.
const PLAYERS: usize = 32;

const PEER: &str =
    "COPY into a staging table, INSERT … SELECT … ON CONFLICT DO NOTHING, 5,000 rows a transaction";

const READING: &str = "limit: the same messages read from the same broker and forgotten";

pub async fn run() {
    let mut harness = Harness::start().await;
    harness.allow_leftovers();
    let works = crowd::works(&harness, 16, 10).await;
    make_peer(&harness).await;
    let (mut by_stream, mut by_http, mut by_kafka, mut theirs) = (vec![], vec![], vec![], vec![]);
    let (api, base) = harness.api_process().await;
    let mut before = api.memory_bytes();
    for round in 0..ROUNDS {
        let now = harness.now().await;
        let events = |n: u32| crowd::events(&works, now, (4 * round + n) * EVENTS, EVENTS);
        theirs.push(peer(&harness, &events(0)).await);
        by_stream.push(ours_by_stream(&harness, &events(1)).await);
        by_http.push(ours_by_http(&harness, &base, &events(2)).await);
        by_kafka.push(ours_by_kafka(&harness, &events(3)).await);
        if round == 0 {
            before = api.memory_bytes();
        }
    }
    let rate = |times: &[f64]| f64::from(EVENTS) / median(times);
    report("ingest_stream", rate(&by_stream), rate(&theirs), "events/s", PEER);
    report("ingest_http", rate(&by_http), rate(&theirs), "events/s", PEER);
    report("ingest_kafka", rate(&by_kafka), rate(&theirs), "events/s", PEER);
    let grown = api.memory_bytes().saturating_sub(before) as f64 / f64::from(1 << 20);
    let setting = |name: &str| &harness.variables()[&format!("CREATOR_STUDIO_KAFKA_{name}")];
    let alone = kafka::reading_alone(setting("BROKERS"), setting("EVENTS_TOPIC")).await;
    report("ingest_kafka_of_reading", rate(&by_kafka), alone, "events/s", READING);
    report("ingest_api_memory_growth", grown, 20.0, "MiB", "limit, over 400,000 events");
    api.kill().await;
}

async fn ours_by_stream(harness: &Harness, events: &[Value]) -> f64 {
    let messages: Vec<Vec<u8>> = events.iter().map(|e| e.to_string().into_bytes()).collect();
    let begun = Instant::now();
    for batch in messages.chunks(BATCH) {
        let taken =
            intake::take_stream_batch(&harness.studio, batch.to_vec()).await.expect("taken");
        assert_eq!(taken.accepted, batch.len());
    }
    begun.elapsed().as_secs_f64()
}

/// Batches of players of one work each, since a token names one; players come from networks of their own.
async fn ours_by_http(harness: &Harness, base: &url::Url, events: &[Value]) -> f64 {
    let until = harness.now().await + chrono::TimeDelta::hours(1);
    let mut requests = Vec::new();
    for (n, batch) in events.chunks(REQUEST).enumerate() {
        let work: ContentId = batch[0]["content"].as_str().unwrap().parse().unwrap();
        let token = engagement_token::write(&harness.studio.keys, work, Uuid::now_v7(), until);
        let body = Bytes::from(json!({ "events": batch }).to_string());
        requests.push((token.expect("a token"), body, format!("10.{}.{}.1", n / 250, n % 250)));
    }
    let client = reqwest::Client::new();
    let address = base.join("/v1/engagement/events").expect("an address");
    let begun = Instant::now();
    stream::iter(requests)
        .for_each_concurrent(PLAYERS, |(token, body, network)| {
            let request = client
                .post(address.clone())
                .bearer_auth(token)
                .header("X-Forwarded-For", network)
                .header("Content-Type", "application/json")
                .body(body);
            async move {
                let answer = request.send().await.expect("an answer");
                let answer: Value = answer.json().await.expect("JSON");
                assert_eq!(answer["accepted"], REQUEST, "{answer}");
            }
        })
        .await;
    begun.elapsed().as_secs_f64()
}

/// From the moment that the worker has begun to read until the last row is there.
async fn ours_by_kafka(harness: &Harness, events: &[Value]) -> f64 {
    let ids: Vec<Uuid> =
        events.iter().map(|e| e["id"].as_str().unwrap().parse().unwrap()).collect();
    let payloads: Vec<Vec<u8>> = events.iter().map(|e| e.to_string().into_bytes()).collect();
    let setting = |name: &str| &harness.variables()[&format!("CREATOR_STUDIO_KAFKA_{name}")];
    kafka::send(setting("BROKERS"), setting("EVENTS_TOPIC"), &payloads).await;
    let worker = harness.worker_process(&["streams"]);
    // Partitions are read in their order: the first batch is seen by the first events, the end by the last.
    while stored(harness, &ids[..SEEN_BY]).await == 0 {
        tokio::time::sleep(LOOK).await;
    }
    let (begun, first) = (Instant::now(), stored(harness, &ids).await);
    while stored(harness, &ids[ids.len() - SEEN_BY..]).await < SEEN_BY {
        tokio::time::sleep(LOOK).await;
    }
    let took = begun.elapsed().as_secs_f64();
    worker.stop().await;
    assert_eq!(stored(harness, &ids).await, ids.len(), "all of them are there");
    // As if the first batches, which is how the beginning was seen, had taken their share.
    took * f64::from(EVENTS) / (ids.len() - first).max(1) as f64
}

/// How many of these are there; found by the index, so that looking costs little.
async fn stored(harness: &Harness, ids: &[Uuid]) -> usize {
    let count = sqlx::query_scalar("select count(*) from engagement_events where id = any($1)");
    let count: i64 = count.bind(ids).fetch_one(&harness.studio.db).await.expect("a count");
    usize::try_from(count).expect("a count")
}

/// The same table with the same index, beside ours.
async fn make_peer(harness: &Harness) {
    let mut db = PgConnection::connect(harness.database()).await.expect("the database");
    sqlx::raw_sql(
        "create table peer_events (like engagement_events including all) partition by range (id);
        create table peer_events_all partition of peer_events default;
        grant select, insert on peer_events to creator_studio_app;",
    )
    .execute(&mut db)
    .await
    .expect("the peer's table");
}

/// The rows are ready in COPY's format before the clock starts: the peer parses nothing.
async fn peer(harness: &Harness, events: &[Value]) -> f64 {
    let creator = AccountId::new();
    let batches: Vec<Bytes> = events.chunks(BATCH).map(|batch| encode(batch, creator)).collect();
    let mut db = PgConnection::connect(harness.database()).await.expect("the database");
    sqlx::raw_sql("create temporary table staging (like engagement_events) on commit delete rows")
        .execute(&mut db)
        .await
        .expect("a staging table");
    let begun = Instant::now();
    for batch in batches {
        let mut tx = db.begin().await.expect("a transaction");
        let mut copy =
            tx.copy_in_raw("copy staging from stdin (format binary)").await.expect("copy");
        copy.send(batch).await.expect("sent");
        copy.finish().await.expect("copied");
        sqlx::raw_sql("insert into peer_events select * from staging on conflict do nothing")
            .execute(&mut *tx)
            .await
            .expect("inserted");
        tx.commit().await.expect("committed");
    }
    begun.elapsed().as_secs_f64()
}

fn encode(events: &[Value], creator: AccountId) -> Bytes {
    let mut out = BytesMut::new();
    out.put_slice(b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0");
    for event in events {
        let draft = wire::read_message(event.to_string().as_bytes()).expect("an event");
        row(&mut out, &Event::new(draft, creator, PLAYS_MS));
    }
    out.put_i16(-1);
    out.freeze()
}

fn row(out: &mut BytesMut, event: &Event) {
    let Draft { id, content, viewer, session, kind, device, source, age_group, gender, .. } =
        event.draft;
    let (mut fields, none): (Vec<Vec<u8>>, Option<Vec<u8>>) = (Vec::new(), None);
    for uuid in [id, content.0, event.creator.0, viewer, session] {
        fields.push(uuid.as_bytes().to_vec());
    }
    for label in [kind.label(), device.label(), source.label(), age_group.label(), gender.label()] {
        fields.push(label.as_bytes().to_vec());
    }
    fields.push(event.draft.moment.day_ms.to_be_bytes().to_vec());
    fields.push(event.draft.stretch.map_or(0, |s| s.watched_ms).to_be_bytes().to_vec());
    fields.push(shard::of(event.creator).to_be_bytes().to_vec());
    let mut all: Vec<Option<Vec<u8>>> = fields.into_iter().map(Some).collect();
    match event.percent {
        Some((from, to)) => {
            all.extend([Some(from.to_be_bytes().to_vec()), Some(to.to_be_bytes().to_vec())]);
        }
        None => all.extend([none.clone(), none]),
    }
    all.push(Some(event.draft.country.as_bytes().to_vec()));
    out.put_i16(16);
    for value in all {
        match value {
            Some(bytes) => {
                out.put_i32(i32::try_from(bytes.len()).expect("short"));
                out.put_slice(&bytes);
            }
            None => out.put_i32(-1),
        }
    }
}
