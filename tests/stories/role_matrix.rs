//! Who may do what: every operation of the API, asked by everybody.
//!
//! A new operation without a row fails here, and so does a row that says another thing than the document.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use chrono::{TimeDelta, Utc};
use reqwest::Method;
use serde_json::{Value, json};
use studio::{
    accounts::Role,
    content::publishing::PublishUpload,
    ids::{AccountId, ContentId, UploadId},
};
use tests::{Client, Harness, harness::PASSWORD};

/// What somebody gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// They are let in. The request may still be refused for what it asks.
    In,
    /// 401: who are you?
    Who,
    /// 403: not you.
    No,
    /// 404: there is nothing of yours here.
    Gone,
    /// 410: this is no good any more.
    Over,
}
use Answer::{Gone, In, No, Over, Who};

/// The columns of the table.
const EVERYBODY: [&str; 9] = [
    "nobody",
    "its owner",
    "another creator",
    "ops",
    "finance",
    "an admin",
    "its owner with an expired token",
    "its owner after signing out",
    "a token without the scope",
];

type Access = [Answer; 9];

/// For everyone, whoever they are.
const OPEN: Access = [In, In, In, In, In, In, In, In, In];
/// For everyone who signed in: it is about themselves.
const SELF: Access = [Who, In, In, In, In, In, Who, Who, No];
/// About something of one's own account.
const OWN: Access = [Who, In, Gone, Gone, Gone, Gone, Who, Who, No];
/// For creators, about what is theirs.
const WORKS: Access = [Who, In, In, No, No, In, Who, Who, No];
/// About one upload or content.
const WORK: Access = [Who, In, Gone, No, No, Gone, Who, Who, No];
/// To be seen by everyone once it is public; this one is not. A proof that is no good is refused.
const SHOWN: Access = [Gone, In, Gone, Gone, Gone, Gone, Who, Who, Gone];
/// For those who run the product.
const OPS: Access = [Who, No, No, In, No, In, Who, Who, No];
/// For admins.
const ADMIN: Access = [Who, No, No, No, No, In, Who, Who, No];
/// For whoever has the cookie of an open session; tokens do not matter. (Signing out is for everyone: who is
/// not signed in already is what they want to be.)
const COOKIE: Access = [Who, In, In, In, In, In, Who, Who, Who];

/// An operation, who gets what, and a request for it: what `{id}` stands for, and the body.
struct Row(&'static str, Access, &'static str, fn() -> Value);

fn nothing() -> Value {
    Value::Null
}

