//! Engagement events that come by Kafka: what was read is committed after what it says, so nothing is lost
//! whoever dies or goes away.

use std::collections::BTreeSet;

use studio::streams::{Flow, StreamState, stream_state};
use tests::{
    Harness, eventually,
    halts::Halt,
    kafka::{self, Broker},
    streaming::{self, Streaming, taken},
};

#[tokio::test(flavor = "multi_thread")]
async fn every_event_is_taken_in_and_a_new_reader_goes_on_behind_the_last() {
    let story = Story::begin().await;
    let reader = Streaming::consume(story.studio());
    story.send(0..2_500).await;
    story.until_taken(0..2_500).await;
    reader.stop().await;

    let reader = Streaming::consume(story.studio());
    story.send(2_500..2_600).await;
    story.until_taken(0..2_600).await;
    reader.stop().await;
    let twice = taken(story.studio()).await.into_iter().find(|(_, times)| *times > 1);
    assert_eq!(twice, None, "readers that stop in order leave nothing to read again");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_in_now_is_read_again_until_it_can() {
    let story = Story::begin_without_room().await;
    let reader = Streaming::consume(story.studio());
    story.send(0..100).await;
    let stuck = story.until_state(|state| state.state == Flow::Down && state.since.is_some()).await;
    assert!(stuck.sentence.contains("goes on by itself"), "{stuck:?}");
    streaming::make_room(story.studio()).await;
    story.until_taken(0..100).await;
    story.until_state(|state| state.state == Flow::Up && state.waiting_messages == Some(0)).await;
    reader.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payload_that_means_nothing_stops_nobody() {
    let story = Story::begin().await;
    let reader = Streaming::consume(story.studio());
    let meaningless = [Vec::new(), vec![0xff, 0xfe, 0x00], vec![b'{'; 200_000]];
    kafka::send(story.brokers(), story.topic(), &meaningless).await;
    story.send(0..10).await;
    eventually("all of them are taken in", async || {
        (taken(story.studio()).await.len() == 13).then_some(())
    })
    .await;
    reader.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_killed_while_it_takes_events_in_loses_none() {
    let story = Story::begin().await;
    let place = "new.payload = 'event 00020'::bytea";
    let mut halt = Halt::before_insert(story.harness.database(), "taken", place).await;
    let reader = story.harness.reader_process();
    story.send(0..50).await;
    halt.reached().await;
    reader.kill().await;
    halt.let_go_after_kill().await;

    let reader = story.harness.reader_process();
    story.send(50..60).await;
    story.until_taken(0..60).await;
    reader.kill().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_share_the_events_and_one_that_leaves_leaves_them_to_the_others() {
    let story = Story::begin().await;
    let (first, second) = (Streaming::consume(story.studio()), Streaming::consume(story.studio()));
    story.send(0..500).await;
    story.until_taken(0..500).await;
    first.stop().await;
    story.send(500..1_000).await;
    story.until_taken(0..1_000).await;
    second.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_kafka_is_away_the_stream_says_so_and_then_goes_on_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let broker = Broker::start(folder.path()).await;
    let address = broker.address();
    let harness = Harness::start_with(&[("CREATOR_STUDIO_KAFKA_BROKERS", &address)]).await;
    let story = Story::with(harness).await;
    let reader = Streaming::consume(story.studio());
    story.send(0..10).await;
    story.until_taken(0..10).await;
    broker.gate.shut();
    story.until_state(|state| state.state == Flow::Down).await;
    broker.gate.open();
    story.send(10..20).await;
    story.until_taken(0..20).await;
    story.until_state(|state| state.state == Flow::Up).await;
    broker.gate.shut();
    reader.stop().await; // also a reader that cannot say goodbye stops
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_speaks_of_kafka_only_where_it_is_configured() {
    let with = Harness::start().await;
    let body = with.anonymous().get("/readyz").await.expect(200);
    assert_eq!(body["dependencies"]["kafka"]["state"], "up", "{body}");
    let without = Harness::start_with(&[("CREATOR_STUDIO_KAFKA_BROKERS", "")]).await;
    let body = without.anonymous().get("/readyz").await.expect(200);
    assert!(body["dependencies"].get("kafka").is_none(), "{body}");
    let state = stream_state(&without.studio).await.unwrap();
    assert_eq!((state.state, state.waiting_messages), (Flow::Off, None), "{state:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_nobody_reads_is_down() {
    let harness = Harness::start().await;
    let state = stream_state(&harness.studio).await.unwrap();
    assert_eq!(state.state, Flow::Down);
    assert!(state.sentence.contains("No worker reads the stream"), "{state:?}");
}

/// A studio with a topic of four partitions, and room for what is read from it.
struct Story {
    harness: Harness,
}

impl Story {
    async fn begin() -> Self {
        Self::with(Harness::start().await).await
    }

    async fn begin_without_room() -> Self {
        let story = Self { harness: Harness::start().await };
        kafka::create_topic(story.brokers(), story.topic(), 4).await;
        story
    }

    async fn with(harness: Harness) -> Self {
        let story = Self { harness };
        kafka::create_topic(story.brokers(), story.topic(), 4).await;
        streaming::make_room(story.studio()).await;
        story
    }

    fn studio(&self) -> &studio::Studio {
        &self.harness.studio
    }

    fn brokers(&self) -> &str {
        self.studio().config.kafka.brokers.as_deref().unwrap()
    }

    fn topic(&self) -> &str {
        &self.studio().config.kafka.events_topic
    }

    async fn send(&self, numbers: std::ops::Range<u32>) {
        kafka::send(self.brokers(), self.topic(), &events(numbers).collect::<Vec<_>>()).await;
    }

    /// Waits until exactly these have been taken in, however often.
    async fn until_taken(&self, numbers: std::ops::Range<u32>) {
        let wanted: BTreeSet<_> = events(numbers).collect();
        let all = async || {
            let taken: BTreeSet<_> =
                taken(self.studio()).await.into_iter().map(|(payload, _)| payload).collect();
            (taken == wanted).then_some(())
        };
        eventually("the events are taken in", all).await;
    }

    async fn until_state(&self, wanted: impl Fn(&StreamState) -> bool) -> StreamState {
        let state = async || Some(stream_state(self.studio()).await.unwrap()).filter(&wanted);
        eventually("the stream says how it is", state).await
    }
}

fn events(numbers: std::ops::Range<u32>) -> impl Iterator<Item = Vec<u8>> {
    numbers.map(|number| format!("event {number:05}").into_bytes())
}
