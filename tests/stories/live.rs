//! Live: what changes is seen as it changes, on whatever device, and nothing is missed in between.

use reqwest::Method;
use serde_json::json;
use tests::{Harness, clips, live::Live, upload};

#[tokio::test(flavor = "multi_thread")]
async fn a_creator_watches_a_file_become_a_content_and_is_told() {
    let (harness, vod) = Harness::start_with_vod().await;
    let creator = harness.creator().await;
    let mut live = creator.listen("/v1/events").await;
    let clip = clips::short_video().await;
    let uploaded = upload::whole(&creator, "clip.mp4", "video/mp4", &clip).await;
    let content = uploaded["content_id"].as_str().unwrap().to_owned();
    let submitted =
        live.resume_until(&creator, |e| e.kind == "upload" && e.data["state"] == "submitted").await;
    assert_eq!(submitted.data["id"], uploaded["id"]);

    harness.run_until_settled(&vod).await;
    let ready =
        live.resume_until(&creator, |e| e.kind == "content" && e.data["state"] == "private").await;
    assert_eq!(ready.data["id"], content.as_str());
    let told = live.resume_until(&creator, |e| e.kind == "notification").await;
    assert_eq!(told.data["content_id"], content.as_str());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_was_away_begins_with_what_it_missed_as_it_is_now() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let mut live = creator.listen("/v1/events").await;
    let first = live.resume_until(&creator, |event| event.kind == "ready").await;
    drop(live);

    let created = upload::create(&creator, "film.mp4", "video/mp4", &[1; 10]).await;
    let id = created["content_id"].as_str().unwrap().to_owned();
    for (version, title) in [(1, "Once"), (2, "Twice")] {
        let request = creator.request(Method::PATCH, &format!("/v1/contents/{id}"));
        let request =
            request.header("if-match", format!("\"{version}\"")).json(&json!({ "title": title }));
        creator.send(request).await.expect(200);
    }

    let mut again = Live::open(&creator, "/v1/events", Some(first.id.clone())).await.unwrap();
    let missed = again.resume_until(&creator, |event| event.kind == "content").await;
    assert_eq!(
        (&missed.data["id"], &missed.data["title"]),
        (&json!(id), &json!("Twice")),
        "once, as it is now"
    );
    let number = |id: &str| id.parse::<i64>().unwrap();
    assert!(number(&missed.id) > number(&first.id));
    harness.run_until_idle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_what_happens_to_others() {
    let harness = Harness::start().await;
    let (creator, other) = (harness.creator().await, harness.creator().await);
    let mut live = other.listen("/v1/events").await;
    upload::create(&creator, "mine.mp4", "video/mp4", &[1; 10]).await;
    let own = upload::create(&other, "theirs.mp4", "video/mp4", &[1; 10]).await;
    let seen = live.resume_until(&other, |event| event.kind == "upload").await;
    assert_eq!(seen.data["id"], own["id"], "the first upload that is seen is one's own");
    harness.run_until_idle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_was_never_given_out_is_refused() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let request = creator.request(Method::GET, "/v1/events").header("last-event-id", "yesterday");
    creator.send(request).await.expect_problem(400, "events.bad_last_event_id");
}
