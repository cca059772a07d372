//! Taking events in: the one path of what players report and of what comes by stream.
//!
//! Each batch is one transaction: its new events, the marks of the days that were closed already, and the counts of
//! what was rejected are there together or not at all. A batch may be given again; what is there is a duplicate.

mod appending;
mod copy;
mod event_store;
mod queue;
mod rejected_store;

pub use self::{
    appending::{Fate, NewView, Origin},
    queue::{Busy, Intake},
    rejected_store::{RejectedCount, RejectedCursor, RejectedEvent, counts, samples},
};
pub(super) use rejected_store::forget_old_samples;

use std::sync::Arc;

use serde_json::Value;

use super::{event::Draft, realtime, rejection::Rejection, wire};
use crate::{Result, Studio};

/// An event as it came: readable or not, and how it looked.
#[derive(Debug)]
pub struct Arrival {
    /// What was read of it.
    pub draft: Result<Draft, Rejection>,
    /// How it looked.
    pub raw: Raw,
}

/// How an event looked.
#[derive(Debug)]
pub enum Raw {
    /// A message of the platform's stream.
    Message(Vec<u8>),
    /// One of the events that a player reports together, by its place among them.
    Report(Arc<[Value]>, usize),
}

/// The most characters of a sample.
const LONGEST_SAMPLE: usize = 500;

impl Raw {
    /// Its first characters, for whoever looks into why it was rejected.
    fn sample(&self) -> String {
        let text = match self {
            Self::Message(bytes) => {
                String::from_utf8_lossy(&bytes[..bytes.len().min(4 * LONGEST_SAMPLE)])
            }
            Self::Report(events, index) => {
                events.get(*index).map(Value::to_string).unwrap_or_default().into()
            }
        };
        // Postgres' text holds every character but this one.
        text.chars().filter(|c| *c != '\0').take(LONGEST_SAMPLE).collect()
    }
}

/// How many events of a batch came to which end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// New ones.
    pub accepted: usize,
    /// Ones that were there already.
    pub duplicates: usize,
    /// Ones that will never be counted.
    pub rejected: usize,
}

impl Taken {
    /// Counts fates.
    pub fn of(fates: &[Fate]) -> Self {
        let mut taken = Self::default();
        for fate in fates {
            match fate {
                Fate::Accepted => taken.accepted += 1,
                Fate::Duplicate => taken.duplicates += 1,
                Fate::Rejected(_) => taken.rejected += 1,
            }
        }
        taken
    }
}

/// Takes messages of the platform's stream, one event each.
///
/// # Errors
/// Postgres is away: nothing of the batch was taken. Give it again.
pub async fn take_stream_batch(studio: &Studio, messages: Vec<Vec<u8>>) -> Result<Taken> {
    let read = |message: Vec<u8>| Arrival {
        draft: wire::read_message(&message),
        raw: Raw::Message(message),
    };
    let arrivals = messages.into_iter().map(read).collect();
    let days = studio.config.analytics.event_retention_days;
    let appended = appending::append(&studio.db, arrivals, Origin::Stream, days).await?;
    realtime::count(studio, &appended.views).await;
    Ok(Taken::of(&appended.fates))
}
