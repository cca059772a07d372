//! Somebody becomes a creator: registers, proves their address, signs in.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{Client, Harness, harness::PASSWORD, mailbox};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_registers_proves_their_address_and_signs_in() {
    let harness = Harness::start().await;
    let email = register(&harness, "ana").await;
    let token = the_only_mail(&email).await.token();
    verify(&harness, &token).await.expect(204);

    let session = harness.anonymous().sign_in(&email, PASSWORD).await;
    let me = &session["account"];
    assert_eq!(me["email"], email.as_str());
    assert_eq!(me["roles"], json!(["creator"]));
    assert_eq!(me["email_verified"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_not_proven_cannot_sign_in() {
    let harness = Harness::start().await;
    let email = register(&harness, "ana").await;
    let answer = sign_in(&harness.anonymous(), &email, PASSWORD).await;
    answer.expect_problem(403, "sessions.address_unverified");
    let wrong = sign_in(&harness.anonymous(), &email, "not the right password").await;
    wrong.expect_problem(401, "sessions.bad_credentials");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_in_the_mail_works_once() {
    let harness = Harness::start().await;
    let email = register(&harness, "ana").await;
    let token = the_only_mail(&email).await.token();
    verify(&harness, &token).await.expect(204);
    verify(&harness, &token).await.expect_problem(400, "accounts.mailed_token_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_in_the_mail_works_for_two_days() {
    let harness = Harness::start().await;
    let email = register(&harness, "ana").await;
    let token = the_only_mail(&email).await.token();
    harness.advance(Duration::from_hours(49)).await;
    verify(&harness, &token).await.expect_problem(400, "accounts.mailed_token_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_for_the_mail_again_makes_the_first_one_worthless() {
    let harness = Harness::start().await;
    let email = register(&harness, "ana").await;
    harness
        .anonymous()
        .post("/v1/auth/verify/resend", &json!({ "email": email }))
        .await
        .expect(202);
    harness.run_until_idle().await;
    let [first, second] = mailbox::of(&email).await.try_into().expect("two mails");
    verify(&harness, &first.token()).await.expect_problem(400, "accounts.mailed_token_invalid");
    verify(&harness, &second.token()).await.expect(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_twice_keeps_the_first_password_and_tells_the_owner() {
    let harness = Harness::start().await;
    let (_, email) = harness.person("ana", &[studio::accounts::Role::Creator]).await;
    let again = json!({
        "email": email.to_uppercase(),
        "password": "the password of somebody else",
        "display_name": "Not Ana",
    });
    harness.anonymous().post("/v1/auth/register", &again).await.expect(202);
    harness.run_until_idle().await;
    assert_eq!(the_only_mail(&email).await.subject, "You have an account already");
    let answer = sign_in(&harness.anonymous(), &email, "the password of somebody else").await;
    answer.expect_problem(401, "sessions.bad_credentials");
    harness.anonymous().sign_in(&email, PASSWORD).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_registered_is_refused_by_field() {
    let harness = Harness::start().await;
    let good = json!({ "email": "ana@people.test", "password": PASSWORD, "display_name": "Ana" });
    let cases = [
        ("email", json!("no address"), "accounts.bad_email"),
        ("password", json!("too short"), "passwords.weak"),
        ("display_name", json!("two\nlines"), "accounts.bad_display_name"),
    ];
    for (field, value, code) in cases {
        let mut body = good.clone();
        body[field] = value;
        let answer = harness.anonymous().post("/v1/auth/register", &body).await;
        assert_eq!(answer.expect_problem(400, code)["field"], field);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_holds_its_token_and_nothing_else_does() {
    let harness = Harness::start().await;
    let email = register(&harness, "ana").await;
    let token = the_only_mail(&email).await.token();
    let kept: Vec<String> = sqlx::query_scalar(
        "select row_to_json(m)::text from mails m
         union all select row_to_json(t)::text from mailed_tokens t
         union all select row_to_json(j)::text from jobs.job j
         union all select row_to_json(j)::text from jobs.finished_job j",
    )
    .fetch_all(&harness.studio.db)
    .await
    .expect("what the database keeps");
    assert!(!kept.is_empty());
    assert!(kept.iter().all(|row| !row.contains(&token)), "a token is kept in plain");
}

/// Registers, and lets the mail be sent.
async fn register(harness: &Harness, name: &str) -> String {
    let email = harness.fresh_address(name);
    let body = json!({ "email": email, "password": PASSWORD, "display_name": name });
    harness.anonymous().post("/v1/auth/register", &body).await.expect(202);
    harness.run_until_idle().await;
    email
}

async fn verify(harness: &Harness, token: &str) -> tests::client::Answer {
    harness.anonymous().post("/v1/auth/verify", &json!({ "token": token })).await
}

async fn sign_in(client: &Client, email: &str, password: &str) -> tests::client::Answer {
    let body: Value = json!({ "email": email, "password": password });
    client.post("/v1/auth/sessions", &body).await
}

async fn the_only_mail(email: &str) -> mailbox::Mail {
    let [mail] = mailbox::of(email).await.try_into().expect("one mail");
    mail
}
