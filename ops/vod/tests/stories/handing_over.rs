//! Hand-offs: what is accepted, what is refused, what is the same again.

use chrono::{TimeDelta, Utc};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::{
    client::{order, signature},
    process::{SECRET, Vod},
    receiver::Receiver,
    sources::Sources,
};

#[tokio::test]
async fn a_reference_is_handed_over_once() {
    let data = tempfile::tempdir().unwrap();
    let (vod, receiver, sources) =
        (Vod::start(data.path()), Receiver::listen().await, Sources::serve().await);
    let (_, url) = sources.clip("audio/flac").await;
    let order = order("upload-1", &url, "audio", &receiver);
    let both = tokio::join!(vod.hand_over(&order), vod.hand_over(&order));
    let mut statuses = [both.0.0, both.1.0];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::ACCEPTED]);
    assert_eq!(both.0.1["id"], both.1.1["id"]);

    assert_eq!(receiver.next_final().await.kind, "transcode.completed");
    let (status, again) = vod.hand_over(&order).await;
    assert_eq!((status, &again["state"]), (StatusCode::OK, &json!("completed")));
    assert!(receiver.rest().await.iter().all(|heard| heard.kind == "transcode.progress"));
}

#[tokio::test]
async fn a_reference_of_another_kind_is_a_mistake() {
    let data = tempfile::tempdir().unwrap();
    let (vod, receiver, sources) =
        (Vod::start(data.path()), Receiver::listen().await, Sources::serve().await);
    let url = sources.address("none.mp4");
    vod.accepted(&order("upload-1", &url, "video", &receiver)).await;
    let (status, problem) = vod.hand_over(&order("upload-1", &url, "audio", &receiver)).await;
    assert_eq!((status, &problem["code"]), (StatusCode::CONFLICT, &json!("reference_reused")));
}

#[tokio::test]
async fn only_what_the_shared_secret_signed_just_now_is_heard() {
    let data = tempfile::tempdir().unwrap();
    let (vod, receiver, sources) =
        (Vod::start(data.path()), Receiver::listen().await, Sources::serve().await);
    let body =
        serde_json::to_vec(&order("forged", &sources.address("x"), "video", &receiver)).unwrap();
    let now = Utc::now();
    let replayed = signature(SECRET, &body, now - TimeDelta::minutes(6));
    for (header, code) in [
        (None, "signature_invalid"),
        (Some("nonsense".to_owned()), "signature_invalid"),
        (Some(signature("another secret", &body, now)), "signature_invalid"),
        (Some(signature(SECRET, b"another body", now)), "signature_invalid"),
        (Some(replayed), "signature_outside_window"),
    ] {
        let (status, problem) =
            vod.send(Method::POST, "/v1/transcodes", header.as_deref(), body.clone()).await;
        assert_eq!(
            (status, &problem["code"]),
            (StatusCode::UNAUTHORIZED, &json!(code)),
            "{header:?}"
        );
    }
    let of_another_path = signature(SECRET, b"GET /v1/transcodes/trc_other", now);
    let (status, _) =
        vod.send(Method::GET, "/v1/transcodes/trc_this", Some(&of_another_path), Vec::new()).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn orders_that_cannot_be_met_are_refused_with_the_reason() {
    let data = tempfile::tempdir().unwrap();
    let (vod, receiver, sources) =
        (Vod::start(data.path()), Receiver::listen().await, Sources::serve().await);
    let good = order("order", &sources.address("x"), "video", &receiver);
    for (field, value, status, code) in [
        ("source_url", json!("http://169.254.169.254/latest"), 422, "address_not_allowed"),
        ("callback_url", json!("http://intranet.test/"), 422, "address_not_allowed"),
        ("source_url", json!("file:///etc/passwd"), 422, "address_not_allowed"),
        ("deadline", json!("2020-01-01T00:00:00Z"), 422, "deadline_passed"),
        ("reference", json!("../../etc"), 400, "invalid_request"),
        ("reference", json!(""), 400, "invalid_request"),
        ("kind", json!("picture"), 400, "invalid_request"),
        ("max_height", json!(4320), 400, "invalid_request"),
        ("source_url", json!(null), 400, "invalid_request"),
    ] {
        let mut order = good.clone();
        order[field] = value;
        let (answered, problem) = vod.hand_over(&order).await;
        assert_eq!(
            (answered.as_u16(), &problem["code"]),
            (status, &json!(code)),
            "{field}: {problem}"
        );
    }
    let (status, problem) = vod.hand_over(&json!({"reference": "x".repeat(70_000)})).await;
    assert_eq!((status.as_u16(), &problem["code"]), (413, &json!("body_too_large")), "{problem}");
}

#[tokio::test]
async fn a_transcode_that_is_not_there_is_not_found() {
    let data = tempfile::tempdir().unwrap();
    let vod = Vod::start(data.path());
    for method in [Method::GET, Method::DELETE] {
        let (status, problem) = vod.signed(method, "/v1/transcodes/trc_none").await;
        assert_eq!((status, &problem["code"]), (StatusCode::NOT_FOUND, &json!("not_found")));
    }
}

#[tokio::test]
async fn a_cancelled_transcode_ends_and_nobody_is_told() {
    let data = tempfile::tempdir().unwrap();
    let (vod, receiver, sources) =
        (Vod::start(data.path()), Receiver::listen().await, Sources::serve().await);
    let (_, url) = sources.clip("audio/flac").await;
    vod.misbehave(json!({"fault": "stall", "next": 1})).await;
    let stalled = vod.accepted(&order("stalled", &url, "audio", &receiver)).await;
    let waiting = vod.accepted(&order("waiting", &url, "audio", &receiver)).await;
    vod.until(&stalled, |one| one["progress_percent"] == 50).await;
    assert_eq!(vod.cancel(&stalled).await, StatusCode::NO_CONTENT);
    assert_eq!(vod.cancel(&stalled).await, StatusCode::NO_CONTENT);

    let heard = receiver.next_final().await;
    assert_eq!(heard.body["transcode"]["id"], json!(waiting), "the next has its turn");
    let shown = vod.show(&stalled).await;
    assert_eq!(
        (&shown["state"], &shown["failure"]["code"]),
        (&json!("failed"), &json!("cancelled"))
    );
}
