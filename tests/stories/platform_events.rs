//! The platform is told of what others can see: with the change or not at all, in order, and never lost.

use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Executor;
use studio::{
    platform_events::{OutboxState, outbox_state},
    streams::Flow,
};
use tests::{
    Client, Harness, Vod, clips, eventually,
    halts::Halt,
    kafka::{self, Broker, Found},
    processes::free_port,
    streaming::Streaming,
    upload,
};

#[tokio::test(flavor = "multi_thread")]
async fn what_others_see_of_a_content_is_told_in_order() {
    let story = Story::begin().await;
    let relay = Streaming::relay(story.studio());
    story.act("publish").await;
    story.until_told(1).await;
    story.rename("Another title").await;
    story.until_told(2).await;
    story.act("unpublish").await;
    story.until_told(3).await;
    story.rename("A title that is nobody's business").await;
    story.act("publish").await;
    story.until_told(4).await;
    story.delete().await;
    story.until_told(5).await;
    story.act("restore").await;
    let told = story.until_told(6).await;
    relay.stop().await;

    let kinds: Vec<_> = told.iter().map(|found| found.payload["kind"].as_str().unwrap()).collect();
    let [published, changed, removed] =
        ["published", "changed", "removed"].map(|kind| format!("content.{kind}"));
    assert_eq!(kinds, [&published, &changed, &removed, &published, &removed, &published]);
    assert_eq!(told[0].payload["data"]["title"], "clip", "{told:?}");
    assert_eq!(told[1].payload["data"]["title"], "Another title", "{told:?}");
    assert_eq!(told[2].payload["data"]["reason"], "private", "{told:?}");
    assert!(told[2].payload["data"].get("title").is_none(), "its title is private again");
    assert_eq!(told[4].payload["data"]["reason"], "deleted", "{told:?}");
    assert!(told.iter().all(|found| found.key == story.content), "{told:?}");
    assert!(told.is_sorted_by_key(|found| found.payload["version"].as_i64()), "{told:?}");
    assert_eq!(story.outbox().await.sentence, "Every event has been sent.");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_its_creator_sees_is_told_to_nobody() {
    let story = Story::begin().await;
    story.rename("A diary").await;
    story.delete().await;
    story.act("restore").await;
    assert_eq!(story.outbox().await.waiting, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_content_that_is_public_when_ready_is_told_of_by_the_step_that_publishes_it() {
    let (harness, vod) = Harness::start_with_vod().await;
    let creator = harness.creator().await;
    let clip = clips::short_video().await;
    let file = json!({
        "file_name": "clip.mp4", "size_bytes": clip.len(), "media_type": "video/mp4", "when_ready": "public",
    });
    let created = creator.post("/v1/uploads", &file).await.expect(201);
    upload::send(&creator, &created, &clip).await;
    upload::complete(&creator, &created).await;
    assert_eq!(outbox_state(&harness.studio).await.unwrap().waiting, 0, "it is not ready yet");
    harness.run_until_settled(&vod).await;
    assert_eq!(outbox_state(&harness.studio).await.unwrap().waiting, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_does_not_commit_tells_nobody() {
    let story = Story::begin().await;
    let refuse = "create function refuse() returns trigger language plpgsql as
            $$ begin raise exception 'this test lets nothing commit'; end $$;
        create constraint trigger refuse after update on contents deferrable initially deferred
            for each row execute function refuse()";
    story.studio().db.execute(refuse).await.unwrap();
    let answer = story.creator.post(&story.path("publish"), &json!({})).await;
    assert_eq!(answer.status.as_u16(), 500, "it reached the commit, which failed");
    assert_eq!(story.outbox().await.waiting, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_kafka_is_away_one_event_of_each_content_waits_and_then_goes_out() {
    let folder = tempfile::tempdir().unwrap();
    let broker = Broker::start(folder.path()).await;
    let address = broker.address();
    let story = Story::begin_with(&[("CREATOR_STUDIO_KAFKA_BROKERS", &address)]).await;
    let relay = Streaming::relay(story.studio());
    story.until_outbox(|outbox| outbox.state == Flow::Up).await;
    broker.gate.shut();
    story.act("publish").await;
    for title in ["One", "Two", "Three"] {
        story.rename(title).await;
    }
    let outbox = story.until_outbox(|outbox| outbox.state == Flow::Down).await;
    assert_eq!(outbox.waiting, 1, "{outbox:?}");
    assert!(outbox.sentence.contains("1 event waits, and nothing is lost"), "{outbox:?}");
    broker.gate.open();
    story.until_outbox(|outbox| outbox.state == Flow::Up && outbox.waiting == 0).await;
    let told = story.told().await;
    broker.gate.shut();
    story.rename("Four").await;
    relay.stop().await; // what it could not send waits for the next one
    assert_eq!(story.outbox().await.waiting, 1);
    let last = &told.last().unwrap().payload;
    assert_eq!(last["kind"], "content.published", "{told:?}");
    assert_eq!(last["data"]["title"], "Three", "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_while_an_event_is_on_its_way_is_told_after_it() {
    let story = Story::begin().await;
    story.act("publish").await;
    let mut halt = Halt::before_delete(story.harness.database(), "platform_event_outbox").await;
    let worker = story.harness.worker_process(&["streams"]);
    halt.reached().await;
    story.until_told(1).await;
    tokio::join!(story.rename("A title that came meanwhile"), halt.let_go());
    let told = story.until_told(2).await;
    assert_eq!(told[1].payload["data"]["title"], "A title that came meanwhile", "{told:?}");
    story.until_outbox(|outbox| outbox.waiting == 0).await;
    assert!(worker.stop().await.success(), "a worker that is asked to stop does");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_killed_after_sending_leaves_the_event_to_be_sent_again() {
    let story = Story::begin().await;
    story.act("publish").await;
    let mut halt = Halt::before_delete(story.harness.database(), "platform_event_outbox").await;
    let worker = story.harness.worker_process(&["streams"]);
    halt.reached().await;
    worker.kill().await;
    halt.let_go_after_kill().await;
    story.until_told(1).await;

    let worker = story.harness.worker_process(&["streams"]);
    let told = story.until_told(2).await;
    story.until_outbox(|outbox| outbox.waiting == 0).await;
    assert!(worker.stop().await.success(), "a worker that is asked to stop does");
    assert_eq!(told[0].payload, told[1].payload, "the same event, by which others know that it is");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_workers_one_sends_and_each_event_goes_out_once() {
    let story = Story::begin().await;
    let workers =
        [story.harness.worker_process(&["streams"]), story.harness.worker_process(&["streams"])];
    story.act("publish").await;
    for number in 1..=10 {
        story.rename(&format!("Title {number}")).await;
    }
    let told = eventually("the last title is told", async || {
        let told = story.told().await;
        told.last().is_some_and(|last| last.payload["data"]["title"] == "Title 10").then_some(told)
    })
    .await;
    story.until_outbox(|outbox| outbox.waiting == 0).await;
    for worker in workers {
        assert!(worker.stop().await.success(), "a worker that is asked to stop does");
    }
    let mut ids: Vec<_> = told.iter().map(|found| found.payload["id"].to_string()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), told.len(), "{told:?}");
    assert!(told.is_sorted_by_key(|found| found.payload["version"].as_i64()), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_kafka_everything_else_goes_on_and_the_outbox_waits() {
    let story = Story::begin_with(&[("CREATOR_STUDIO_KAFKA_BROKERS", "")]).await;
    story.creator.post(&story.path("publish"), &json!({})).await.expect(200);
    let outbox = story.outbox().await;
    assert_eq!((outbox.state, outbox.waiting), (Flow::Off, 1), "{outbox:?}");
    let mut worker = story.harness.worker_process(&["all"]);
    story.harness.wait_until_nothing_is_due().await;
    assert!(worker.is_running());
    assert!(worker.stop().await.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_shows_how_much_waits_and_whether_it_flows() {
    let story = Story::begin().await;
    story.act("publish").await;
    let listen = format!("127.0.0.1:{}", free_port());
    let _worker = story.harness.worker_process_with(&["default"], &[("METRICS_LISTEN", &listen)]);
    let figures = [
        "creator_studio_outbox_waiting 1",
        "creator_studio_outbox_oldest_seconds ",
        r#"creator_studio_stream_up{stream="platform_events"} 0"#,
        r#"creator_studio_stream_up{stream="engagement_events"} 0"#,
    ];
    eventually("the figures are there", async || {
        let page =
            reqwest::get(format!("http://{listen}/metrics")).await.ok()?.text().await.ok()?;
        figures.iter().all(|figure| page.contains(figure)).then_some(())
    })
    .await;
}

/// A private content that is ready, and its creator.
struct Story {
    harness: Harness,
    vod: Vod,
    creator: Client,
    content: String,
}

impl Story {
    async fn begin() -> Self {
        Self::begin_with(&[]).await
    }

    async fn begin_with(settings: &[(&str, &str)]) -> Self {
        let (harness, vod) = Harness::start_with_vod_and(settings).await;
        let creator = harness.creator().await;
        let clip = clips::short_video().await;
        let uploaded = upload::whole(&creator, "clip.mp4", "video/mp4", &clip).await;
        harness.run_until_settled(&vod).await;
        let content = upload::content(&creator, &uploaded).await;
        assert_eq!(content["state"], "private", "{content}");
        let content = content["id"].as_str().unwrap().to_owned();
        Self { harness, vod, creator, content }
    }

    fn studio(&self) -> &studio::Studio {
        &self.harness.studio
    }

    fn path(&self, action: &str) -> String {
        format!("/v1/contents/{}/{action}", self.content)
    }

    async fn act(&self, action: &str) {
        self.creator.post(&self.path(action), &json!({})).await.expect(200);
        self.harness.run_until_settled(&self.vod).await;
    }

    async fn delete(&self) {
        self.creator.delete(&format!("/v1/contents/{}", self.content)).await.expect(200);
        self.harness.run_until_settled(&self.vod).await;
    }

    async fn rename(&self, title: &str) -> Value {
        let path = format!("/v1/contents/{}", self.content);
        let now = self.creator.get(&path).await;
        let etag = now.headers["etag"].to_str().unwrap().to_owned();
        let edit = self.creator.request(Method::PATCH, &path).header("If-Match", etag);
        self.creator.send(edit.json(&json!({ "title": title }))).await.expect(200)
    }

    /// What lies in Kafka for the platform.
    async fn told(&self) -> Vec<Found> {
        let kafka = &self.studio().config.kafka;
        kafka::all(kafka.brokers.as_deref().unwrap(), &kafka.platform_topic).await
    }

    async fn until_told(&self, events: usize) -> Vec<Found> {
        let told = async || Some(self.told().await).filter(|told| told.len() >= events);
        eventually("the platform is told", told).await
    }

    async fn outbox(&self) -> OutboxState {
        outbox_state(self.studio()).await.unwrap()
    }

    async fn until_outbox(&self, wanted: impl Fn(&OutboxState) -> bool) -> OutboxState {
        let state = async || Some(self.outbox().await).filter(&wanted);
        eventually("the outbox says how it is", state).await
    }
}
