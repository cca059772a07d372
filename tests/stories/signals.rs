//! What the product tells about itself: figures that nobody outside can multiply, logs without secrets.

use std::{collections::HashMap, time::Duration};

use reqwest::Method;
use serde_json::{Value, json};
use studio::accounts::Role;
use tests::{
    Harness,
    gate::{Gate, authority},
    harness::PASSWORD,
    mailbox,
    processes::{Process, free_port, wait_until_answers},
    servers, upload,
};

#[tokio::test(flavor = "multi_thread")]
async fn latency_is_measured_by_route_and_not_by_path() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    creator.get("/v1/uploads/upl_0198f2c04a7b7c3e9d5f6a7b8c9d0e1f").await.expect(404);
    creator.get("/v1/made/up/by/somebody").await.expect(404);
    let brew = creator.request(Method::from_bytes(b"BREW").unwrap(), "/v1/me");
    creator.send(brew).await;
    let metrics = creator.get("/metrics").await.text;
    let series =
        |labels: &str| format!("creator_studio_http_request_duration_seconds_count{{{labels}}} 1");
    for labels in [
        r#"route="/v1/uploads/{id}",method="GET",status="404""#,
        r#"route="unmatched",method="GET",status="404""#,
        r#"route="unmatched",method="other",status="405""#,
    ] {
        assert!(metrics.contains(&series(labels)), "{labels}: {metrics}");
    }
    assert!(metrics.contains(r#"le="0.5""#), "the threshold of the alert is a bound: {metrics}");
    assert!(!metrics.contains("0198f2c04a7b"), "{metrics}");
}

#[tokio::test(flavor = "multi_thread")]
async fn page_loads_are_counted_by_pages_that_the_portal_has() {
    let harness = Harness::start().await;
    let visitor = harness.anonymous();
    for page in ["/studio/library/$contentId", "/made/up", "/studio/library/cnt_1"] {
        let load = json!({ "page": page, "milliseconds": 250, "kind": "navigation" });
        visitor.post("/v1/telemetry/page-loads", &load).await.expect(204);
    }
    let metrics = visitor.get("/metrics").await.text;
    let count = |page| {
        format!(r#"creator_studio_page_load_seconds_count{{page="{page}",kind="navigation"}}"#)
    };
    assert!(metrics.contains(&format!("{} 1", count("/studio/library/$contentId"))), "{metrics}");
    assert!(metrics.contains(&format!("{} 2", count("other"))), "{metrics}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_can_drown_the_figures_in_made_up_page_loads() {
    let harness = Harness::start().await;
    let visitor = harness.anonymous();
    let load = json!({ "page": "/studio", "milliseconds": 1, "kind": "first" });
    for _ in 0..400 {
        let answer = visitor.post("/v1/telemetry/page-loads", &load).await;
        if answer.status == 429 {
            assert!(answer.headers.contains_key("retry-after"));
            return;
        }
        answer.expect(204);
    }
    panic!("400 reports of one address were counted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_shows_how_its_queues_do() {
    let harness = Harness::start().await;
    let port = free_port();
    let listen = ("METRICS_LISTEN", &*format!("127.0.0.1:{port}"));
    let _worker = harness.worker_process_with(&["default"], &[listen]);
    let metrics: url::Url = format!("http://127.0.0.1:{port}/metrics").parse().unwrap();
    wait_until_answers(&metrics).await;
    let sampled = async {
        loop {
            let text = reqwest::get(metrics.clone()).await.unwrap().text().await.unwrap();
            if text.contains("creator_studio_workers_alive 1") {
                return text;
            }
        }
    };
    let text = tokio::time::timeout(Duration::from_secs(30), sampled).await.unwrap();
    assert!(text.contains(r#"creator_studio_dependency_up{dependency="postgres"} 1"#), "{text}");
    let none_failed = r#"creator_studio_uploads_finished_total{outcome="failed"} 0"#;
    assert!(text.contains(none_failed), "the first failure must be seen as one more: {text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_the_log_names_its_request_and_no_secret() {
    let harness = Harness::start().await;
    let (api, base) = harness.api_process().await;
    let (creator, email) = harness.person("creator", &[Role::Creator]).await;
    let mut creator = creator.at(base);
    let mut secrets = vec![PASSWORD.to_owned()];

    let session = creator.sign_in(&email, PASSWORD).await;
    secrets.push(session["access_token"].as_str().unwrap().to_owned());
    let reset = creator.post("/v1/auth/password-resets", &json!({ "email": email })).await;
    reset.expect(202);
    harness.run_until_idle().await;
    let token = mailbox::of(&email).await.last().unwrap().token();
    let path = format!("/reset-password?token={token}");
    creator.get(&path).await;
    secrets.push(token);
    let file = creator.get("/v1/playback/a-grant-of-somebody/master.m3u8").await;
    let request_id = file.headers["x-request-id"].to_str().unwrap().to_owned();
    secrets.push("a-grant-of-somebody".to_owned());
    let bytes = vec![1; 1000];
    let uploaded = upload::create(&creator, "film.mp4", "video/mp4", &bytes).await;
    let signed = upload::sign(&creator, &uploaded, 1, &bytes).await;
    let url: url::Url = signed["url"].as_str().unwrap().parse().unwrap();
    let signature = url.query_pairs().find(|(name, _)| name == "X-Amz-Signature").unwrap().1;
    secrets.push(signature.into_owned());
    creator.delete(&upload::path(&uploaded)).await.expect(204);
    api.stop().await;
    harness.run_until_idle().await;

    let log = std::fs::read_to_string(harness.log("api")).unwrap();
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in the log");
    }
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered = lines.iter().find(|line| line.to_string().contains(&request_id)).unwrap();
    assert_eq!(answered["path"], "/v1/playback/{grant}/master.m3u8", "{answered}");
    let request = &answered["spans"][0];
    assert_eq!(request["trace_id"].as_str().unwrap().len(), 32, "{answered}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_database_a_process_says_that_it_is_not_ready_but_alive() {
    let harness = Harness::start().await;
    let gate = Gate::before([authority(&servers::postgres())]).await;
    let mut variables: HashMap<_, _> = harness.variables().clone();
    let base = format!("http://127.0.0.1:{}", free_port());
    variables.insert("CREATOR_STUDIO_DATABASE_URL".to_owned(), gate.instead_of(harness.database()));
    variables.insert("CREATOR_STUDIO_LISTEN".to_owned(), authority(&base));
    let _api = Process::start("creator-studio", &["api"], &variables, &harness.log("api"));
    let client = tests::Client::new(base.parse().unwrap());
    wait_until_answers(&client.url("/readyz")).await;

    gate.shut();
    let not_ready = async {
        loop {
            let answer = client.get("/readyz").await;
            if answer.status == 503 {
                return answer.body;
            }
        }
    };
    let body = tokio::time::timeout(Duration::from_secs(30), not_ready).await.unwrap();
    assert_eq!(
        (&body["ready"], &body["dependencies"]["postgres"]["state"]),
        (&json!(false), &json!("down"))
    );
    assert!(body["dependencies"]["postgres"]["since"].is_string(), "{body}");
    client.get("/healthz").await.expect(200);

    gate.open();
    wait_until_answers(&client.url("/readyz")).await;
}
