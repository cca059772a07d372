//! The Ops area: what staff see of jobs and runs, and what they can do about them.

use serde_json::{Value, json};
use sqlx::{Executor, PgPool};
use tests::{Client, Harness, upload};

/// A job whose arguments nobody can read goes dead at its first attempt. They hold a secret.
const UNREADABLE: &str = r#"{ "upload": "no id", "upload_token": "hunter2" }"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_job_tells_what_happened_and_what_can_be_done() {
    let (harness, ops, id) = with_a_dead_job().await;
    let job = ops.get(&format!("/v1/ops/jobs/{id}")).await.expect(200);
    assert_eq!(job["state"], "dead", "{job}");
    assert_eq!(job["name"], "content.discard_upload");
    assert_eq!(job["actions"], json!(["retry"]));
    assert_eq!(job["attempts"].as_array().unwrap().len(), 1, "{job}");
    assert_eq!(job["attempts"][0]["outcome"], "failed");
    assert!(job["attempts"][0]["worker"].is_string(), "{job}");
    assert!(job["reason"].as_str().unwrap().contains("trying again cannot help"), "{job}");
    assert_eq!(job["runbook"]["path"], "ops/runbooks/discard_upload.md");
    drop(harness);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_argument_is_not_shown() {
    let (_harness, ops, id) = with_a_dead_job().await;
    let job = ops.get(&format!("/v1/ops/jobs/{id}")).await;
    assert!(!job.text.contains("hunter2"), "{}", job.text);
    assert_eq!(job.expect(200)["arguments"], json!({ "upload": "no id", "upload_token": "***" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_job_is_found_by_everything_that_is_known_about_it() {
    let (_harness, ops, id) = with_a_dead_job().await;
    for query in [
        "state=dead",
        "queue=content&state=dead",
        "name=content.discard_upload",
        "tag=upload%3Dno%20id",
        "q=no%20id",
        "q=DISCARD",
    ] {
        let found = ops.get(&format!("/v1/ops/jobs?{query}")).await.expect(200);
        assert_eq!(ids(&found), [id.as_str()], "{query}: {found}");
    }
    let other = ops.get("/v1/ops/jobs?q=another%25thing").await.expect(200);
    assert!(ids(&other).is_empty(), "{other}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_a_list_hold_every_job_once() {
    let mut harness = Harness::start().await;
    harness.allow_leftovers();
    for _ in 0..7 {
        enqueue(&harness.studio.db, "{}").await;
    }
    let ops = harness.ops().await;
    let mut seen = Vec::new();
    let mut path = "/v1/ops/jobs?limit=3&name=content.discard_upload".to_owned();
    loop {
        let page = ops.get(&path).await.expect(200);
        seen.extend(ids(&page));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/v1/ops/jobs?limit=3&name=content.discard_upload&cursor={cursor}");
    }
    let mut each_once = seen.clone();
    each_once.sort_unstable();
    each_once.dedup();
    assert_eq!((seen.len(), each_once.len()), (7, 7), "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retried_job_is_due_again_and_the_retry_is_on_record() {
    let (_harness, ops, id) = with_a_dead_job().await;
    let retry = format!("/v1/ops/jobs/{id}/retry");
    let job = ops.post(&retry, &json!({ "reason": "Fixed in 1.2." })).await.expect(200);
    assert_eq!(job["state"], "available", "{job}");
    let log = ops.get(&format!("/v1/ops/audit?target={id}")).await.expect(200);
    assert_eq!(log["items"][0]["action"], "job.retry", "{log}");
    assert_eq!(log["items"][0]["reason"], "Fixed in 1.2.");
    assert_eq!(log["items"][0]["before"]["state"], "dead");
    assert_eq!(log["items"][0]["after"]["state"], "available");

    let cancelled = ops.post(&format!("/v1/ops/jobs/{id}/cancel"), &json!({})).await.expect(200);
    assert_eq!(cancelled["state"], "cancelled");
    let again = ops.post(&format!("/v1/ops/jobs/{id}/cancel"), &json!({})).await;
    again.expect_problem(409, "operations.wrong_state");
    let log = ops.get(&format!("/v1/ops/audit?target={id}")).await.expect(200);
    assert_eq!(log["items"].as_array().unwrap().len(), 2, "a refused action is not on record");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_overview_begins_with_what_hurts() {
    let (_harness, ops, id) = with_a_dead_job().await;
    let overview = ops.get("/v1/ops/overview").await.expect(200);
    let dead = &overview["attention"][0];
    assert_eq!(dead["sentence"], "1 job `content.discard_upload` gave up.", "{overview}");
    assert_eq!(dead["job_id"], id);
    assert_eq!(overview["dead"], 1);
    let figure = overview["figures"].as_array().unwrap().iter().find(|f| f["queue"] == "content");
    assert_eq!(figure.unwrap()["dead"], 1, "{overview}");
    assert_eq!(overview["environment"], "test");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_run_shows_its_steps_and_what_each_retry_would_repeat() {
    let (_harness, ops, id) = with_a_failed_run().await;
    let run = ops.get(&format!("/v1/ops/runs/{id}")).await.expect(200);
    assert_eq!(
        (&run["state"], &run["current_step"]),
        (&json!("failed"), &json!("store_renditions")),
        "{run}"
    );
    let store = step(&run, "store_renditions");
    assert_eq!(store["state"], "failed", "{run}");
    assert_eq!(store["error_code"], "transcode.failed", "{run}");
    assert_eq!(store["attempts"][0]["outcome"], "failed", "{run}");
    assert_eq!(step(&run, "assemble")["state"], "completed", "{run}");
    assert_eq!(step(&run, "transcoded")["waiting_for"], "transcoded", "{run}");
    let after = run["retries"].as_array().unwrap().iter().find(|r| r["from"] == "failed_and_after");
    let repeats = after.unwrap()["repeats"].as_array().unwrap();
    assert_eq!(repeats.first().unwrap(), "store_renditions", "{run}");
    assert_eq!(repeats.last().unwrap(), "notify", "{run}");
    assert_eq!(run["runbook"]["path"], "ops/runbooks/publish_upload.md");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_run_goes_on_where_staff_say_and_that_is_on_record() {
    let (harness, ops, id) = with_a_failed_run().await;
    let retry = format!("/v1/ops/runs/{id}/retry");
    ops.post(&retry, &json!({ "from": "step" }))
        .await
        .expect_problem(400, "operations.step_needed");
    let nowhere = json!({ "from": "step", "step": "dance" });
    ops.post(&retry, &nowhere).await.expect_problem(400, "operations.no_such_step");

    let again = json!({ "from": "failed_and_after", "reason": "The reader was fixed." });
    let run = ops.post(&retry, &again).await.expect(200);
    assert_eq!(run["state"], "running", "{run}");
    ops.post(&retry, &again).await.expect_problem(409, "operations.wrong_state");
    harness.run_until_idle().await;
    let run = ops.get(&format!("/v1/ops/runs/{id}")).await.expect(200);
    let attempts = step(&run, "store_renditions")["attempts"].as_array().unwrap();
    assert_eq!(attempts.len(), 2, "the attempts before a retry stay: {run}");

    let log = ops.get(&format!("/v1/ops/audit?target={id}")).await.expect(200);
    assert_eq!(log["items"].as_array().unwrap().len(), 1, "{log}");
    assert_eq!(log["items"][0]["action"], "run.retry");
    assert_eq!(log["items"][0]["after"]["from"], "failed_and_after");
}

/// A run that failed at a step with two items, one of which is done.
const FANNED_OUT: &str = r"
    insert into jobs.run (id, name, version, queue, subject, state, step, input, created_at, updated_at)
    values ('{run}', 'tell_figures', 1, 'content', 'figures', 'failed', 'count', '{}', now(), now());
    insert into jobs.step (run, name, position, kind, queue, priority, max_attempts, state, items_open)
    values ('{run}', 'count', 0, 'fan_out', 'content', 1, 8, 'failed', 0),
           ('{run}', 'add_up', 1, 'work', 'content', 1, 8, 'pending', null);
    insert into jobs.step_item (run, step, key, position, input, state, attempts, job, code, error)
    values ('{run}', 'count', 'shard-0', 0, '0', 'completed', 1, gen_random_uuid(), null, null),
           ('{run}', 'count', 'shard-1', 1, '1', 'failed', 8, gen_random_uuid(), 'figures.lost',
            E'shard 1 is lost\ncaused by: the disk is on fire');";

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_fans_out_tells_of_its_items() {
    let mut harness = Harness::start().await;
    harness.allow_leftovers();
    let id = jobs::RunId::new();
    let rows = FANNED_OUT.replace("{run}", &id.0.to_string());
    sqlx::raw_sql(sqlx::AssertSqlSafe(rows)).execute(&harness.studio.db).await.unwrap();
    let ops = harness.ops().await;
    let run = ops.get(&format!("/v1/ops/runs/{id}")).await.expect(200);
    let count = step(&run, "count");
    assert_eq!(count["kind"], "fan_out", "{run}");
    assert_eq!((&count["items_total"], &count["items_completed"]), (&json!(2), &json!(1)), "{run}");
    assert_eq!(count["items_failed"], 1, "{run}");
    let lost = &count["items"][1];
    assert_eq!((&lost["key"], &lost["state"]), (&json!("shard-1"), &json!("failed")), "{run}");
    assert_eq!((&lost["code"], &lost["attempts"]), (&json!("figures.lost"), &json!(8)), "{run}");
    assert_eq!(lost["error"], "shard 1 is lost", "{run}");
    assert!(lost["job_id"].as_str().unwrap().starts_with("job_"), "{run}");
    let add_up = step(&run, "add_up");
    assert_eq!((&add_up["kind"], add_up.get("items")), (&json!("work"), None), "{run}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_file_is_an_answer_and_does_not_ask_for_attention() {
    let (harness, _vod) = Harness::start_with_vod().await;
    let creator = harness.creator().await;
    let text = "This is no video.\n".repeat(1000);
    let uploaded = upload::whole(&creator, "film.mp4", "video/mp4", text.as_bytes()).await;
    harness.run_until_idle().await;
    let ops = harness.ops().await;
    let about = uploaded["id"].as_str().unwrap();
    let runs = ops.get(&format!("/v1/ops/runs?subject={about}&state=refused")).await.expect(200);
    let run = ops.get(&format!("/v1/ops/runs/{}", ids(&runs)[0])).await.expect(200);
    assert_eq!(step(&run, "inspect")["state"], "refused", "{run}");
    assert_eq!(step(&run, "inspect")["error_code"], "media.text", "{run}");
    assert_eq!(run["retries"], json!([]), "{run}");
    let overview = ops.get("/v1/ops/overview").await.expect(200);
    assert_eq!(overview["attention"], json!([]), "{overview}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_is_a_step_is_steered_through_its_run() {
    let (_harness, ops, id) = with_a_failed_run().await;
    let run = ops.get(&format!("/v1/ops/runs/{id}")).await.expect(200);
    let job = step(&run, "store_renditions")["job_id"].as_str().unwrap();
    let shown = ops.get(&format!("/v1/ops/jobs/{job}")).await.expect(200);
    assert_eq!((&shown["run_id"], &shown["actions"]), (&json!(id), &json!([])), "{shown}");
    let retry = ops.post(&format!("/v1/ops/jobs/{job}/retry"), &json!({})).await;
    let problem = retry.expect_problem(409, "operations.belongs_to_run");
    assert!(problem["detail"].as_str().unwrap().contains(&id), "{problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_workers_that_worked_are_listed() {
    let (_harness, ops, _) = with_a_dead_job().await;
    let workers = ops.get("/v1/ops/workers").await.expect(200);
    let worker = &workers["items"][0];
    assert_eq!(worker["state"], "stopped", "{workers}");
    assert!(worker["pools"].as_array().unwrap().contains(&json!("default")), "{workers}");
}

async fn with_a_dead_job() -> (Harness, Client, String) {
    let mut harness = Harness::start().await;
    harness.allow_leftovers();
    let id = enqueue(&harness.studio.db, UNREADABLE).await;
    harness.run_until_idle().await;
    let ops = harness.ops().await;
    (harness, ops, id)
}

/// A run that failed because the VOD service could not transcode.
async fn with_a_failed_run() -> (Harness, Client, String) {
    let (mut harness, vod) = Box::pin(Harness::start_with_vod()).await;
    harness.allow_leftovers();
    vod.fault(&json!({ "fault": "fail" })).await;
    let creator = harness.creator().await;
    let clip = tests::clips::short_video().await;
    let uploaded = upload::whole(&creator, "film.mp4", "video/mp4", &clip).await;
    Box::pin(harness.run_until_settled(&vod)).await;
    let ops = harness.ops().await;
    let about = uploaded["id"].as_str().unwrap();
    let runs = ops.get(&format!("/v1/ops/runs?subject={about}&state=failed")).await.expect(200);
    let id = ids(&runs).first().unwrap_or_else(|| panic!("no run of {about}: {runs}")).clone();
    (harness, ops, id)
}

/// Puts a job of the product into its queue by hand, as an older version of it might have.
async fn enqueue(db: &PgPool, arguments: &str) -> String {
    let id = jobs::JobId::new();
    let insert = sqlx::query(
        "insert into jobs.job (id, queue, name, priority, run_at, created_at, max_attempts, args, tags)
         values ($1, 'content', 'content.discard_upload', 0, jobs.now(), jobs.now(), 8, $2::jsonb,
                 array['upload=no id'])",
    );
    db.execute(insert.bind(id.0).bind(arguments)).await.unwrap();
    id.to_string()
}

fn ids(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().unwrap_or_else(|| panic!("no list: {list}"));
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

fn step<'a>(run: &'a Value, name: &str) -> &'a Value {
    let steps = run["steps"].as_array().unwrap();
    steps.iter().find(|step| step["name"] == name).unwrap_or_else(|| panic!("no {name}: {run}"))
}
