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

use super::{realtime, rejection::Rejection, wire};
use crate::{Result, Studio};

/// An event as it came: readable or not, and how it looked.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// What was read of it.
    pub draft: Result<super::event::Draft, Rejection>,
    /// Its first characters, for whoever looks into why it was rejected.
    pub sample: String,
}

/// The most characters of a sample.
const LONGEST_SAMPLE: usize = 500;

impl Arrival {
    /// What was read of an event that looked like `text`. The sample is kept only where it may be needed.
    pub fn new(
        draft: Result<super::event::Draft, Rejection>,
        text: impl FnOnce() -> String,
    ) -> Self {
        // Postgres' text holds every character but this one.
        let sample = text().chars().filter(|c| *c != '\0').take(LONGEST_SAMPLE).collect();
        Self { draft, sample }
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
pub async fn take_stream_batch(studio: &Studio, messages: &[&[u8]]) -> Result<Taken> {
    let arrivals: Vec<_> = messages
        .iter()
        .map(|message| {
            Arrival::new(wire::read_message(message), || {
                String::from_utf8_lossy(&message[..message.len().min(4 * LONGEST_SAMPLE)])
                    .into_owned()
            })
        })
        .collect();
    let days = studio.config.analytics.event_retention_days;
    let appended = appending::append(&studio.db, arrivals, Origin::Stream, days).await?;
    realtime::count(studio, &appended.views).await;
    Ok(Taken::of(&appended.fates))
}
