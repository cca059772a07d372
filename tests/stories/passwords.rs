//! Changing a password, and setting a new one by mail.

use std::time::Duration;

use serde_json::json;
use studio::accounts::Role;
use tests::{Harness, harness::PASSWORD, mailbox};

const NEW: &str = "a password nobody had before";

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_by_mail_and_every_device_signed_out() {
    let harness = Harness::start().await;
    let (laptop, email) = harness.person("ana", &[Role::Creator]).await;
    let token = ask_for_reset(&harness, &email).await;
    reset(&harness, &token, NEW).await.expect(204);

    laptop.get("/v1/me").await.expect_problem(401, "auth.session_ended");
    let old = json!({ "email": email, "password": PASSWORD });
    let answer = harness.anonymous().post("/v1/auth/sessions", &old).await;
    answer.expect_problem(401, "sessions.bad_credentials");
    harness.anonymous().sign_in(&email, NEW).await;

    harness.run_until_idle().await;
    let subjects: Vec<_> = mailbox::of(&email).await.into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects, ["Set a new password", "Your password was changed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_link_works_once_and_for_an_hour() {
    let harness = Harness::start().await;
    let (_, email) = harness.person("ana", &[Role::Creator]).await;
    let token = ask_for_reset(&harness, &email).await;
    reset(&harness, &token, NEW).await.expect(204);
    let again = reset(&harness, &token, "yet another password").await;
    again.expect_problem(400, "accounts.mailed_token_invalid");

    let late = ask_for_reset(&harness, &email).await;
    harness.advance(Duration::from_mins(61)).await;
    reset(&harness, &late, NEW).await.expect_problem(400, "accounts.mailed_token_invalid");
    harness.run_until_idle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_weak_password_does_not_use_the_link_up() {
    let harness = Harness::start().await;
    let (_, email) = harness.person("ana", &[Role::Creator]).await;
    let token = ask_for_reset(&harness, &email).await;
    let problem = reset(&harness, &token, "short").await.expect_problem(400, "passwords.weak");
    assert_eq!(problem["field"], "new_password");
    reset(&harness, &token, NEW).await.expect(204);
    harness.run_until_idle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_proves_an_address_sets_no_password() {
    let harness = Harness::start().await;
    let email = harness.fresh_address("ana");
    let body = json!({ "email": email, "password": PASSWORD, "display_name": "Ana" });
    harness.anonymous().post("/v1/auth/register", &body).await.expect(202);
    harness.run_until_idle().await;
    let token = mailbox::of(&email).await[0].token();
    reset(&harness, &token, NEW).await.expect_problem(400, "accounts.mailed_token_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn changing_the_password_keeps_this_device_and_signs_the_others_out() {
    let harness = Harness::start().await;
    let (laptop, email) = harness.person("ana", &[Role::Creator]).await;
    let mut phone = harness.anonymous();
    phone.sign_in(&email, PASSWORD).await;
    let change = json!({ "current_password": PASSWORD, "new_password": NEW });
    laptop.post("/v1/me/password", &change).await.expect(204);
    laptop.get("/v1/me").await.expect(200);
    phone.get("/v1/me").await.expect_problem(401, "auth.session_ended");
    harness.run_until_idle().await;
    assert_eq!(mailbox::of(&email).await[0].subject, "Your password was changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn changing_the_password_needs_the_present_one_and_no_token_can() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let change = json!({ "current_password": "not the present one", "new_password": NEW });
    let answer = creator.post("/v1/me/password", &change).await;
    assert_eq!(answer.expect_problem(403, "passwords.wrong")["field"], "current_password");

    let token = json!({ "name": "backup", "scopes": ["account:read", "content:write"] });
    let token = creator.post("/v1/me/tokens", &token).await.expect(201)["token"].clone();
    let program = harness.anonymous().with_token(token.as_str().unwrap());
    let change = json!({ "current_password": PASSWORD, "new_password": NEW });
    let answer = program.post("/v1/me/password", &change).await;
    answer.expect_problem(403, "auth.sign_in_needed");
}

/// Asks for the mail, lets it be sent, and gives its token.
async fn ask_for_reset(harness: &Harness, email: &str) -> String {
    let body = json!({ "email": email });
    harness.anonymous().post("/v1/auth/password-resets", &body).await.expect(202);
    harness.run_until_idle().await;
    let mails = mailbox::of(email).await;
    let newest = mails.iter().rfind(|mail| mail.subject == "Set a new password");
    newest.expect("a mail to set a new password").token()
}

async fn reset(harness: &Harness, token: &str, password: &str) -> tests::client::Answer {
    let body = json!({ "token": token, "new_password": password });
    harness.anonymous().post("/v1/auth/password-resets/complete", &body).await
}
