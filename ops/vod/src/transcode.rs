//! One transcode: what was ordered, how far it is, what came of it. Pure: no file, no network, no clock.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

use crate::faults::Fault;

/// What a client orders.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// The client's own id of this hand-off; the same reference is the same transcode.
    pub reference: String,
    /// Where the source is read from. A capability: never logged.
    pub source_url: Url,
    /// What the client says the source is.
    pub kind: media::MediaKind,
    /// Where webhooks go.
    pub callback_url: Url,
    /// The most lines on the shorter side.
    pub max_height: u32,
    /// When it is too late.
    pub deadline: DateTime<Utc>,
}

/// Where a transcode stands. Completed and failed are final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Queued,
    Running,
    Completed,
    Failed,
}

impl State {
    pub fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Failed)
    }
}

/// Why a transcode failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub code: String,
    pub message: String,
    /// Whether ordering the same again, under a new reference, may succeed.
    pub retryable: bool,
}

impl Failure {
    pub fn new(code: &str, message: impl Into<String>, retryable: bool) -> Self {
        Self { code: code.to_owned(), message: message.into(), retryable }
    }
}

/// What a completed transcode made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Output {
    pub duration_seconds: f64,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub has_audio: bool,
    pub thumbnail: StoredFile,
    pub renditions: Vec<StoredRendition>,
}

/// A file among the results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredFile {
    /// Its name in the transcode's folder.
    pub name: String,
    pub bytes: u64,
    /// Hex.
    pub sha256: String,
}

/// A rendition among the results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredRendition {
    pub file: StoredFile,
    pub rendition: media::Rendition,
}

/// What a webhook tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventType {
    #[serde(rename = "transcode.progress")]
    Progress,
    #[serde(rename = "transcode.completed")]
    Completed,
    #[serde(rename = "transcode.failed")]
    Failed,
}

/// A final event that the client is to hear of, kept until it did.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Announcement {
    pub event_id: Uuid,
    pub event: EventType,
    pub created_at: DateTime<Utc>,
    pub attempts: u32,
    /// Accepted by the client, or given up.
    pub settled: bool,
}

/// One transcode.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Transcode {
    pub id: String,
    pub order: Order,
    pub state: State,
    pub progress_percent: u8,
    pub failure: Option<Failure>,
    pub output: Option<Output>,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    /// How often work on it began: more than once after this service died.
    pub starts: u32,
    /// The fault that was asked for, if any.
    pub fault: Option<Fault>,
    pub announcement: Option<Announcement>,
}

/// A transcode that takes this service down with it is not tried for ever.
const MAX_STARTS: u32 = 3;

impl Transcode {
    pub fn accepted(order: Order, fault: Option<Fault>, now: DateTime<Utc>) -> Self {
        Self {
            id: format!("trc_{}", Uuid::now_v7().simple()),
            order,
            state: State::Queued,
            progress_percent: 0,
            failure: None,
            output: None,
            created_at: now,
            finished_at: None,
            starts: 0,
            fault,
            announcement: None,
        }
    }

    /// Takes it up, if it waits and may still be tried.
    pub fn start(&mut self, now: DateTime<Utc>) -> bool {
        if self.state != State::Queued {
            return false;
        }
        if self.starts >= MAX_STARTS {
            let message = format!("the service stopped {MAX_STARTS} times while working on this");
            self.fail(Failure::new("service_error", message, true), now);
            return false;
        }
        self.state = State::Running;
        self.starts += 1;
        true
    }

    /// Puts it back in the queue, after this service stopped while it ran.
    pub fn resume(&mut self) {
        if self.state == State::Running {
            self.state = State::Queued;
            self.progress_percent = 0;
        }
    }

    /// Completes it, unless it already ended (cancelled, or too late).
    pub fn complete(&mut self, output: Output, now: DateTime<Utc>) -> bool {
        self.finish(State::Completed, EventType::Completed, now, |done| {
            done.progress_percent = 100;
            done.output = Some(output);
        })
    }

    /// Fails it, unless it already ended.
    pub fn fail(&mut self, failure: Failure, now: DateTime<Utc>) -> bool {
        self.finish(State::Failed, EventType::Failed, now, |done| done.failure = Some(failure))
    }

