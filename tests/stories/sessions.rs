//! Staying signed in, and being signed out: rotation, reuse, revocation.

use serde_json::{Value, json};
use studio::accounts::Role;
use tests::{Client, Harness, client::Answer, harness::PASSWORD};

const REFRESH: &str = "/v1/auth/sessions/refresh";

#[tokio::test(flavor = "multi_thread")]
async fn a_session_goes_on_with_a_new_pair_of_tokens() {
    let harness = Harness::start().await;
    let mut creator = harness.creator().await;
    let first = creator.token().map(ToOwned::to_owned);
    creator.refresh().await;
    assert_ne!(creator.token().map(ToOwned::to_owned), first);
    creator.get("/v1/me").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let harness = Harness::start().await;
    let (_, email) = harness.person("ana", &[Role::Creator]).await;
    let cookie = cookie_line(&sign_in(&harness.anonymous(), &email).await);
    for part in ["HttpOnly", "SameSite=Strict", "Path=/v1/auth"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_site_cannot_use_the_cookie() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    for (header, value) in [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.test")] {
        let request = creator.request(reqwest::Method::POST, REFRESH).header(header, value);
        creator.send(request).await.expect_problem(403, "auth.cross_site");
    }
    creator.post(REFRESH, &Value::Null).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_that_refresh_at_once_both_stay_signed_in() {
    let harness = Harness::start().await;
    let (_, email) = harness.person("ana", &[Role::Creator]).await;
    let cookie = cookie_of(&sign_in(&harness.anonymous(), &email).await);
    let (one, other) =
        tokio::join!(refresh_with(&harness, &cookie), refresh_with(&harness, &cookie));
    let (one, other) = (cookie_of(&one), cookie_of(&other));
    assert_eq!(one, other, "both are told the same successor");
    refresh_with(&harness, &one).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_refresh_token_used_again_closes_the_session_and_tells_its_owner() {
    let mut harness = Harness::start().await;
    let (_, email) = harness.person("ana", &[Role::Creator]).await;
    let answer = sign_in(&harness.anonymous(), &email).await;
    let first = cookie_of(&answer);
    let second = cookie_of(&refresh_with(&harness, &first).await);
    let answer = refresh_with(&harness, &second).await;
    let (third, access) = (cookie_of(&answer), answer.expect(200)["access_token"].clone());

    refresh_with(&harness, &first).await.expect_problem(401, "sessions.refresh_reused");
    refresh_with(&harness, &third).await.expect_problem(401, "sessions.refresh_invalid");
    let victim = harness.anonymous().with_token(access.as_str().unwrap());
    victim.get("/v1/me").await.expect_problem(401, "auth.session_ended");

    harness.run_until_idle().await;
    let mails = tests::mailbox::of(&email).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "We signed one of your devices out");
    harness.allow_leftovers();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invented_refresh_token_closes_nobodys_session() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    for invented in ["", "csr_", "csr_AAAA", "nonsense"] {
        refresh_with(&harness, invented).await.expect_problem(401, "sessions.refresh_invalid");
    }
    creator.get("/v1/me").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_access_token_at_once() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    creator.delete("/v1/auth/sessions/current").await.expect(204);
    creator.get("/v1/me").await.expect_problem(401, "auth.session_ended");
    creator.post(REFRESH, &Value::Null).await.expect_problem(401, "sessions.refresh_invalid");
    creator.delete("/v1/auth/sessions/current").await.expect(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_sees_their_devices_and_signs_one_out() {
    let harness = Harness::start().await;
    let (laptop, email) = harness.person("ana", &[Role::Creator]).await;
    let mut phone = harness.anonymous();
    phone.sign_in(&email, PASSWORD).await;

    let sessions = laptop.get("/v1/me/sessions").await.expect(200)["items"].clone();
    let sessions = sessions.as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let other = sessions.iter().find(|session| session["current"] == false).unwrap();
    assert_eq!(other["ip_address"], "127.0.0.0/24");

    let path = format!("/v1/me/sessions/{}", other["id"].as_str().unwrap());
    laptop.delete(&path).await.expect(204);
    phone.get("/v1/me").await.expect_problem(401, "auth.session_ended");
    laptop.get("/v1/me").await.expect(200);
    laptop.delete(&path).await.expect_problem(404, "sessions.not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_everywhere_ends_every_device_and_no_api_token() {
    let harness = Harness::start().await;
    let (laptop, email) = harness.person("ana", &[Role::Creator]).await;
    let mut phone = harness.anonymous();
    phone.sign_in(&email, PASSWORD).await;
    let token = json!({ "name": "backup", "scopes": ["account:read"] });
    let token = laptop.post("/v1/me/tokens", &token).await.expect(201)["token"].clone();

    laptop.delete("/v1/me/sessions").await.expect(204);
    for device in [&laptop, &phone] {
        device.get("/v1/me").await.expect_problem(401, "auth.session_ended");
    }
    let program = harness.anonymous().with_token(token.as_str().unwrap());
    program.get("/v1/me").await.expect(200);
}

async fn sign_in(client: &Client, email: &str) -> Answer {
    client.post("/v1/auth/sessions", &json!({ "email": email, "password": PASSWORD })).await
}

/// As a program would that keeps the cookie itself.
async fn refresh_with(harness: &Harness, cookie: &str) -> Answer {
    let client = harness.anonymous();
    let request = client.request(reqwest::Method::POST, REFRESH);
    client.send(request.header("Cookie", format!("creator_studio_refresh={cookie}"))).await
}

fn cookie_line(answer: &Answer) -> String {
    answer.headers["set-cookie"].to_str().unwrap().to_owned()
}

fn cookie_of(answer: &Answer) -> String {
    let line = cookie_line(answer);
    let (_, rest) = line.split_once('=').unwrap();
    rest.split(';').next().unwrap().to_owned()
}
