//! Figures equal a naive recount of the events: whatever came twice, late, in disorder or was cut off, and however
//! often and concurrently days were counted.

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};
use studio::{
    analytics::rollup::{self, RollUpDay},
    ids::ContentId,
};
use tests::{
    Harness,
    channel::{Channel, event_id, moment_of},
    recount,
};

/// How many histories.
const HISTORIES: usize = 8;
/// The days of a history.
const DAYS: i64 = 4;

/// What somebody does, by numbers that stand for one of few works, viewers, values: so that they meet.
#[derive(Debug, Clone)]
struct Deed {
    day: i64,
    second: i64,
    work: usize,
    viewer: u8,
    kind: usize,
    value: usize,
    watched: u32,
    position: u32,
}

/// What happens in a history.
#[derive(Debug, Clone)]
enum Happening {
    /// Some events come: of these deeds, as far as they have happened.
    Events(Vec<prop::sample::Index>),
    /// The same, cut off after some microseconds and sent again.
    CutOff(Vec<prop::sample::Index>, u64),
    /// A view is repeated more often than the rules allow.
    Storm(prop::sample::Index),
    /// A day passes.
    Midnight,
    /// What is due is counted, by two at once.
    Count,
    /// A count that does not live to its commit.
    Stillborn(i64, i16),
    /// A day is counted once more for no reason.
    Again(i64),
}

fn deed() -> impl Strategy<Value = Deed> {
    (0..DAYS, 0..86_400i64, 0..4usize, 0..14u8, 0..9usize, 0..7usize, 0..=120u32, 0..130u32)
        .prop_map(|(day, second, work, viewer, kind, value, watched, position)| Deed {
            day,
            second,
            work,
            viewer,
            kind,
            value,
            watched,
            position,
        })
}

