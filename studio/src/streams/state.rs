//! [`stream_state`]: whether the engagement events flow, in a sentence for staff.

use chrono::{DateTime, Utc};

use super::{Stream, report_store};
use crate::{Result, Studio};

/// A report older than this says that nobody reports any more.
const SILENCE_SECONDS: f64 = 30.0;

/// Whether a stream flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// No brokers are configured.
    Off,
    /// It flows.
    Up,
    /// It should, and does not.
    Down,
}

/// How the engagement events come in.
#[derive(Debug, Clone)]
pub struct StreamState {
    /// Whether they do.
    pub state: Flow,
    /// How many messages the product has not taken in yet, when that was last known.
    pub waiting_messages: Option<i64>,
    /// Since when it is so.
    pub since: Option<DateTime<Utc>>,
    /// The same in words.
    pub sentence: String,
}

/// How the engagement events come in, as the worker that reads them last reported.
///
/// # Errors
/// Postgres is away.
pub async fn stream_state(studio: &Studio) -> Result<StreamState> {
    Ok(match standing(studio, Stream::EngagementEvents).await? {
        Standing::Off => StreamState {
            state: Flow::Off,
            waiting_messages: None,
            since: None,
            sentence: "Kafka is not configured; events come by HTTP alone.".to_owned(),
        },
        Standing::Silent { since } => StreamState {
            state: Flow::Down,
            waiting_messages: None,
            since,
            sentence: "No worker reads the stream. Its events wait in Kafka; a worker that serves \
                the pool `streams` takes them in."
                .to_owned(),
        },
        Standing::Stuck { since, problem, waiting_messages } => StreamState {
            state: Flow::Down,
            waiting_messages,
            since: Some(since),
            sentence: format!(
                "The stream stands still, and goes on by itself. Nothing is lost. ({problem})"
            ),
        },
        Standing::Flows { since, waiting_messages } => StreamState {
            state: Flow::Up,
            waiting_messages,
            since: Some(since),
            sentence: flowing(waiting_messages),
        },
    })
}

fn flowing(waiting: Option<i64>) -> String {
    match waiting {
        None | Some(0) => "Every event of the stream has been taken in.".to_owned(),
        Some(1) => "1 event of the stream waits to be taken in.".to_owned(),
        Some(waiting) => format!("{waiting} events of the stream wait to be taken in."),
    }
}

/// What the last report of a stream comes to.
pub(crate) enum Standing {
    /// No brokers are configured.
    Off,
    /// Nobody reports; `since` the last report, if there ever was one.
    Silent { since: Option<DateTime<Utc>> },
    /// Somebody reports that it does not flow.
    Stuck { since: DateTime<Utc>, problem: String, waiting_messages: Option<i64> },
    /// It flows.
    Flows { since: DateTime<Utc>, waiting_messages: Option<i64> },
}

/// Reads the last report of a stream.
pub(crate) async fn standing(studio: &Studio, stream: Stream) -> Result<Standing> {
    if studio.kafka.is_none() {
        return Ok(Standing::Off);
    }
    let mut db = studio.db.acquire().await?;
    Ok(match report_store::find(&mut db, stream).await? {
        None => Standing::Silent { since: None },
        Some(row) if row.age_seconds > SILENCE_SECONDS => {
            Standing::Silent { since: Some(row.reported_at) }
        }
        Some(row) => match row.problem {
            Some(problem) => Standing::Stuck {
                since: row.since,
                problem,
                waiting_messages: row.waiting_messages,
            },
            None => Standing::Flows { since: row.since, waiting_messages: row.waiting_messages },
        },
    })
}