#[rustfmt::skip]
const TABLE: [Row; 74] = [
    Row("accounts.register",            OPEN,   "",        || json!({ "email": "somebody@people.test", "password": PASSWORD, "display_name": "Somebody" })),
    Row("accounts.verify_address",      OPEN,   "",        || json!({ "token": "0lWq3nJ3bH5cZ2n1Y6m8vK4xT7pR9sD0fG2hJ5kL8wQ" })),
    Row("accounts.resend_verification", OPEN,   "",        || json!({ "email": "somebody@people.test" })),
    Row("sessions.create",              OPEN,   "",        || json!({ "email": "{email}", "password": PASSWORD })),
    Row("sessions.refresh",             COOKIE, "",        nothing),
    Row("sessions.sign_out",            OPEN,   "",        nothing),
    Row("passwords.request_reset",      OPEN,   "",        || json!({ "email": "somebody@people.test" })),
    Row("passwords.reset",              OPEN,   "",        || json!({ "token": "0lWq3nJ3bH5cZ2n1Y6m8vK4xT7pR9sD0fG2hJ5kL8wQ", "new_password": "another long password" })),

    Row("me.show",                      SELF,   "",        nothing),
    Row("me.update",                    SELF,   "",        || json!({ "display_name": "Another" })),
    Row("passwords.change",             SELF,   "",        || json!({ "current_password": PASSWORD, "new_password": "another long password" })),
    Row("sessions.list",                SELF,   "",        nothing),
    Row("sessions.revoke",              OWN,    "session", nothing),
    Row("sessions.revoke_all",          SELF,   "",        nothing),
    Row("tokens.list",                  SELF,   "",        nothing),
    Row("tokens.create",                SELF,   "",        || json!({ "name": "backup", "scopes": ["account:read"] })),
    Row("tokens.revoke",                OWN,    "token",   nothing),
    Row("notifications.list",           SELF,   "",        nothing),
    Row("notifications.mark_read",      SELF,   "",        || json!({ "ids": ["ntf_0198f2c04a7b7c3e9d5f6a7b8c9d0e1f"] })),

    Row("uploads.create",               WORKS,  "",        || json!({ "file_name": "film.mp4", "size_bytes": 1000, "media_type": "video/mp4", "when_ready": "private" })),
    Row("uploads.list",                 WORKS,  "",        nothing),
    Row("uploads.show",                 WORK,   "upload",  nothing),
    Row("uploads.sign_parts",           WORK,   "upload",  || json!({ "parts": [{ "number": 1, "md5": "XUFAKrxLKna5cZ2REBfFkg==" }] })),
    Row("uploads.list_parts",           WORK,   "upload",  nothing),
    Row("uploads.complete",             WORK,   "upload",  || json!({})),
    Row("uploads.abort",                WORK,   "upload",  nothing),

    Row("contents.list",                WORKS,  "",        nothing),
    Row("contents.show",                WORK,   "content", nothing),
    Row("contents.update",              WORK,   "content", || json!({ "title": "Another" })),
    Row("contents.publish",             WORK,   "content", nothing),
    Row("contents.unpublish",           WORK,   "content", nothing),
    Row("contents.delete",              WORK,   "content", nothing),
    Row("contents.restore",             WORK,   "content", nothing),
    Row("contents.retry",               WORK,   "content", nothing),
    Row("contents.timeline",            WORK,   "content", nothing),
    Row("contents.playback",            SHOWN,  "content", nothing),
    Row("events.stream",                WORKS,  "",        nothing),

    Row("analytics.dashboard",          WORKS,  "",        nothing),
    Row("analytics.overview",           WORKS,  "",        nothing),
    Row("analytics.contents",           WORKS,  "",        nothing),
    Row("analytics.audience",           WORKS,  "",        nothing),
    Row("analytics.retention",          WORK,   "content", nothing),
    Row("analytics.realtime",           WORKS,  "",        nothing),
    Row("exports.create",               WORKS,  "",        || json!({ "report": "daily", "from": "2026-11-01", "to": "2026-11-02" })),
    Row("exports.list",                 WORKS,  "",        nothing),
    Row("exports.show",                 WORK,   "export",  nothing),

    Row("ops.overview",                 OPS,    "",        nothing),
    Row("queues.list",                  OPS,    "",        nothing),
    Row("jobs.list",                    OPS,    "",        nothing),
    Row("jobs.show",                    OPS,    "job",     nothing),
    Row("jobs.retry",                   OPS,    "job",     || json!({})),
    Row("jobs.cancel",                  OPS,    "job",     || json!({})),
    Row("runs.list",                    OPS,    "",        nothing),
    Row("runs.show",                    OPS,    "run",     nothing),
    Row("runs.retry",                   OPS,    "run",     || json!({ "from": "all" })),
    Row("schedules.list",               OPS,    "",        nothing),
    Row("schedules.show",               OPS,    "schedule", nothing),
    Row("schedules.trigger",            OPS,    "schedule", || json!({})),
    Row("schedules.pause",              OPS,    "schedule", || json!({})),
    Row("schedules.resume",             OPS,    "schedule", || json!({})),
    Row("workers.list",                 OPS,    "",        nothing),
    Row("audit.list",                   OPS,    "",        nothing),
    Row("ops.analytics",                OPS,    "",        nothing),
    Row("ops.rejected_events",          OPS,    "",        nothing),
    Row("ops.business",                 OPS,    "",        nothing),

    Row("people.find",                  ADMIN,  "",        nothing),
    Row("people.show",                  ADMIN,  "account", nothing),
    Row("roles.grant",                  ADMIN,  "account", || json!({ "role": "ops", "reason": "Joins the people on call." })),
    Row("roles.revoke",                 ADMIN,  "account", || json!({ "reason": "Left the people on call." })),

    // Their proof is not a person's: a grant in the path, a signature, or none at all.
    Row("playback.master",              [Over; 9], "grant", nothing),
    Row("playback.rendition",           [Over; 9], "grant", nothing),
    Row("engagement.report",            [Who; 9],  "",      || json!({ "events": [{}] })),
    Row("webhooks.vod",                 [Who; 9],  "",      || json!({ "event_id": "1" })),
    Row("telemetry.page_load",          OPEN,   "",        || json!({ "page": "/studio", "milliseconds": 1, "kind": "first" })),
];

#[test]
fn every_operation_has_a_row() {
    let operations: BTreeSet<_> = operations().keys().cloned().collect();
    let rows: BTreeSet<_> = TABLE.iter().map(|row| row.0.to_owned()).collect();
    let without: Vec<_> = operations.difference(&rows).collect();
    assert!(without.is_empty(), "operations without a row in the matrix: {without:?}");
    let stale: Vec<_> = rows.difference(&operations).collect();
    assert!(stale.is_empty(), "rows without an operation: {stale:?}");
}

