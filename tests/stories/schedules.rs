//! What the clock enqueues: what staff see of it, and what they can do about it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde_json::{Value, json};
use studio::accounts::Role;
use tests::{Client, Harness};

/// Ticks once a day.
const DAILY: &str = "/v1/ops/schedules/content.forget_webhooks";
const DAY: Duration = Duration::from_hours(24);

#[tokio::test(flavor = "multi_thread")]
async fn every_schedule_of_the_product_tells_what_it_enqueues_and_when_next() {
    let (harness, ops) = with_workers().await;
    let before = Utc::now();
    let list = ops.get("/v1/ops/schedules").await.expect(200);
    let names: Vec<_> = items(&list).iter().map(|row| row["name"].as_str().unwrap()).collect();
    let catalogue = workers::catalogue();
    let mut kept: Vec<_> = catalogue.schedules().iter().map(jobs::Schedule::name).collect();
    kept.sort_unstable();
    assert_eq!(names, kept);
    for row in items(&list) {
        assert!(row["about"].as_str().unwrap().ends_with('.'), "{row}");
        let next: DateTime<Utc> = row["next_at"].as_str().unwrap().parse().unwrap();
        assert!(next > before, "{row}");
        assert_eq!((&row["paused"], &row["time_zone"]), (&json!(false), &json!("UTC")), "{row}");
    }
    let daily = ops.get(DAILY).await.expect(200);
    assert_eq!(daily["job"], "content.forget_webhooks");
    assert_eq!((&daily["missed"], &daily["firings"]), (&json!("once"), &json!([])), "{daily}");
    drop(harness);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tick_leads_to_its_job_and_missed_ones_are_told() {
    let (harness, ops) = with_workers().await;
    harness.advance(3 * DAY).await;
    harness.run_until_idle().await;
    let daily = ops.get(DAILY).await.expect(200);
    let last = &daily["last"];
    assert_eq!(&daily["firings"][0], last);
    assert!(["tick", "made_up"].contains(&last["kind"].as_str().unwrap()), "{daily}");
    assert_eq!(last["job_state"], "completed", "{daily}");
    let job = ops.get(&format!("/v1/ops/jobs/{}", last["job_id"].as_str().unwrap())).await;
    assert_eq!(job.expect(200)["name"], "content.forget_webhooks");
    let before: Vec<_> = daily["firings"].as_array().unwrap()[1..].iter().collect();
    assert_eq!(before.len(), 2, "{daily}");
    assert!(before.iter().all(|firing| firing["kind"] == "skipped"), "{daily}");
    assert!(daily["missed_recently"].as_i64().unwrap() >= 2, "{daily}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trigger_fires_once_however_often_it_is_sent_and_is_on_record() {
    let (harness, _) = with_workers().await;
    let (ops, _) = harness.person("olga", &[Role::Ops]).await;
    for _ in 0..2 {
        let request = ops.request(Method::POST, &format!("{DAILY}/trigger"));
        let request = request.header("idempotency-key", "one-and-the-same");
        let body = json!({ "reason": "To see whether it runs." });
        let asked = ops.send(request.json(&body)).await.expect(200);
        assert_eq!(asked["firings"].as_array().unwrap().len(), 1, "{asked}");
        assert_eq!(asked["last"]["kind"], "by_hand", "{asked}");
    }
    harness.run_until_idle().await;
    let daily = ops.get(DAILY).await.expect(200);
    let last = &daily["last"];
    assert_eq!((&last["job_state"], &last["by"]), (&json!("completed"), &json!("olga")), "{daily}");
    assert_eq!(last["reason"], "To see whether it runs.");
    assert!(last.get("tick").is_none(), "{daily}");
    let log = audit(&ops).await;
    assert_eq!(items(&log).len(), 1, "{log}");
    let entry = &items(&log)[0];
    assert_eq!(
        (&entry["action"], &entry["actor_name"]),
        (&json!("schedule.trigger"), &json!("olga"))
    );

    ops.post(&format!("{DAILY}/trigger"), &json!({})).await.expect(200);
    ops.post(&format!("{DAILY}/trigger"), &json!({})).await.expect(200);
    let daily = ops.get(DAILY).await.expect(200);
    assert_eq!(daily["firings"].as_array().unwrap().len(), 3, "each request is a firing: {daily}");
    harness.run_until_idle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_schedule_is_silent_until_it_is_resumed_and_both_are_on_record() {
    let (harness, _) = with_workers().await;
    let (ops, _) = harness.person("olga", &[Role::Ops]).await;
    let why = json!({ "reason": "The store is being moved." });
    let paused = ops.post(&format!("{DAILY}/pause"), &why).await.expect(200);
    assert_eq!(
        (&paused["paused"], &paused["paused_by"]),
        (&json!(true), &json!("olga")),
        "{paused}"
    );
    assert_eq!(paused["pause_reason"], "The store is being moved.");
    assert!(paused.get("next_at").is_none(), "{paused}");
    let again = ops.post(&format!("{DAILY}/pause"), &why).await;
    again.expect_problem(409, "operations.wrong_state");

    harness.advance(DAY).await;
    harness.run_until_idle().await;
    let silent = ops.get(DAILY).await.expect(200);
    let skipped = |firing: &Value| firing["kind"] == "skipped" && firing["by"] == "olga";
    assert!(silent["firings"].as_array().unwrap().iter().all(skipped), "{silent}");
    assert_eq!(silent["missed_recently"], 0, "{silent}");

    let resumed = ops.post(&format!("{DAILY}/resume"), &json!({})).await.expect(200);
    assert_eq!(resumed["paused"], false, "{resumed}");
    let again = ops.post(&format!("{DAILY}/resume"), &json!({})).await;
    again.expect_problem(409, "operations.wrong_state");
    harness.run_until_idle().await;
    let resumed = ops.get(DAILY).await.expect(200);
    assert_eq!(resumed["last"]["kind"], "skipped", "nothing is made up for: {resumed}");
    harness.advance(DAY).await;
    harness.run_until_idle().await;
    let ticking = ops.get(DAILY).await.expect(200);
    assert_eq!(ticking["last"]["job_state"], "completed", "{ticking}");

    let log = audit(&ops).await;
    let actions: Vec<_> = items(&log).iter().map(|entry| &entry["action"]).collect();
    assert_eq!(actions, ["schedule.resume", "schedule.pause"], "what is refused is not on record");
    assert!(items(&log)[1]["after"]["paused_at"].is_string(), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_that_no_program_has_is_unknown() {
    let (harness, ops) = with_workers().await;
    let unknown = "operations.no_such_schedule";
    ops.get("/v1/ops/schedules/content.dance").await.expect_problem(404, unknown);
    for action in ["trigger", "pause", "resume"] {
        let path = format!("/v1/ops/schedules/content.dance/{action}");
        ops.post(&path, &json!({})).await.expect_problem(404, unknown);
    }
    // The others were seen a moment ago, this one was not for a long time.
    sqlx::query("update jobs.schedule set seen_at = now() - interval '1 day' where name = $1")
        .bind("content.forget_webhooks")
        .execute(&harness.studio.db)
        .await
        .unwrap();
    ops.get(DAILY).await.expect_problem(404, unknown);
}

/// Workers have run, and know the product's schedules.
async fn with_workers() -> (Harness, Client) {
    let harness = Harness::start().await;
    harness.run_until_idle().await;
    let ops = harness.ops().await;
    (harness, ops)
}

async fn audit(ops: &Client) -> Value {
    ops.get("/v1/ops/audit?target=content.forget_webhooks").await.expect(200)
}

fn items(list: &Value) -> &[Value] {
    list["items"].as_array().unwrap_or_else(|| panic!("no list: {list}"))
}
