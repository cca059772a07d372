//! A server goes away in the middle and comes back: nothing is lost, nothing happens twice, and what
//! does not need it goes on.

use std::time::Duration;

use serde_json::json;
use studio::accounts::Role;
use tests::{
    Harness, Vod, clips,
    gate::{Gate, authority},
    mailbox, servers, upload,
};

/// Longer than any retry waits.
const LATER: Duration = Duration::from_mins(15);

#[tokio::test(flavor = "multi_thread")]
async fn without_the_object_store_processing_waits_and_then_completes() {
    let (harness, gate, vod) = behind_a_gate("S3_ENDPOINT", &servers::s3()).await;
    publishes_after_an_outage(&harness, &gate, &vod).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_document_store_processing_waits_and_then_completes() {
    let (harness, gate, vod) = behind_a_gate("MONGO_URL", &servers::mongo()).await;
    publishes_after_an_outage(&harness, &gate, &vod).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_mail_server_the_mail_waits_and_comes_once() {
    let (harness, gate, vod) = behind_a_gate("SMTP_URL", &servers::smtp()).await;
    publishes_after_an_outage(&harness, &gate, &vod).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_redis_processing_goes_on_and_nothing_is_lost() {
    let (harness, gate, vod) = behind_a_gate("REDIS_URL", &servers::redis()).await;
    publishes_after_an_outage(&harness, &gate, &vod).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_needs_the_document_store_says_that_it_is_away() {
    let (harness, gate, _vod) = behind_a_gate("MONGO_URL", &servers::mongo()).await;
    let creator = harness.creator().await;
    upload::create(&creator, "clip.mp4", "video/mp4", &clips::short_video().await).await;
    gate.shut();
    let problem = creator.get("/v1/contents").await.expect_problem(503, "dependency.unavailable");
    assert_eq!(problem["dependency"], "mongo", "{problem}");
    gate.open();
    creator.get("/v1/contents").await.expect(200);
    harness.run_until_idle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_names_each_server_that_is_away() {
    let (harness, gate, _vod) = behind_a_gate("REDIS_URL", &servers::redis()).await;
    harness.anonymous().get("/readyz").await.expect(200);
    gate.shut();
    let readiness = async {
        loop {
            let body = harness.anonymous().get("/readyz").await.body;
            if body["dependencies"]["redis"]["state"] == "down" {
                return body;
            }
        }
    };
    let body = tokio::time::timeout(Duration::from_secs(30), readiness).await.unwrap();
    assert_eq!(body["dependencies"]["postgres"]["state"], "up", "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_redis_guessing_passwords_stays_limited() {
    let (harness, gate, _vod) = behind_a_gate("REDIS_URL", &servers::redis()).await;
    gate.shut();
    let guess =
        json!({ "email": harness.fresh_address("victim"), "password": "a guess of some length" });
    let mut last = None;
    for _ in 0..30 {
        let answer = harness.anonymous().post("/v1/auth/sessions", &guess).await;
        last = Some(answer.status.as_u16());
        if last == Some(429) {
            break;
        }
    }
    assert_eq!(last, Some(429));
    gate.open();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_outlives_a_database_that_breaks_its_connections() {
    let (harness, vod) = Harness::start_with_vod().await;
    let database = harness.variables()["CREATOR_STUDIO_DATABASE_URL"].clone();
    let gate = Gate::before([authority(&database)]).await;
    let mut worker =
        harness.worker_process_with(&["all"], &[("DATABASE_URL", &gate.instead_of(&database))]);
    let creator = harness.creator().await;
    let uploaded =
        upload::whole(&creator, "clip.mp4", "video/mp4", &clips::short_video().await).await;
    gate.shut();
    gate.open();
    let content = upload::settled(&creator, &uploaded).await;
    assert_eq!(content["state"], "private", "{content}");
    assert!(worker.is_running(), "it heals instead of ending");
    assert!(worker.stop().await.success());
    harness.run_until_settled(&vod).await;
}

/// A studio that reaches one of its servers through a gate.
async fn behind_a_gate(variable: &str, url: &str) -> (Harness, Gate, Vod) {
    let gate = Gate::before([authority(url)]).await;
    // A Mongo client that is told of replicas would go around the gate.
    let direct = if variable == "MONGO_URL" { "/?directConnection=true" } else { "" };
    let variable = format!("CREATOR_STUDIO_{variable}");
    let url = format!("{}{direct}", gate.instead_of(url));
    let (harness, vod) = Harness::start_with_vod_and(&[(&variable, &url)]).await;
    (harness, gate, vod)
}

async fn publishes_after_an_outage(harness: &Harness, gate: &Gate, vod: &Vod) {
    let (creator, email) = harness.person("creator", &[Role::Creator]).await;
    let clip = clips::short_video().await;
    let uploaded = upload::whole(&creator, "clip.mp4", "video/mp4", &clip).await;
    gate.shut();
    harness.run_until_settled(vod).await;
    gate.open();
    for _ in 0..4 {
        harness.advance(LATER).await;
        harness.run_until_settled(vod).await;
    }
    let content = upload::content(&creator, &uploaded).await;
    assert_eq!(content["state"], "private", "{content}");
    assert_eq!(mailbox::of(&email).await.len(), 1, "one mail");
}
