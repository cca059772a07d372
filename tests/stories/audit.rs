//! Whoever acts is on record, and the record cannot be changed.

use futures::future::join_all;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Executor, PgPool};
use studio::{accounts::Role, operations};
use tests::{Client, Harness};

#[tokio::test(flavor = "multi_thread")]
async fn an_action_of_staff_leaves_who_what_before_after_and_why() {
    let harness = Harness::start().await;
    let (admin, _) = harness.person("ana", &[Role::Admin]).await;
    let person = somebody(&harness, &admin).await;
    let granted = admin.post(&roles(&person), &joins_ops()).await;
    let request_id = granted.headers["x-request-id"].to_str().unwrap().to_owned();
    assert_eq!(granted.expect(200)["roles"], json!(["creator", "ops"]));

    let log = admin.get("/v1/ops/audit").await.expect(200);
    let entry = &log["items"][0];
    assert_eq!(entry["action"], "role.grant", "{log}");
    assert_eq!(entry["target"], person);
    assert_eq!(entry["actor_role"], "admin");
    assert_eq!(entry["actor_name"], "ana");
    assert_eq!(entry["before"], json!({ "roles": ["creator"] }));
    assert_eq!(entry["after"], json!({ "roles": ["creator", "ops"] }));
    assert_eq!(entry["reason"], "Joins the people on call.");
    assert_eq!(entry["request_id"], request_id);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_can_change_or_remove_a_row() {
    let harness = Harness::start().await;
    act(&harness, 1).await;
    let before = rows(&harness.studio.db).await;
    for by in ["", "set role creator_studio_app;", "set session_replication_role = replica;"] {
        for statement in [
            "update audit_log set reason = 'another'",
            "update audit_log set reason = 'another' where false",
            "delete from audit_log",
            "truncate audit_log",
            "insert into audit_log select * from audit_log
             on conflict (id) do update set reason = 'another'",
        ] {
            let refused = in_one_session(&harness.studio.db, &format!("{by} {statement}")).await;
            assert_eq!(refused.unwrap_err(), "42501", "{by} {statement}");
        }
    }
    assert_eq!(rows(&harness.studio.db).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_role_of_the_product_can_add_and_read_rows() {
    let harness = Harness::start().await;
    let added = in_one_session(
        &harness.studio.db,
        "set role creator_studio_app;
         insert into audit_log (id, actor_role, action, target, before, after)
         values (gen_random_uuid(), 'console', 'job.retry', 'job_1', '{}', '{}');
         select * from audit_log",
    );
    added.await.unwrap();
    assert_eq!(rows(&harness.studio.db).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_are_written_at_once_make_one_chain() {
    let harness = Harness::start().await;
    act(&harness, 8).await;
    let positions: Vec<i64> = rows(&harness.studio.db).await.into_iter().map(|row| row.0).collect();
    assert_eq!(positions, (1..=8).collect::<Vec<_>>());
    assert_eq!(operations::first_broken_seal(&harness.studio).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_was_changed_behind_all_walls_is_found() {
    let harness = Harness::start().await;
    act(&harness, 3).await;
    let db = &harness.studio.db;
    db.execute("alter table audit_log disable trigger all").await.unwrap();
    db.execute("update audit_log set reason = 'another' where position = 2").await.unwrap();
    assert_eq!(operations::first_broken_seal(&harness.studio).await.unwrap(), Some(2));
    db.execute("delete from audit_log where position = 2").await.unwrap();
    assert_eq!(operations::first_broken_seal(&harness.studio).await.unwrap(), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_is_not_on_record_and_what_cannot_be_recorded_is_not_done() {
    let harness = Harness::start().await;
    let (admin, _) = harness.person("ana", &[Role::Admin]).await;
    let person = somebody(&harness, &admin).await;
    let revoke = format!("{}/ops/revoke", roles(&person));
    let refused = admin.post(&revoke, &json!({ "reason": "Left." })).await;
    refused.expect_problem(409, "operations.role_not_held");
    assert!(rows(&harness.studio.db).await.is_empty());

    harness.studio.db.execute("alter table audit_log add check (false)").await.unwrap();
    admin.post(&roles(&person), &joins_ops()).await.expect_problem(500, "internal");
    let shown = admin.get(&format!("/v1/admin/accounts/{person}")).await.expect(200);
    assert_eq!(shown["roles"], json!(["creator"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn finance_is_not_given_by_one_person_alone() {
    let harness = Harness::start().await;
    let (admin, _) = harness.person("ana", &[Role::Admin]).await;
    let person = somebody(&harness, &admin).await;
    let finance = json!({ "role": "finance", "reason": "Pays creators." });
    let refused = admin.post(&roles(&person), &finance).await;
    refused.expect_problem(403, "operations.second_person_needed");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_loses_a_role_is_signed_out_everywhere() {
    let harness = Harness::start().await;
    let (admin, _) = harness.person("ana", &[Role::Admin]).await;
    let (ops, email) = harness.person("otto", &[Role::Ops]).await;
    ops.get("/v1/ops/queues").await.expect(200);
    let found = admin.get(&format!("/v1/admin/accounts?email={email}")).await.expect(200);
    let revoke = format!("{}/ops/revoke", roles(found["items"][0]["id"].as_str().unwrap()));
    let left = admin.post(&revoke, &json!({ "reason": "Left the people on call." })).await;
    assert_eq!(left.expect(200)["roles"], json!([]));
    ops.get("/v1/ops/queues").await.expect_problem(401, "auth.session_ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_cannot_lock_the_last_door() {
    let harness = Harness::start().await;
    let (admin, _) = harness.person("ana", &[Role::Admin]).await;
    let me = admin.get("/v1/me").await.expect(200);
    let revoke = format!("{}/admin/revoke", roles(me["id"].as_str().unwrap()));
    let refused = admin.post(&revoke, &json!({ "reason": "Enough." })).await;
    refused.expect_problem(409, "operations.own_admin_role");
}

/// So many actions at once, by one admin on as many people.
async fn act(harness: &Harness, times: usize) {
    let (admin, _) = harness.person("ana", &[Role::Admin]).await;
    let mut people = Vec::new();
    for _ in 0..times {
        people.push(somebody(harness, &admin).await);
    }
    let granting = people.iter().map(|person| {
        let admin = admin.clone();
        async move { admin.post(&roles(person), &joins_ops()).await.expect(200) }
    });
    join_all(granting).await;
}

/// The id of a new creator.
async fn somebody(harness: &Harness, admin: &Client) -> String {
    let (_, email) = harness.person("somebody", &[Role::Creator]).await;
    let found = admin.get(&format!("/v1/admin/accounts?email={email}")).await.expect(200);
    found["items"][0]["id"].as_str().unwrap().to_owned()
}

fn roles(account: &str) -> String {
    format!("/v1/admin/accounts/{account}/roles")
}

fn joins_ops() -> Value {
    json!({ "role": "ops", "reason": "Joins the people on call." })
}

async fn rows(db: &PgPool) -> Vec<(i64, Option<String>, Vec<u8>)> {
    let rows = sqlx::query_as("select position, reason, seal from audit_log order by position");
    rows.fetch_all(db).await.unwrap()
}

/// Runs statements in a session that nobody uses afterwards; gives the code of a refusal.
async fn in_one_session(db: &PgPool, statements: &str) -> Result<(), String> {
    let mut session = db.acquire().await.unwrap().detach();
    let done = session.execute(AssertSqlSafe(statements.to_owned())).await;
    done.map(|_| ()).map_err(|e| e.as_database_error().unwrap().code().unwrap().into_owned())
}
