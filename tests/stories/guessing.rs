//! Nobody learns who has an account, and nobody tries for long.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use studio::accounts::Role;
use tests::{Harness, client::Answer, harness::PASSWORD};

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_the_same_for_an_address_with_and_without_an_account() {
    let mut harness = Harness::start().await;
    let (_, known) = harness.person("ana", &[Role::Creator]).await;
    let unknown = harness.fresh_address("nobody");
    for (path, extra) in [
        ("/v1/auth/register", json!({ "password": PASSWORD, "display_name": "Ana" })),
        ("/v1/auth/verify/resend", json!({})),
        ("/v1/auth/password-resets", json!({})),
        ("/v1/auth/sessions", json!({ "password": "not the right password" })),
    ] {
        let with = ask(&harness, path, &known, &extra).await;
        let without = ask(&harness, path, &unknown, &extra).await;
        assert_eq!(told(&with), told(&without), "{path}");
    }
    harness.allow_leftovers();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_address_cost_the_same_work() {
    let harness = Harness::start().await;
    let (_, known) = harness.person("ana", &[Role::Creator]).await;
    let unknown = harness.fresh_address("nobody");
    let wrong = json!({ "password": "not the right password" });
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        with.push(timed(&harness, &known, &wrong).await);
        without.push(timed(&harness, &unknown, &wrong).await);
    }
    // The hash is most of the work. Without it an answer takes a small part of the time.
    let ratio = quickest(&with).as_secs_f64() / quickest(&without).as_secs_f64();
    assert!((0.5..2.0).contains(&ratio), "{with:?} against {without:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_a_password_is_stopped_and_says_when_to_come_back() {
    let harness = Harness::start().await;
    let (_, email) = harness.person("ana", &[Role::Creator]).await;
    let guess = json!({ "password": "not the right password" });
    for _ in 0..10 {
        let answer = ask(&harness, "/v1/auth/sessions", &email, &guess).await;
        answer.expect_problem(401, "sessions.bad_credentials");
    }
    let answer = ask(&harness, "/v1/auth/sessions", &email.to_uppercase(), &guess).await;
    let wait: u64 = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=91).contains(&wait), "{wait}");
    answer.expect_problem(429, "auth.too_many_attempts");

    let (_, other) = harness.person("ben", &[Role::Creator]).await;
    harness.anonymous().sign_in(&other, PASSWORD).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_clears_the_attempts_before_it() {
    let harness = Harness::start().await;
    let (_, email) = harness.person("ana", &[Role::Creator]).await;
    let guess = json!({ "password": "not the right password" });
    for _ in 0..3 {
        for _ in 0..6 {
            ask(&harness, "/v1/auth/sessions", &email, &guess).await.expect(401);
        }
        harness.anonymous().sign_in(&email, PASSWORD).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_can_have_an_address_flooded_with_mails() {
    let mut harness = Harness::start().await;
    let (_, email) = harness.person("ana", &[Role::Creator]).await;
    for _ in 0..5 {
        ask(&harness, "/v1/auth/password-resets", &email, &json!({})).await.expect(202);
    }
    let answer = ask(&harness, "/v1/auth/password-resets", &email, &json!({})).await;
    answer.expect_problem(429, "auth.too_many_attempts");
    harness.allow_leftovers();
}

async fn ask(harness: &Harness, path: &str, email: &str, extra: &Value) -> Answer {
    let mut body = extra.clone();
    body["email"] = json!(email);
    harness.anonymous().post(path, &body).await
}

async fn timed(harness: &Harness, email: &str, body: &Value) -> Duration {
    let begun = Instant::now();
    ask(harness, "/v1/auth/sessions", email, body).await.expect(401);
    begun.elapsed()
}

fn quickest(times: &[Duration]) -> Duration {
    times.iter().copied().min().unwrap()
}

/// What an answer tells: status, headers and body, but for what names the request itself.
fn told(answer: &Answer) -> (u16, Vec<String>, Value) {
    let mut body = answer.body.clone();
    if let Some(body) = body.as_object_mut() {
        body.remove("request_id");
    }
    let of_itself = ["date", "x-request-id"];
    let mut headers: Vec<String> = answer
        .headers
        .iter()
        .filter(|(name, _)| !of_itself.contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    headers.sort();
    (answer.status.as_u16(), headers, body)
}
