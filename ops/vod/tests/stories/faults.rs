//! Every fault that can be asked for, as a client meets it.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    client::{http, order},
    process::Vod,
    receiver::Receiver,
    sources::Sources,
};

/// A service with one fault, and a transcode that meets it.
struct Faulty {
    vod: Vod,
    receiver: Receiver,
    sources: Sources,
    _data: tempfile::TempDir,
}

impl Faulty {
    async fn with(fault: Value) -> Self {
        let data = tempfile::tempdir().unwrap();
        let vod = Vod::start(data.path());
        vod.misbehave(fault).await;
        let (receiver, sources) = (Receiver::listen().await, Sources::serve().await);
        Self { vod, receiver, sources, _data: data }
    }

    async fn hand_over(&self, reference: &str) -> (StatusCode, Value) {
        let (_, url) = self.sources.clip("audio/flac").await;
        self.vod.hand_over(&order(reference, &url, "audio", &self.receiver)).await
    }

    async fn accepted(&self) -> String {
        let (status, answer) = self.hand_over("upload-1").await;
        assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
        answer["id"].as_str().unwrap().to_owned()
    }

    /// The bytes of the first rendition and what the result says of them.
    async fn first_rendition(&self) -> (Vec<u8>, Value) {
        let mut heard = self.receiver.next_final().await;
        let rendition = heard.body["transcode"]["result"]["renditions"][0].take();
        let answer = http().get(rendition["url"].as_str().unwrap()).send().await.unwrap();
        (answer.bytes().await.unwrap().to_vec(), rendition)
    }
}

