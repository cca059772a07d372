//! Every fault of the VOD service ends in the right state, in words, and can be mended.

use std::time::Duration;

use serde_json::{Value, json};
use studio::accounts::Role;
use tests::{Client, Harness, Vod, clips, mailbox, upload};

/// A creator whose clip has been handed in, beside a VOD service with a fault.
struct Story {
    harness: Harness,
    vod: Vod,
    creator: Client,
    email: String,
    upload: Value,
}

impl Story {
    async fn with(fault: &Value) -> Self {
        let (harness, vod) = Harness::start_with_vod().await;
        vod.fault(fault).await;
        let (creator, email) = harness.person("creator", &[Role::Creator]).await;
        let clip = clips::short_video().await;
        let upload = upload::whole(&creator, "clip.mp4", "video/mp4", &clip).await;
        Self { harness, vod, creator, email, upload }
    }

    async fn content(&self) -> Value {
        upload::content(&self.creator, &self.upload).await
    }

    /// Lets all retries and polls of the next hours happen, until the content stands in `state`.
    async fn until(&self, state: &str, at_most: Duration) -> Value {
        let mut passed = Duration::ZERO;
        loop {
            self.harness.run_until_settled(&self.vod).await;
            let content = self.content().await;
            if content["state"] == state {
                return content;
            }
            assert!(passed < at_most, "still {} after {passed:?}: {content}", content["state"]);
            self.harness.advance(Duration::from_secs(30)).await;
            passed += Duration::from_secs(30);
        }
    }

    /// Lets the hours pass in which the VOD service may answer, and sees that it did not.
    async fn pass_the_deadline(&self) {
        self.harness.run_until_idle().await;
        for _ in 0..8 {
            self.harness.advance(Duration::from_hours(1)).await;
            self.harness.run_until_idle().await;
        }
        let content = self.content().await;
        assert_eq!(content["state"], "failed", "{content}");
        assert_eq!(content["failure"]["code"], "transcode.timed_out", "{content}");
    }

    async fn published_once(&self) {
        let content = self.until("private", Duration::from_mins(30)).await;
        assert!(content["failure"].is_null(), "{content}");
        assert_eq!(mailbox::of(&self.email).await.len(), 1, "one mail");
    }
}

macro_rules! faults_that_cost_nothing {
    ($($name:ident: $fault:expr;)*) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            Story::with(&$fault).await.published_once().await;
        }
    )*};
}

faults_that_cost_nothing! {
    an_answer_that_comes_twice_counts_once: json!({ "fault": "answer_twice" });
    answers_out_of_order_do_not_undo_the_last: json!({ "fault": "out_of_order" });
    a_webhook_with_a_wrong_signature_changes_nothing_and_the_poll_finds_out: json!({ "fault": "sign_wrongly" });
    a_webhook_signed_long_ago_changes_nothing_and_the_poll_finds_out: json!({ "fault": "sign_stale" });
    a_refused_hand_off_is_tried_again: json!({ "fault": "refuse_handoff", "next": 2 });
    links_that_have_expired_are_asked_for_again: json!({ "fault": "expired_links", "next": 1 });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_webhook_costs_two_minutes_at_most() {
    let story = Story::with(&json!({ "fault": "lose_webhook" })).await;
    story.until("private", Duration::from_mins(2)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transcode_that_fails_is_told_in_words_and_the_creator_can_try_again() {
    let mut story = Story::with(&json!({ "fault": "fail", "next": 1 })).await;
    let content = story.until("failed", Duration::from_mins(30)).await;
    assert_eq!(content["failure"]["code"], "transcode.failed", "{content}");
    assert_eq!(content["failure"]["retryable"], true, "{content}");
    let id = content["id"].as_str().unwrap();
    story.creator.post(&format!("/v1/contents/{id}/retry"), &json!({})).await.expect(202);
    story.until("private", Duration::from_mins(30)).await;
    story.harness.allow_leftovers();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rendition_that_arrives_damaged_is_never_shown() {
    let mut story = Story::with(&json!({ "fault": "corrupt_rendition" })).await;
    let content = story.until("failed", Duration::from_hours(2)).await;
    assert_eq!(content["failure"]["code"], "transcode.damaged_result", "{content}");
    story.harness.allow_leftovers();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_never_answers_meets_its_deadline_and_ops_replay_from_that_step() {
    let mut story = Story::with(&json!({ "fault": "never_answers", "next": 1 })).await;
    story.pass_the_deadline().await;

    let ops = story.harness.ops().await;
    let runs = ops.get("/v1/ops/runs?state=failed").await.expect(200);
    let run = runs["items"][0]["id"].as_str().unwrap();
    let from = json!({ "from": "step", "step": "hand_off", "reason": "the service is back" });
    ops.post(&format!("/v1/ops/runs/{run}/retry"), &from).await.expect(200);
    story.until("private", Duration::from_mins(30)).await;
    story.harness.allow_leftovers();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transcode_that_stalls_meets_its_deadline_and_its_creator_tries_again() {
    let mut story = Story::with(&json!({ "fault": "stall", "next": 1 })).await;
    story.pass_the_deadline().await;
    let id = story.content().await["id"].as_str().unwrap().to_owned();
    story.creator.post(&format!("/v1/contents/{id}/retry"), &json!({})).await.expect(202);
    story.until("private", Duration::from_mins(30)).await;
    story.harness.allow_leftovers();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_dies_and_comes_back_costs_a_retry() {
    let (harness, vod) = Harness::start_with_vod().await;
    let creator = harness.creator().await;
    let uploaded =
        upload::whole(&creator, "clip.mp4", "video/mp4", &clips::short_video().await).await;
    let vod = vod.killed().await;
    harness.run_until_idle().await;
    let vod = vod.started_again().await;
    let story = Story { harness, vod, creator, email: String::new(), upload: uploaded };
    story.until("private", Duration::from_hours(1)).await;
}