#[test]
fn the_document_says_who_may() {
    let roles = [(1, "creator"), (3, "ops"), (4, "finance"), (5, "admin")];
    for Row(id, access, ..) in &TABLE {
        let operation = &operations()[*id].document;
        let Some(named) = operation["x-roles"].as_array() else {
            assert!(!access.contains(&No), "{id} asks for a role that the document does not name");
            continue;
        };
        for (column, role) in roles {
            let may = named.contains(&json!(role));
            assert_eq!(may, access[column] != No, "{id}: {role} in {named:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_what_is_theirs_and_nothing_else() {
    let mut harness = Harness::start().await;
    harness.allow_leftovers();
    let mut people = People::gather(&harness).await;
    let mut wrong = Vec::new();
    for row in &TABLE {
        let thing = people.make(&harness, row.2).await;
        wrong.extend(people.ask(row, &thing).await);
        if changes_sessions(row.0) {
            people = People::gather(&harness).await;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// After these somebody is signed in who was not, or no longer is.
fn changes_sessions(operation: &str) -> bool {
    const CHANGES: [&str; 8] = [
        "sessions.create",
        "sessions.refresh",
        "sessions.sign_out",
        "sessions.revoke",
        "sessions.revoke_all",
        "passwords.change",
        "roles.grant",
        "roles.revoke",
    ];
    CHANGES.contains(&operation)
}

/// An operation of the document.
struct Operation {
    method: Method,
    path: String,
    document: Value,
}

fn operations() -> &'static BTreeMap<String, Operation> {
    static OPERATIONS: LazyLock<BTreeMap<String, Operation>> = LazyLock::new(read_document);
    &OPERATIONS
}

fn read_document() -> BTreeMap<String, Operation> {
    let document: Value = serde_json::from_str(&api::openapi()).unwrap();
    let mut operations = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, document) in methods.as_object().unwrap() {
            let id = document["operationId"].as_str().unwrap().to_owned();
            let method = method.to_uppercase().parse().unwrap();
            operations
                .insert(id, Operation { method, path: path.clone(), document: document.clone() });
        }
    }
    operations
}

/// Everybody who asks, in the order of the columns.
struct People {
    clients: [Client; 9],
    /// A program that may read content and nothing of the account.
    reader: Client,
    email: String,
    account: AccountId,
}

impl People {
    async fn gather(harness: &Harness) -> Self {
        let person = async |name: &str, role| harness.person(name, &[role]).await;
        let (owner, email) = person("owner", Role::Creator).await;
        let me = owner.get("/v1/me").await.expect(200);
        let account: AccountId = me["id"].as_str().unwrap().parse().unwrap();
        let clients = [
            harness.anonymous(),
            owner.clone(),
            person("other", Role::Creator).await.0,
            person("ops", Role::Ops).await.0,
            person("finance", Role::Finance).await.0,
            person("admin", Role::Admin).await.0,
            expired(harness, &owner, account).await,
            signed_out(harness, &email).await,
            program(harness, "account:read").await,
        ];
        let reader = program(harness, "content:read").await;
        Self { clients, reader, email, account }
    }

    /// Something of the owner's, or of the installation, for one operation.
    async fn make(&self, harness: &Harness, thing: &str) -> String {
        let owner = &self.clients[1];
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        match thing {
            "upload" => text(&upload(owner).await["id"]),
            "content" => text(&upload(owner).await["content_id"]),
            "export" => {
                let export = json!({ "report": "daily", "from": "2026-11-01", "to": "2026-11-02" });
                text(&owner.post("/v1/analytics/exports", &export).await.expect(202)["id"])
            }
            "token" => {
                let token = json!({ "name": "a token", "scopes": ["account:read"] });
                text(&owner.post("/v1/me/tokens", &token).await.expect(201)["id"])
            }
            "session" => text(&owner.get("/v1/me/sessions").await.expect(200)["items"][0]["id"]),
            "job" => dead_job(harness).await,
            "run" => run(harness, self.account).await,
            "schedule" => schedule(harness).await,
            "account" => self.account.to_string(),
            other => other.to_owned(),
        }
    }

    /// Lets everybody ask, whoever may not first. Gives what went otherwise than the row says.
    async fn ask(&self, row: &Row, thing: &str) -> Vec<String> {
        let Row(id, access, ..) = row;
        let mut columns: Vec<usize> = (0..EVERYBODY.len()).collect();
        columns.sort_by_key(|column| access[*column] == In);
        let mut wrong = Vec::new();
        for column in columns {
            let status = self.send(column, row, thing).await;
            if !fits(access[column], status) {
                wrong.push(format!(
                    "{id}: {} got {status}, not {:?}",
                    EVERYBODY[column], access[column]
                ));
            }
        }
        wrong
    }

    async fn send(&self, column: usize, row: &Row, thing: &str) -> u16 {
        let Row(id, _, _, body) = row;
        let Operation { method, path, document } = &operations()[*id];
        let mut path = path.replace("{role}", "ops").replace("{rendition}", "720p.m3u8");
        path = path.replace("{id}", thing).replace("{grant}", thing).replace("{name}", thing);
        if *id == "people.find" {
            path = format!("{path}?email={}", self.email);
        }
        let mut request = self.client(column, document).request(method.clone(), &path);
        if *id == "contents.update" {
            request = request.header("if-match", "\"1\"");
        }
        let body = body();
        if !body.is_null() {
            let text = body.to_string().replace("{email}", &self.email);
            request = request.header("content-type", "application/json").body(text);
        }
        // Only the head is read: the event stream has no end.
        request.send().await.unwrap().status().as_u16()
    }

    /// A token without the scope has always another one.
    fn client(&self, column: usize, operation: &Value) -> &Client {
        let last = column == EVERYBODY.len() - 1;
        if last && operation["x-permission"] == "account:read" {
            &self.reader
        } else {
            &self.clients[column]
        }
    }
}

fn fits(expected: Answer, status: u16) -> bool {
    match expected {
        In => !matches!(status, 401 | 403 | 404 | 500..),
        Who => status == 401,
        No => status == 403,
        Gone => status == 404,
        Over => status == 410,
    }
}

/// The owner with a token that ran out an hour ago, of a session that is still open.
async fn expired(harness: &Harness, owner: &Client, account: AccountId) -> Client {
    let sessions = owner.get("/v1/me/sessions").await.expect(200);
    let session = sessions["items"][0]["id"].as_str().unwrap().parse().unwrap();
    let signed = Utc::now() - TimeDelta::hours(2);
    let roles = BTreeSet::from([Role::Creator]);
    let keys = &harness.studio.keys;
    let token = keys.sign(account, session, roles, signed, TimeDelta::hours(1)).unwrap();
    harness.anonymous().with_token(token)
}

/// The owner, whose token is still young, after that session was closed.
async fn signed_out(harness: &Harness, email: &str) -> Client {
    let mut client = harness.anonymous();
    client.sign_in(email, PASSWORD).await;
    client.send(client.request(Method::DELETE, "/v1/auth/sessions/current")).await.expect(204);
    client
}

/// A program of somebody who may do everything, with a token that carries one scope.
async fn program(harness: &Harness, scope: &str) -> Client {
    let (person, _) = harness.person("program", &[Role::Creator, Role::Admin]).await;
    let token = json!({ "name": "a program", "scopes": [scope] });
    let token = person.post("/v1/me/tokens", &token).await.expect(201);
    harness.anonymous().with_token(token["token"].as_str().unwrap())
}

async fn upload(owner: &Client) -> Value {
    let file = json!({
        "file_name": "film.mp4", "size_bytes": 1000, "media_type": "video/mp4", "when_ready": "private",
    });
    owner.post("/v1/uploads", &file).await.expect(201)
}

async fn dead_job(harness: &Harness) -> String {
    let id = jobs::JobId::new();
    sqlx::query(
        "insert into jobs.finished_job (id, queue, name, state, priority, run_at, created_at, finished_at,
            attempt, attempts_before, max_attempts, args)
         values ($1, 'content', 'content.discard_upload', 'dead', 0, now(), now(), now(), 8, 0, 8, '{}')",
    )
    .bind(id.0)
    .execute(&harness.studio.db)
    .await
    .unwrap();
    id.to_string()
}

/// A schedule that some worker has seen.
async fn schedule(harness: &Harness) -> String {
    sqlx::query(
        "insert into jobs.schedule (name, expression, last_tick, job)
         values ('content.sweep_orphans', '0 17 * * * *', now(), 'content.sweep_orphans') on conflict do nothing",
    )
    .execute(&harness.studio.db)
    .await
    .unwrap();
    "content.sweep_orphans".to_owned()
}

async fn run(harness: &Harness, owner: AccountId) -> String {
    let input = PublishUpload { upload: UploadId::new(), content: ContentId::new(), owner };
    let mut tx = harness.studio.db.begin().await.unwrap();
    let run = jobs::workflow::start(&mut tx, &input).await.unwrap();
    tx.commit().await.unwrap();
    run.to_string()
}
