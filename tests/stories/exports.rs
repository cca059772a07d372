//! Figures as files: asked for once, written by a job, fetched for a week.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tests::{
    Client, Harness,
    channel::{Channel, view},
};

async fn ask(creator: &Client, key: &str, body: &Value) -> tests::client::Answer {
    let request = creator.request(Method::POST, "/v1/analytics/exports");
    creator.send(request.header("Idempotency-Key", key).json(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_written_by_a_job_and_fetched_by_a_short_lived_address() {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 1).await;
    let at = harness.noon(1).await;
    harness.take_in(&[view(channel.works[0], "v", at, 1)]).await;
    harness.count().await;
    let creator = channel.sign_in(&harness).await;
    let day = at.date_naive();
    let body = json!({"report": "daily", "from": day, "to": day});
    let first = ask(&creator, "one", &body).await.expect(202);
    assert_eq!(first["state"], "waiting");
    assert_eq!(ask(&creator, "one", &body).await.expect(202)["id"], first["id"]);
    harness.run_until_idle().await;
    let path = format!("/v1/analytics/exports/{}", first["id"].as_str().unwrap());
    let ready = creator.get(&path).await.expect(200);
    assert_eq!((&ready["state"], &ready["rows"]), (&json!("ready"), &json!(1)));
    let file = reqwest::get(ready["download_url"].as_str().unwrap()).await.unwrap();
    let text = file.text().await.unwrap();
    assert_eq!(
        text,
        format!("date,views,watch_minutes,likes,unlikes,shares,subscribers\n{day},1,0,0,0,0,0\n")
    );
    let stranger = harness.creator().await;
    stranger.get(&path).await.expect_problem(404, "analytics.no_such_export");
    assert_eq!(stranger.get("/v1/analytics/exports").await.expect(200)["items"], json!([]));

    harness.advance(Duration::from_hours(24 * 8)).await;
    assert_eq!(studio::analytics::export::expire(&harness.studio).await.unwrap(), 1);
    let gone = channel.sign_in(&harness).await.get(&path).await.expect(200);
    assert_eq!((&gone["state"], gone.get("download_url")), (&json!("expired"), None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_range_that_is_none_is_refused() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let body = json!({"report": "contents", "from": "2026-11-02", "to": "2026-11-01"});
    ask(&creator, "two", &body).await.expect_problem(400, "analytics.bad_range");
}
