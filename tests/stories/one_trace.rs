//! One trace from the request through every step to the mail, as a collector receives it.

use std::{collections::BTreeSet, time::Duration};

use reqwest::Method;
use serde_json::json;
use studio::accounts::Role;
use tests::{
    Harness, clips, mailbox,
    otlp::{Receiver, Span},
    upload,
};

/// The trace that the caller began, and its span (<https://www.w3.org/TR/trace-context/>).
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_belongs_to_the_trace_of_the_request_that_led_to_it() {
    let receiver = Receiver::start().await;
    let export = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint.as_str()),
        ("OTEL_BSP_SCHEDULE_DELAY", "200"),
    ];
    let (harness, _vod) = Harness::start_with_vod_and(&export).await;
    let (creator, email) = harness.person("creator", &[Role::Creator]).await;
    let (api, base) = harness.api_process().await;
    let worker = harness.worker_process(&["all"]);

    let creator = creator.at(base);
    let clip = clips::short_video().await;
    let uploaded = upload::create(&creator, "clip.mp4", "video/mp4", &clip).await;
    upload::send(&creator, &uploaded, &clip).await;
    let complete = creator
        .request(Method::POST, &format!("{}/complete", upload::path(&uploaded)))
        .header("traceparent", format!("00-{TRACE}-{CALLER}-01"))
        .json(&json!({}));
    creator.send(complete).await.expect(202);
    mail_arrives(&email).await;
    harness.wait_until_nothing_is_due().await;
    // A process that stops sends what it still has.
    worker.stop().await;
    api.stop().await;

    let spans = receiver.trace(TRACE);
    let request = only(&spans, "POST /v1/uploads/{id}/complete");
    assert_eq!((request.parent.as_str(), request.service.as_str()), (CALLER, "creator-studio-api"));
    for step in steps() {
        let is_it = |span: &&Span| span.attributes.get("run.step").is_some_and(|s| s == step);
        assert_eq!(spans.iter().filter(is_it).count(), 1, "{step}: {spans:?}");
    }
    let mail = only(&spans, "notify.send_mail");
    assert_eq!(mail.service, "creator-studio-worker");
    every_span_hangs_on_another(&spans);
}

/// The steps that do work; the wait for the VOD service is none.
fn steps() -> [&'static str; 8] {
    [
        "check_parts",
        "assemble",
        "inspect",
        "probe",
        "hand_off",
        "store_renditions",
        "publish",
        "notify",
    ]
}

fn every_span_hangs_on_another(spans: &[Span]) {
    let ids: BTreeSet<_> = spans.iter().map(|span| span.id.as_str()).chain([CALLER]).collect();
    let loose: Vec<_> = spans.iter().filter(|span| !ids.contains(span.parent.as_str())).collect();
    assert!(loose.is_empty(), "{loose:?}");
}

fn only<'a>(spans: &'a [Span], name: &str) -> &'a Span {
    let named: Vec<_> = spans.iter().filter(|span| span.name == name).collect();
    assert_eq!(named.len(), 1, "one {name} among {:?}", names(spans));
    named[0]
}

fn names(spans: &[Span]) -> Vec<&str> {
    spans.iter().map(|span| span.name.as_str()).collect()
}

async fn mail_arrives(address: &str) {
    let arrived = async {
        while mailbox::of(address).await.is_empty() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), arrived)
        .await
        .expect("the creator is told by mail");
}
