//! The pipeline of figures, as staff see it.

use chrono::{DateTime, NaiveDate, Utc};
use poem::web::Data;
use poem_openapi::{Enum, Object, OpenApi, param::Query, payload::Json};
use studio::{
    Studio,
    analytics::{
        intake::{self, Origin, RejectedCount, RejectedEvent},
        pipeline::{self, DayState, PipelineDay},
        shard,
    },
    page::PageRequest,
    platform_events::{self, OutboxState},
    streams::{self, Flow, StreamState},
};

use super::Area;
use crate::{
    Problem,
    analytics::FreshnessView,
    auth::{OpsRead, Permit},
};

/// The resource.
pub struct Analytics;

/// How far a day is.
#[derive(Debug, Enum)]
#[oai(rename = "RollupDayState", rename_all = "snake_case")]
enum StateView {
    /// It is not over, or not closed yet.
    Open,
    /// It is being counted.
    Counting,
    /// It is final.
    Counted,
    /// It should be final, and is not.
    Late,
    /// It is final and is being corrected.
    Correcting,
}

/// Whether events flow.
#[derive(Debug, Enum)]
#[oai(rename_all = "snake_case")]
enum LinkState {
    /// No brokers are configured.
    Off,
    /// They flow.
    Up,
    /// They should, and do not.
    Down,
}

impl From<Flow> for LinkState {
    fn from(flow: Flow) -> Self {
        match flow {
            Flow::Off => Self::Off,
            Flow::Up => Self::Up,
            Flow::Down => Self::Down,
        }
    }
}

/// How an event came.
#[derive(Debug, Enum)]
#[oai(rename_all = "snake_case")]
enum EventOrigin {
    /// From a player.
    Http,
    /// From the platform.
    Stream,
}

impl From<Origin> for EventOrigin {
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::Http => Self::Http,
            Origin::Stream => Self::Stream,
        }
    }
}

/// A day of the pipeline.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct RollupDay {
    /// The UTC day.
    date: NaiveDate,
    /// How far it is.
    state: StateView,
    /// Shards that are counted.
    shards_done: i64,
    /// Shards that there are.
    shards_total: i64,
    /// Events counted or set aside.
    events: i64,
    /// Events set aside.
    set_aside_events: i64,
    /// How often late events marked it since it was counted.
    late_marks: i64,
    /// When its newest shard was counted.
    counted_at: Option<DateTime<Utc>>,
    /// The run that counted it last (`run_…`).
    run_id: Option<String>,
}

impl From<PipelineDay> for RollupDay {
    fn from(day: PipelineDay) -> Self {
        Self {
            date: day.day,
            state: match day.state {
                DayState::Open => StateView::Open,
                DayState::Counting => StateView::Counting,
                DayState::Counted => StateView::Counted,
                DayState::Late => StateView::Late,
                DayState::Correcting => StateView::Correcting,
            },
            shards_done: day.shards_done,
            shards_total: i64::from(shard::SHARDS),
            events: day.events,
            set_aside_events: day.set_aside_events,
            late_marks: day.late_marks,
            counted_at: day.counted_at,
            run_id: day.run.map(|run| run.to_string()),
        }
    }
}

/// How often events were rejected for one reason on one day.
#[derive(Debug, Object)]
#[oai(rename = "RejectedCount")]
struct RejectedCountView {
    /// The UTC day on which they came.
    date: NaiveDate,
    /// How they came.
    origin: EventOrigin,
    /// The reason.
    code: String,
    /// How many.
    count: i64,
}

impl From<RejectedCount> for RejectedCountView {
    fn from(count: RejectedCount) -> Self {
        Self { date: count.day, origin: count.origin.into(), code: count.code, count: count.count }
    }
}

/// How the stream of events does.
#[derive(Debug, Object)]
#[oai(rename = "StreamState", skip_serializing_if_is_none)]
struct StreamView {
    /// Whether it flows.
    state: LinkState,
    /// Messages that wait to be read, where that is known.
    waiting_messages: Option<i64>,
    /// Since when it is so.
    since: Option<DateTime<Utc>>,
    /// All of it in words.
    sentence: String,
}

impl From<StreamState> for StreamView {
    fn from(stream: StreamState) -> Self {
        Self {
            state: stream.state.into(),
            waiting_messages: stream.waiting_messages,
            since: stream.since,
            sentence: stream.sentence,
        }
    }
}