    /// Ends it at the client's wish, of which the client need not be told.
    pub fn cancel(&mut self, now: DateTime<Utc>) -> bool {
        let cancelled = self.fail(Failure::new("cancelled", "cancelled by the client", false), now);
        if cancelled {
            self.announcement = None;
        }
        cancelled
    }

    fn finish(
        &mut self,
        state: State,
        event: EventType,
        now: DateTime<Utc>,
        fill: impl FnOnce(&mut Self),
    ) -> bool {
        if self.state.is_final() {
            return false;
        }
        fill(self);
        self.order.source_url.set_query(None); // the capability has served
        self.state = state;
        self.finished_at = Some(now);
        self.announcement = Some(Announcement {
            event_id: Uuid::now_v7(),
            event,
            created_at: now,
            attempts: 0,
            settled: false,
        });
        true
    }

    /// Whether its time has run out. A transcode that was told never to answer does not even say so.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        !self.state.is_final() && self.order.deadline < now && !self.is(Fault::never_answers)
    }

    /// Whether the fault that was asked for is this one.
    pub fn is(&self, which: fn(&Fault) -> bool) -> bool {
        self.fault.as_ref().is_some_and(which)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    fn nothing() -> Output {
        let thumbnail = StoredFile { name: String::new(), bytes: 0, sha256: String::new() };
        let (width, height, renditions) = (None, None, Vec::new());
        Output { duration_seconds: 0.0, width, height, has_audio: false, thumbnail, renditions }
    }

    fn ordered() -> Transcode {
        let order = Order {
            reference: "hand-off-1".into(),
            source_url: Url::parse("http://127.0.0.1/source?X-Amz-Signature=1").unwrap(),
            kind: media::MediaKind::Video,
            callback_url: Url::parse("http://127.0.0.1/webhook").unwrap(),
            max_height: 1080,
            deadline: Utc::now() + TimeDelta::hours(1),
        };
        Transcode::accepted(order, None, Utc::now())
    }

    #[test]
    fn what_has_ended_stays_as_it_ended() {
        let mut transcode = ordered();
        assert!(transcode.start(Utc::now()));
        assert!(transcode.cancel(Utc::now()));
        assert!(!transcode.fail(Failure::new("late", "", true), Utc::now()));
        assert!(!transcode.start(Utc::now()));
        assert_eq!(transcode.failure.unwrap().code, "cancelled");
        assert!(transcode.announcement.is_none());
    }

    #[test]
    fn a_transcode_that_keeps_killing_the_service_fails_in_the_end() {
        let mut transcode = ordered();
        for _ in 0..MAX_STARTS {
            assert!(transcode.start(Utc::now()));
            transcode.resume();
        }
        assert!(!transcode.start(Utc::now()));
        assert_eq!(transcode.state, State::Failed);
        assert!(transcode.announcement.is_some());
    }

    proptest! {
        #[test]
        fn whatever_happens_a_transcode_ends_once(steps in prop::collection::vec(0..5, 0..30)) {
            let (mut transcode, mut ended) = (ordered(), None);
            for step in steps {
                let ends = match step {
                    0 => { transcode.start(Utc::now()); false }
                    1 => { transcode.resume(); false }
                    2 => transcode.complete(nothing(), Utc::now()),
                    3 => transcode.fail(Failure::new("code", "", true), Utc::now()),
                    _ => transcode.cancel(Utc::now()),
                };
                prop_assert!(!ends || ended.is_none(), "it ended twice");
                if transcode.state.is_final() {
                    let end = (transcode.state, transcode.announcement.clone().map(|a| a.event_id));
                    prop_assert_eq!(*ended.get_or_insert(end), end);
                    prop_assert_eq!(transcode.order.source_url.query(), None);
                }
                prop_assert!(transcode.starts <= MAX_STARTS);
                prop_assert_eq!(transcode.output.is_some(), transcode.state == State::Completed);
                prop_assert_eq!(transcode.failure.is_some(), transcode.state == State::Failed);
            }
        }
    }

    #[test]
    fn a_deadline_counts_until_the_end_only() {
        let mut transcode = ordered();
        let late = transcode.order.deadline + TimeDelta::seconds(1);
        assert!(transcode.is_overdue(late));
        transcode.cancel(late);
        assert!(!transcode.is_overdue(late));
    }
}