fn happening() -> impl Strategy<Value = Happening> {
    let some = || prop::collection::vec(any::<prop::sample::Index>(), 1..120);
    prop_oneof![
        6 => some().prop_map(Happening::Events),
        2 => (some(), 0..30_000u64).prop_map(|(some, cut)| Happening::CutOff(some, cut)),
        1 => any::<prop::sample::Index>().prop_map(Happening::Storm),
        3 => Just(Happening::Midnight),
        3 => Just(Happening::Count),
        1 => (0..DAYS, 0..8i16).prop_map(|(day, shard)| Happening::Stillborn(day, shard)),
        1 => (0..DAYS).prop_map(Happening::Again),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_equal_a_naive_recount_of_any_history() {
    let mut runner = TestRunner::new(Config::default());
    let histories = (prop::collection::vec(deed(), 250), prop::collection::vec(happening(), 8..20));
    for _ in 0..HISTORIES {
        let (deeds, happenings) = histories.new_tree(&mut runner).expect("a history").current();
        let mut story = Story::begin(deeds).await;
        for happening in &happenings {
            story.live_through(happening).await;
        }
        story.end(&happenings).await;
    }
}

struct Story {
    harness: Harness,
    works: Vec<ContentId>,
    creators: BTreeMap<String, String>,
    first_day: NaiveDate,
    deeds: Vec<Deed>,
    /// Whatever was sent and answered, each id once.
    sent: BTreeMap<String, Value>,
}

impl Story {
    async fn begin(deeds: Vec<Deed>) -> Self {
        let harness = Harness::start().await;
        let (mut works, mut creators) = (Vec::new(), BTreeMap::new());
        for _ in 0..2 {
            let channel = Channel::open(&harness, 2).await;
            for work in channel.works {
                creators.insert(work.to_string(), channel.creator.to_string());
                works.push(work);
            }
        }
        let first_day = harness.now().await.date_naive();
        Self { harness, works, creators, first_day, deeds, sent: BTreeMap::new() }
    }

    async fn live_through(&mut self, happening: &Happening) {
        match happening {
            Happening::Events(some) => {
                let events = self.happened(some).await;
                self.send(&events).await;
            }
            Happening::CutOff(some, after) => {
                let events = self.happened(some).await;
                let sending = self.harness.take_in(&events);
                let _ = tokio::time::timeout(Duration::from_micros(*after), sending).await;
                self.send(&events).await;
            }
            Happening::Storm(which) => {
                let storm = self.storm(which).await;
                self.send(&storm).await;
            }
            Happening::Midnight => self.harness.advance(Duration::from_hours(24)).await,
            Happening::Count => {
                let studio = &self.harness.studio;
                let (a, b, c) = tokio::join!(
                    rollup::close_days(studio),
                    rollup::close_days(studio),
                    rollup::recount_late(studio)
                );
                a.and(b).and(c).expect("days are closed and late ones claimed");
                self.harness.count().await;
                self.compare("after a count").await;
            }
            Happening::Stillborn(day, shard) if self.is_closed(self.day(*day)).await => {
                let mut tx = self.harness.studio.db.begin().await.unwrap();
                rollup::count_shard(&mut tx, self.day(*day), *shard).await.unwrap();
                tx.rollback().await.unwrap();
            }
            Happening::Stillborn(..) => {}
            Happening::Again(day) => self.count_again(self.day(*day)).await,
        }
    }

    /// Everything is counted in the end, and counting once more changes no row.
    async fn end(mut self, happenings: &[Happening]) {
        let all: Vec<_> = (0..self.deeds.len()).collect();
        self.harness.advance(Duration::from_hours(24 * u64::try_from(DAYS).unwrap())).await;
        let events: Vec<Value> = all.iter().map(|n| self.event(*n)).collect();
        self.send(&events).await;
        self.harness.count().await;
        self.compare(&format!("in the end of {happenings:?}")).await;
        let before = self.newest_row().await;
        for day in 0..DAYS {
            self.count_again(self.day(day)).await;
        }
        assert_eq!(self.newest_row().await, before, "counting once more changes no row");
        let told = recount::too_few_behind(&self.harness.studio.db).await;
        assert!(told.is_empty(), "too few people stand behind {told:?}");
    }

    fn day(&self, n: i64) -> NaiveDate {
        self.first_day + TimeDelta::days(n)
    }

    /// Only closed days: another count of an open one would be final too early.
    async fn count_again(&self, day: NaiveDate) {
        if self.is_closed(day).await {
            let mut tx = self.harness.studio.db.begin().await.unwrap();
            let again = RollUpDay { day, shards: (0..8).collect() };
            jobs::workflow::start(&mut tx, &again).await.unwrap();
            tx.commit().await.unwrap();
            self.harness.run_until_idle().await;
        }
    }

    async fn is_closed(&self, day: NaiveDate) -> bool {
        let closed = "select exists (select from analytics_days where day = $1)";
        sqlx::query_scalar(closed).bind(day).fetch_one(&self.harness.studio.db).await.unwrap()
    }

    async fn happened(&self, some: &[prop::sample::Index]) -> Vec<Value> {
        let now = self.harness.now().await;
        let events = some.iter().map(|index| self.event(index.index(self.deeds.len())));
        events.filter(|event| moment_of(event).at() <= now).collect()
    }

    async fn storm(&self, which: &prop::sample::Index) -> Vec<Value> {
        let n = which.index(self.deeds.len());
        let now = self.harness.now().await;
        let views = (0..55).map(|i| {
            let mut view = self.event(n);
            let at = moment_of(&view).at() + TimeDelta::milliseconds(i);
            view["id"] =
                json!(event_id(at, 1_000_000 + 100 * n as u128 + u128::try_from(i).unwrap()));
            view["kind"] = json!("view");
            if let Some(view) = view.as_object_mut() {
                view.remove("watched_seconds");
            }
            view
        });
        views.filter(|view| moment_of(view).at() <= now).collect()
    }

    async fn send(&mut self, events: &[Value]) {
        self.harness.take_in(events).await;
        for event in events {
            self.sent
                .entry(event["id"].as_str().unwrap().to_owned())
                .or_insert_with(|| event.clone());
        }
    }

    fn event(&self, n: usize) -> Value {
        let deed = &self.deeds[n];
        let kinds = [
            "view",
            "view",
            "view",
            "watch_progress",
            "watch_progress",
            "like",
            "unlike",
            "share",
            "subscribe",
        ];
        let pick = |from: &[&str]| from[deed.value % from.len()].to_owned();
        let mut event = json!({
            "id": event_id(at(self.day(deed.day), deed.second), n as u128),
            "content": self.works[deed.work],
            "viewer": format!("viewer {}", deed.viewer),
            "session": uuid::Uuid::from_u128(n as u128),
            "kind": kinds[deed.kind],
            "country": pick(&["DE", "US", "FR"]),
            "device": if n.is_multiple_of(40) { "bot".to_owned() } else { pick(&["phone", "tv"]) },
            "source": pick(&["search", "browse", "external", "other"]),
            "age_group": pick(&["18-24", "25-34", "65+", "unknown"]),
            "gender": pick(&["male", "female"]),
        });
        if kinds[deed.kind] == "watch_progress" {
            event["watched_seconds"] = json!(deed.watched);
            event["position_seconds"] = json!(deed.position);
        }
        event
    }

    /// Days that are not over are in neither.
    async fn compare(&self, when: &str) {
        let today = self.harness.now().await.date_naive();
        let over = self.sent.iter().filter(|(_, event)| moment_of(event).day < today);
        let over = over.map(|(id, event)| (id.clone(), event.clone())).collect();
        let expected = recount::of(&over, &self.creators);
        let served = recount::served(&self.harness.studio.db).await;
        let different: Vec<_> = expected
            .keys()
            .chain(served.keys())
            .filter(|name| expected.get(*name) != served.get(*name))
            .map(|name| (name, expected.get(name), served.get(name)))
            .collect();
        assert!(different.is_empty(), "{when}: (figure, recounted, served) {different:#?}");
    }

    /// The newest transaction that wrote a figure.
    async fn newest_row(&self) -> i64 {
        let newest = "select max(xmin::text::int8) from (
            select xmin from content_daily union all select xmin from creator_daily
            union all select xmin from content_totals union all select xmin from audience_daily
            union all select xmin from retention_daily union all select xmin from set_aside_daily) as rows";
        sqlx::query_scalar(newest).fetch_one(&self.harness.studio.db).await.unwrap()
    }
}

fn at(day: NaiveDate, second: i64) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::seconds(second)
}