/// How the outbox of platform events does.
#[derive(Debug, Object)]
#[oai(rename = "OutboxState")]
struct OutboxView {
    /// Whether it flows.
    state: LinkState,
    /// Events that wait to be sent.
    waiting: i64,
    /// For how many seconds the oldest has waited.
    oldest_seconds: f64,
    /// All of it in words.
    sentence: String,
}

impl From<OutboxState> for OutboxView {
    fn from(outbox: OutboxState) -> Self {
        Self {
            state: outbox.state.into(),
            waiting: outbox.waiting,
            oldest_seconds: outbox.oldest_seconds,
            sentence: outbox.sentence,
        }
    }
}

/// A rule by which events are set aside.
#[derive(Debug, Object)]
struct RuleRow {
    /// Its name.
    rule: String,
    /// What it says.
    sentence: String,
    /// Events that it set aside on the newest complete day.
    events: i64,
}

/// The pipeline of figures.
#[derive(Debug, Object)]
struct OpsAnalytics {
    /// How far the whole platform is complete.
    freshness: FreshnessView,
    /// The last five weeks, the newest day first.
    days: Vec<RollupDay>,
    /// What was rejected in the last seven days.
    rejected: Vec<RejectedCountView>,
    /// Events that come by stream.
    stream: StreamView,
    /// Events that go out.
    outbox: OutboxView,
    /// The declared rules.
    rules: Vec<RuleRow>,
}

/// A rejected event to look at.
#[derive(Debug, Object)]
#[oai(rename = "RejectedEvent")]
struct RejectedEventView {
    /// Its own id, given when it was rejected.
    id: String,
    /// When that was.
    at: DateTime<Utc>,
    /// How it came.
    origin: EventOrigin,
    /// The reason.
    code: String,
    /// What was wrong with it.
    detail: String,
    /// Its first 500 characters.
    sample: String,
}

impl From<RejectedEvent> for RejectedEventView {
    fn from(event: RejectedEvent) -> Self {
        Self {
            id: event.id.to_string(),
            at: event.rejected_at,
            origin: event.origin.into(),
            code: event.code,
            detail: event.detail,
            sample: event.sample,
        }
    }
}

/// A page of rejected events.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct RejectedEventPage {
    /// The events, the newest first.
    items: Vec<RejectedEventView>,
    /// Where the next page begins; none at the end.
    next_cursor: Option<String>,
}

#[OpenApi(prefix_path = "/v1/ops", tag = "Area::Analytics")]
impl Analytics {
    /// Show the pipeline of figures
    #[oai(path = "/analytics", method = "get", operation_id = "ops.analytics")]
    async fn show(
        &self,
        _auth: Permit<OpsRead>,
        studio: Data<&Studio>,
    ) -> Result<Json<OpsAnalytics>, Problem> {
        let pipeline = pipeline::pipeline(&studio).await?;
        let rules = pipeline.rules.into_iter().map(|(rule, events)| RuleRow {
            rule: rule.name.to_owned(),
            sentence: rule.sentence.to_owned(),
            events,
        });
        Ok(Json(OpsAnalytics {
            freshness: pipeline.freshness.into(),
            days: pipeline.days.into_iter().map(Into::into).collect(),
            rejected: pipeline.rejected.into_iter().map(Into::into).collect(),
            stream: streams::stream_state(&studio).await?.into(),
            outbox: platform_events::outbox_state(&studio).await?.into(),
            rules: rules.collect(),
        }))
    }

    /// List rejected events
    ///
    /// A sample: the newest hundred of each reason.
    #[oai(path = "/analytics/rejected", method = "get", operation_id = "ops.rejected_events")]
    async fn rejected(
        &self,
        _auth: Permit<OpsRead>,
        studio: Data<&Studio>,
        /// For this reason.
        #[oai(validator(max_length = 100, pattern = r"^[^\x00]*$"))]
        code: Query<Option<String>>,
        /// From the page before.
        cursor: Query<Option<String>>,
        /// The most items, up to 100.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<RejectedEventPage>, Problem> {
        let page = PageRequest::parse(cursor.as_deref(), limit.0)?;
        let page = intake::samples(&studio, code.as_deref(), &page).await?.map(Into::into);
        Ok(Json(RejectedEventPage { items: page.items, next_cursor: page.next_cursor }))
    }
}
