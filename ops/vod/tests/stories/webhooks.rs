//! Webhooks: signed, repeated until heard, progress first.

use serde_json::json;

use crate::{client::order, process::Vod, receiver::Receiver, sources::Sources};

#[tokio::test]
async fn progress_is_told_before_the_end_and_all_is_signed() {
    let data = tempfile::tempdir().unwrap();
    let (vod, receiver, sources) =
        (Vod::start(data.path()), Receiver::listen().await, Sources::serve().await);
    let (_, url) = sources.clip("video/mp4").await;
    let id = vod.accepted(&order("upload-1", &url, "video", &receiver)).await;
    let mut percents = Vec::new();
    loop {
        let heard = receiver.next().await;
        assert!(heard.proven && heard.age.abs() < 60, "{}", heard.signature);
        assert_eq!(heard.body["event_id"], json!(heard.event_id));
        assert_eq!(heard.body["transcode"]["id"], json!(id));
        percents.push(heard.body["transcode"]["progress_percent"].as_u64().unwrap());
        if heard.kind == "transcode.completed" {
            assert_eq!(heard.body["transcode"]["state"], "completed");
            break;
        }
        assert_eq!(
            (heard.kind.as_str(), &heard.body["transcode"]["state"]),
            ("transcode.progress", &json!("running"))
        );
    }
    assert!(percents.len() >= 2 && percents.is_sorted(), "{percents:?}");
    assert_eq!(percents.last(), Some(&100));
}

#[tokio::test]
async fn the_final_event_is_told_until_it_is_heard() {
    let data = tempfile::tempdir().unwrap();
    let (vod, receiver, sources) =
        (Vod::start(data.path()), Receiver::listen().await, Sources::serve().await);
    let (_, url) = sources.clip("audio/flac").await;
    receiver.refuse(2);
    vod.accepted(&order("upload-1", &url, "audio", &receiver)).await;
    let (first, second, third) =
        (receiver.next_final().await, receiver.next_final().await, receiver.next_final().await);
    assert_eq!(first.event_id, second.event_id);
    assert_eq!(second.event_id, third.event_id);
    assert_eq!(first.body["created_at"], third.body["created_at"]);
}

#[tokio::test]
async fn a_source_that_cannot_be_read_fails_as_worth_another_try() {
    let data = tempfile::tempdir().unwrap();
    let (vod, receiver, sources) =
        (Vod::start(data.path()), Receiver::listen().await, Sources::serve().await);
    vod.accepted(&order("upload-1", &sources.address("gone.mp4"), "video", &receiver)).await;
    let heard = receiver.next_final().await;
    let failure = &heard.body["transcode"]["failure"];
    assert_eq!(heard.kind, "transcode.failed");
    assert_eq!(
        (&failure["code"], &failure["retryable"]),
        (&json!("source_unavailable"), &json!(true))
    );
    assert!(!heard.body.to_string().contains("secret-capability"), "the address stays secret");
}

#[tokio::test]
async fn a_transcode_that_is_not_done_in_time_fails_at_its_deadline() {
    let data = tempfile::tempdir().unwrap();
    let (vod, receiver, sources) =
        (Vod::start(data.path()), Receiver::listen().await, Sources::serve().await);
    let (_, url) = sources.clip("audio/flac").await;
    vod.misbehave(json!({"fault": "stall", "next": 1})).await;
    let mut order = order("upload-1", &url, "audio", &receiver);
    order["deadline"] = json!(chrono::Utc::now() + chrono::TimeDelta::seconds(2));
    vod.accepted(&order).await;
    let heard = receiver.next_final().await;
    let failure = &heard.body["transcode"]["failure"];
    assert_eq!(
        (&failure["code"], &failure["retryable"]),
        (&json!("deadline_exceeded"), &json!(true))
    );
}