#[tokio::test]
async fn refuse_handoff_answers_503_as_often_as_asked() {
    let faulty = Faulty::with(json!({"fault": "refuse_handoff", "next": 2})).await;
    for _ in 0..2 {
        let (status, problem) = faulty.hand_over("upload-1").await;
        assert_eq!((status.as_u16(), &problem["code"]), (503, &json!("unavailable")));
    }
    assert_eq!(faulty.hand_over("upload-1").await.0, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn fail_ends_with_the_asked_for_failure() {
    for retryable in [true, false] {
        let faulty = Faulty::with(json!({"fault": "fail", "retryable": retryable})).await;
        faulty.accepted().await;
        let failure = faulty.receiver.next_final().await.body["transcode"]["failure"].take();
        assert_eq!(
            (&failure["code"], &failure["retryable"]),
            (&json!("fault_injected"), &json!(retryable))
        );
    }
}

#[tokio::test]
async fn slow_takes_longer_and_ends_well() {
    let faulty = Faulty::with(json!({"fault": "slow", "delay_seconds": 2})).await;
    let begun = Instant::now();
    faulty.accepted().await;
    assert_eq!(faulty.receiver.next_final().await.kind, "transcode.completed");
    assert!(begun.elapsed() >= Duration::from_secs(2));
}

#[tokio::test]
async fn never_answers_stays_queued_and_lets_others_pass() {
    let faulty =
        Faulty::with(json!({"fault": "never_answers", "reference_prefix": "upload"})).await;
    let silent = faulty.accepted().await;
    assert_eq!(faulty.hand_over("other-1").await.0, StatusCode::ACCEPTED);
    let heard = faulty.receiver.next_final().await;
    assert_eq!(heard.body["transcode"]["reference"], "other-1");
    assert_eq!(faulty.vod.show(&silent).await["state"], "queued");
}

#[tokio::test]
async fn answer_twice_repeats_the_end_with_the_same_and_with_another_id() {
    let faulty = Faulty::with(json!({"fault": "answer_twice"})).await;
    faulty.accepted().await;
    let first = faulty.receiver.next_final().await;
    let second = faulty.receiver.next_final().await;
    let third = faulty.receiver.next_final().await;
    assert_eq!(first.event_id, second.event_id);
    assert_ne!(first.event_id, third.event_id);
    assert!([&first, &second, &third].iter().all(|heard| heard.kind == "transcode.completed"));
}

#[tokio::test]
async fn out_of_order_tells_progress_after_the_end() {
    let faulty = Faulty::with(json!({"fault": "out_of_order"})).await;
    faulty.accepted().await;
    let first = faulty.receiver.next().await;
    let second = faulty.receiver.next().await;
    assert_eq!(
        (first.kind.as_str(), second.kind.as_str()),
        ("transcode.completed", "transcode.progress")
    );
    assert_eq!(second.body["transcode"]["state"], "running");
    assert!(second.body["created_at"].as_str() < first.body["created_at"].as_str());
}

#[tokio::test]
async fn lose_webhook_leaves_the_truth_to_those_who_ask() {
    let faulty = Faulty::with(json!({"fault": "lose_webhook"})).await;
    let id = faulty.accepted().await;
    faulty.vod.until(&id, |one| one["state"] == "completed").await;
    assert!(faulty.receiver.rest().await.is_empty());
}

#[tokio::test]
async fn late_webhook_comes_after_the_truth() {
    let faulty = Faulty::with(json!({"fault": "late_webhook", "delay_seconds": 2})).await;
    let id = faulty.accepted().await;
    faulty.vod.until(&id, |one| one["state"] == "completed").await;
    assert!(faulty.receiver.rest().await.iter().all(|heard| heard.kind == "transcode.progress"));
    assert_eq!(faulty.receiver.next_final().await.kind, "transcode.completed");
}

#[tokio::test]
async fn sign_wrongly_and_sign_stale_do_so_in_every_attempt() {
    let faulty = Faulty::with(json!({"fault": "sign_wrongly"})).await;
    faulty.receiver.refuse(1);
    faulty.accepted().await;
    assert!(!faulty.receiver.next_final().await.proven);
    assert!(!faulty.receiver.next_final().await.proven);

    let faulty = Faulty::with(json!({"fault": "sign_stale"})).await;
    faulty.accepted().await;
    let heard = faulty.receiver.next_final().await;
    assert!(heard.proven && heard.age > 300);
}

#[tokio::test]
async fn corrupt_rendition_differs_in_one_byte_from_its_checksum() {
    let faulty = Faulty::with(json!({"fault": "corrupt_rendition"})).await;
    faulty.accepted().await;
    let (mut bytes, rendition) = faulty.first_rendition().await;
    assert_eq!(rendition["bytes"], json!(bytes.len()));
    assert_ne!(rendition["sha256"], json!(hex::encode(Sha256::digest(&bytes))));
    let middle = bytes.len() / 2;
    bytes[middle] = !bytes[middle];
    assert_eq!(rendition["sha256"], json!(hex::encode(Sha256::digest(&bytes))));
}

#[tokio::test]
async fn truncate_rendition_ends_in_the_middle() {
    let faulty = Faulty::with(json!({"fault": "truncate_rendition"})).await;
    faulty.accepted().await;
    let (bytes, rendition) = faulty.first_rendition().await;
    assert_eq!(rendition["bytes"].as_u64().unwrap() / 2, bytes.len() as u64);
}

#[tokio::test]
async fn expired_links_open_nothing_until_they_are_asked_for_again() {
    let faulty = Faulty::with(json!({"fault": "expired_links"})).await;
    let id = faulty.accepted().await;
    let (answer, _) = faulty.first_rendition().await;
    assert!(String::from_utf8_lossy(&answer).contains("link_invalid"));
    let shown = faulty.vod.show(&id).await;
    let fresh = shown["result"]["renditions"][0]["url"].as_str().unwrap();
    assert_eq!(http().get(fresh).send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn faults_are_taken_back_and_are_not_there_unless_asked_for() {
    let faulty = Faulty::with(json!({"fault": "fail"})).await;
    let (status, _) = faulty.vod.send(Method::DELETE, "/_faults", None, Vec::new()).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    faulty.accepted().await;
    assert_eq!(faulty.receiver.next_final().await.kind, "transcode.completed");

    let data = tempfile::tempdir().unwrap();
    let honest = Vod::start_with(data.path(), &[]);
    let body = br#"{"fault":"fail"}"#.to_vec();
    assert_eq!(honest.send(Method::PUT, "/_faults", None, body).await.0, StatusCode::NOT_FOUND);
}
