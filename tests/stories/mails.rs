//! Telling people: once by mail, once in the portal, whatever happens on the way.

use std::collections::HashSet;

use serde_json::{Value, json};
use studio::{
    accounts::Role,
    ids::{AccountId, ContentId},
    notify::{self, Notice, Visibility},
    queues,
};
use tests::{Client, Harness, halts::Halt, mailbox};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_twice_is_one_notification_and_one_mail() {
    let harness = Harness::start().await;
    let (creator, email) = harness.person("ana", &[Role::Creator]).await;
    let account = account_of(&creator).await;
    for _ in 0..2 {
        tell(&harness, account, "Beach", "published:1").await;
    }
    harness.run_until_idle().await;
    let items = list(&creator, "").await["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 1);
    assert_eq!(items[0]["title"], "“Beach” is ready");
    let [mail] = mailbox::of(&email).await.try_into().expect("one mail");
    assert_eq!(mail.subject, "“Beach” is ready");
    let work = items[0]["content_id"].as_str().unwrap();
    assert!(mail.text.contains(&format!("/studio/library/{work}")) && mail.html.contains(work));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_rolled_back_is_told_to_nobody() {
    let harness = Harness::start().await;
    let (creator, email) = harness.person("ana", &[Role::Creator]).await;
    let mut tx = harness.studio.db.begin().await.unwrap();
    let account = account_of(&creator).await;
    notify::tell(&mut tx, account, &ready("Beach"), "published:1").await.unwrap();
    tx.rollback().await.unwrap();
    harness.run_until_idle().await;
    assert_eq!(list(&creator, "").await["items"], json!([]));
    assert!(mailbox::of(&email).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_killed_after_the_server_took_the_mail_repeats_it_under_the_same_name() {
    let harness = Harness::start().await;
    let (creator, email) = harness.person("ana", &[Role::Creator]).await;
    let mut place =
        Halt::before_update(harness.database(), "mails", "new.sent_at is not null").await;
    let worker = harness.worker_process(&["all"]);
    tell(&harness, account_of(&creator).await, "Beach", "published:1").await;
    place.reached().await;
    worker.kill().await;
    place.let_go_after_kill().await;

    let worker = harness.worker_process(&["all"]);
    harness.wait_until_nothing_is_due().await;
    assert!(worker.stop().await.success());
    let mails = mailbox::of(&email).await;
    let names: HashSet<_> = mails.iter().map(|mail| &mail.message_id).collect();
    assert_eq!((mails.len(), names.len()), (2, 1), "{mails:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn notifications_come_in_pages_and_are_read_up_to_one_or_one_by_one() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let account = account_of(&creator).await;
    for number in 1..=5 {
        tell(&harness, account, &format!("Clip {number}"), &format!("published:{number}")).await;
    }
    harness.run_until_idle().await;

    let first = list(&creator, "?limit=2").await;
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = list(&creator, &format!("?limit=2&cursor={cursor}")).await;
    let titles = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap();
        items.iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles(&first), ["“Clip 5” is ready", "“Clip 4” is ready"]);
    assert_eq!(titles(&second), ["“Clip 3” is ready", "“Clip 2” is ready"]);

    let newest = json!({ "ids": [first["items"][0]["id"]] });
    creator.post("/v1/me/notifications/read", &newest).await.expect(204);
    assert_eq!(unread(&creator).await, 4);
    let older = json!({ "up_to": second["items"][0]["id"] });
    creator.post("/v1/me/notifications/read", &older).await.expect(204);
    assert_eq!(unread(&creator).await, 1);
    let neither = creator.post("/v1/me/notifications/read", &json!({})).await;
    neither.expect_problem(400, "notifications.which");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_or_marks_what_others_were_told() {
    let harness = Harness::start().await;
    let (ana, ben) = (harness.creator().await, harness.creator().await);
    tell(&harness, account_of(&ana).await, "Beach", "published:1").await;
    harness.run_until_idle().await;
    assert_eq!(list(&ben, "").await["items"], json!([]));
    let id = list(&ana, "").await["items"][0]["id"].clone();
    ben.post("/v1/me/notifications/read", &json!({ "up_to": id })).await.expect(204);
    ben.post("/v1/me/notifications/read", &json!({ "ids": [id] })).await.expect(204);
    assert_eq!(unread(&ana).await, 1);
}

async fn tell(harness: &Harness, account: AccountId, title: &str, dedupe_key: &str) {
    let mut tx = harness.studio.db.begin().await.unwrap();
    notify::tell(&mut tx, account, &ready(title), dedupe_key).await.unwrap();
    tx.commit().await.unwrap();
    harness.studio.waker.wake(queues::MAIL);
}

fn ready(title: &str) -> Notice {
    let (content, visibility) = (ContentId::new(), Visibility::Private);
    Notice::ContentReady { content, title: title.to_owned(), visibility }
}

async fn account_of(client: &Client) -> AccountId {
    client.get("/v1/me").await.expect(200)["id"].as_str().unwrap().parse().unwrap()
}

async fn list(client: &Client, query: &str) -> Value {
    client.get(&format!("/v1/me/notifications{query}")).await.expect(200)
}

async fn unread(client: &Client) -> usize {
    let items = list(client, "").await["items"].clone();
    items.as_array().unwrap().iter().filter(|item| item["read"] == false).count()
}
