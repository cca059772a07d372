//! Tokens for programs: shown once, limited to their scopes, gone when revoked.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{Client, Harness};

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_shown_once_and_kept_as_a_hash() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let made = make(&creator, &json!({ "name": "backup", "scopes": ["content:read"] })).await;
    let token = made["token"].as_str().unwrap();
    assert!(token.starts_with("cst_"));
    let list = creator.get("/v1/me/tokens").await;
    assert!(!list.text.contains(token));
    assert_eq!(list.expect(200)["items"][0]["name"], "backup");
    let rows: Vec<String> = sqlx::query_scalar("select row_to_json(t)::text from api_tokens t")
        .fetch_all(&harness.studio.db)
        .await
        .unwrap();
    assert!(rows.iter().all(|row| !row.contains(token)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_may_do_what_its_scopes_say_and_no_more() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let made = make(&creator, &json!({ "name": "reader", "scopes": ["account:read"] })).await;
    let program = harness.anonymous().with_token(made["token"].as_str().unwrap());
    program.get("/v1/me").await.expect(200);
    program.get("/v1/uploads").await.expect_problem(403, "auth.scope_missing");
    let more = json!({ "name": "more", "scopes": ["account:read"] });
    program.post("/v1/me/tokens", &more).await.expect_problem(403, "auth.sign_in_needed");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_hands_on_what_they_may_not_do_themselves() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let body = json!({ "name": "too much", "scopes": ["ops:act"] });
    let problem =
        creator.post("/v1/me/tokens", &body).await.expect_problem(400, "tokens.bad_scope");
    assert_eq!(problem["field"], "scopes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_when_it_is_revoked_or_its_time_is_over() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let revoked = make(&creator, &json!({ "name": "revoked", "scopes": ["account:read"] })).await;
    let expiring = json!({ "name": "for a day", "scopes": ["account:read"], "expires_in_days": 1 });
    let expiring = make(&creator, &expiring).await;

    let path = format!("/v1/me/tokens/{}", revoked["id"].as_str().unwrap());
    creator.delete(&path).await.expect(204);
    creator.delete(&path).await.expect_problem(404, "tokens.not_found");
    harness.advance(Duration::from_hours(25)).await;

    let with = |made: &Value| harness.anonymous().with_token(made["token"].as_str().unwrap());
    with(&revoked).get("/v1/me").await.expect_problem(401, "auth.token_invalid");
    with(&expiring).get("/v1/me").await.expect_problem(401, "auth.token_expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn using_a_token_is_noted() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let made = make(&creator, &json!({ "name": "backup", "scopes": ["account:read"] })).await;
    assert_eq!(made["last_used_at"], Value::Null);
    harness.anonymous().with_token(made["token"].as_str().unwrap()).get("/v1/me").await.expect(200);
    let list = creator.get("/v1/me/tokens").await.expect(200);
    assert!(list["items"][0]["last_used_at"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_request_makes_one_token_and_does_not_show_it_again() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let body = json!({ "name": "backup", "scopes": ["content:read"] });
    let first = make_named(&creator, &body, "one-request").await.expect(201);
    let again = make_named(&creator, &body, "one-request").await.expect(201);
    assert_eq!(again["id"], first["id"]);
    assert!(first["token"].is_string() && again["token"].is_null());

    let other = json!({ "name": "another", "scopes": ["content:read"] });
    let problem = make_named(&creator, &other, "one-request").await;
    problem.expect_problem(409, "idempotency.key_reused");
    let items = creator.get("/v1/me/tokens").await.expect(200)["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_requests_with_one_key_at_the_same_time_make_one_token() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let body = json!({ "name": "backup", "scopes": ["content:read"] });
    let (one, other) = tokio::join!(
        make_named(&creator, &body, "at-once"),
        make_named(&creator, &body, "at-once")
    );
    assert_eq!(one.expect(201)["id"], other.expect(201)["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_of_one_person_is_nothing_to_another() {
    let harness = Harness::start().await;
    let body = json!({ "name": "backup", "scopes": ["content:read"] });
    let ana = make_named(&harness.creator().await, &body, "same-key").await.expect(201);
    let ben = make_named(&harness.creator().await, &body, "same-key").await.expect(201);
    assert_ne!(ana["id"], ben["id"]);
}

async fn make(client: &Client, body: &Value) -> Value {
    client.post("/v1/me/tokens", body).await.expect(201)
}

async fn make_named(client: &Client, body: &Value, key: &str) -> tests::client::Answer {
    let request = client.request(reqwest::Method::POST, "/v1/me/tokens").json(body);
    client.send(request.header("Idempotency-Key", key)).await
}
