//! What players report: taken once, answered one by one, safe when answered.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    Client, Harness,
    channel::{Channel, event_id, view},
};
use uuid::Uuid;

async fn token(viewer: &Client, work: &str) -> Value {
    viewer.get(&format!("/v1/contents/{work}/playback")).await.expect(200)["engagement_token"]
        .clone()
}

async fn report(harness: &Harness, token: &Value, events: &Value) -> tests::client::Answer {
    let request = harness
        .anonymous()
        .request(reqwest::Method::POST, "/v1/engagement/events")
        .bearer_auth(token.as_str().unwrap_or("none"))
        .json(&json!({ "events": events }));
    harness.anonymous().send(request).await
}

fn event(kind: &str) -> Value {
    json!({ "id": Uuid::now_v7(), "kind": kind, "session": Uuid::now_v7(), "device": "tv" })
}

async fn stored(harness: &Harness) -> i64 {
    let count = sqlx::query_scalar("select count(*) from engagement_events");
    count.fetch_one(&harness.studio.db).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_is_sent_again_counts_once() {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 1).await;
    let token = token(&harness.anonymous(), &channel.works[0].to_string()).await;
    let events = json!([event("view"), event("like"), event("share")]);
    let first = report(&harness, &token, &events).await.expect(200);
    assert_eq!((&first["accepted"], &first["duplicates"]), (&json!(3), &json!(0)));
    let again = report(&harness, &token, &events).await.expect(200);
    assert_eq!((&again["accepted"], &again["duplicates"]), (&json!(0), &json!(3)));
    assert_eq!(stored(&harness).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_event_is_answered_by_itself_and_seen_by_ops() {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 1).await;
    let token = token(&harness.anonymous(), &channel.works[0].to_string()).await;
    let mut tomorrow = event("view");
    tomorrow["id"] = json!(event_id(harness.now().await + TimeDelta::days(1), 1));
    let mut long_ago = event("view");
    long_ago["id"] = json!(event_id(harness.now().await - TimeDelta::days(100), 1));
    let events = json!([event("view"), event("stare"), 7, tomorrow, long_ago, event("like")]);
    let answer = report(&harness, &token, &events).await.expect(200);
    assert_eq!(answer["accepted"], 2);
    let codes: Vec<_> =
        answer["rejected"].as_array().unwrap().iter().map(|r| (&r["index"], &r["code"])).collect();
    assert_eq!(
        json!(codes),
        json!([
            [1, "event.bad_value"],
            [2, "event.unreadable"],
            [3, "event.from_the_future"],
            [4, "event.too_old"]
        ])
    );
    let ops = harness.ops().await;
    let counts = ops.get("/v1/ops/analytics").await.expect(200)["rejected"].clone();
    assert_eq!(counts.as_array().unwrap().len(), 4, "{counts}");
    let samples = ops.get("/v1/ops/analytics/rejected?code=event.bad_value").await.expect(200);
    assert!(samples["items"][0]["sample"].as_str().unwrap().contains("stare"), "{samples}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_token_of_ours_reports_and_a_preview_has_none() {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 1).await;
    let work = channel.works[0].to_string();
    let events = json!([event("view")]);
    let forged = report(&harness, &json!("no token"), &events).await;
    assert_eq!(forged.expect(401)["code"], "engagement.bad_token");
    let creator = channel.sign_in(&harness).await;
    assert_eq!(token(&creator, &work).await, Value::Null);
    let mine = json!(creator.token());
    assert_eq!(report(&harness, &mine, &events).await.expect(401)["code"], "engagement.bad_token");
    let empty = report(&harness, &token(&harness.anonymous(), &work).await, &json!([])).await;
    assert_eq!(empty.expect(400)["code"], "engagement.bad_batch");
    assert_eq!(stored(&harness).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_players_at_once_are_all_answered() {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 2).await;
    let works: Vec<String> = channel.works.iter().map(ToString::to_string).collect();
    let reports = (0..40).map(|n| {
        let (harness, work) = (&harness, &works[n % 2]);
        async move {
            let token = token(&harness.anonymous(), work).await;
            let events: Vec<Value> = (0..20).map(|_| event("view")).collect();
            report(harness, &token, &json!(events)).await.expect(200)["accepted"].as_u64().unwrap()
        }
    });
    let accepted: u64 = futures::future::join_all(reports).await.iter().sum();
    assert_eq!(accepted, 800);
    assert_eq!(stored(&harness).await, 800);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_batches_that_share_events_at_the_same_moment_count_them_once() {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 1).await;
    let now = harness.now().await;
    let mut events: Vec<Value> = (0..400)
        .map(|n| {
            view(
                channel.works[0],
                "v",
                now - TimeDelta::milliseconds(n),
                u128::try_from(n).unwrap(),
            )
        })
        .collect();
    let forwards = events.clone();
    events.reverse();
    let (a, b) = tokio::join!(harness.take_in(&forwards), harness.take_in(&events));
    assert_eq!(a.accepted + b.accepted, 400, "{a:?} {b:?}");
    assert_eq!(stored(&harness).await, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn old_events_go_with_their_day_and_figures_stay() {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 1).await;
    let at = harness.noon(1).await;
    harness.take_in(&[view(channel.works[0], "v", at, 1)]).await;
    harness.count().await;
    let keep = || studio::analytics::keeping::keep(&harness.studio);
    assert!(keep().await.unwrap().is_empty(), "a young day stays");
    harness.advance(std::time::Duration::from_hours(24 * 37)).await;
    assert_eq!(keep().await.unwrap(), [at.date_naive()]);
    assert_eq!(stored(&harness).await, 0);
    let late = harness.take_in(&[view(channel.works[0], "w", at, 2)]).await;
    assert_eq!(late.rejected, 1, "its day is final");
    harness.count().await;
    let views: i64 = sqlx::query_scalar("select views from content_totals")
        .fetch_one(&harness.studio.db)
        .await
        .unwrap();
    assert_eq!(views, 1);
}
