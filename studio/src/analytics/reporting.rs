//! What players report, over HTTP.

use std::{sync::Arc, time::Duration};

use serde_json::Value;

use super::{
    engagement_token,
    intake::{Arrival, Busy, Fate, Raw},
    refusals, wire,
};
use crate::{
    Result, Studio,
    accounts::limits::{ENGAGEMENT_FROM_NETWORK, ENGAGEMENT_OF_VIEWER},
};

/// The most events of a batch.
pub const MOST_EVENTS: usize = 500;
/// When it is worth coming back, when too much waits.
const COME_BACK: Duration = Duration::from_secs(2);

/// What became of an event, and the id that it claimed.
#[derive(Debug, Clone)]
pub struct Reported {
    /// Its id, as it was sent.
    pub id: Option<String>,
    /// What became of it.
    pub fate: Fate,
}

/// Takes a batch of events of one viewer of one content, whom the token names. The answer comes when the events are
/// safe, in the order in which they were sent.
///
/// # Errors
/// `engagement.bad_token`, `engagement.token_expired`, `engagement.bad_batch`, `engagement.busy`,
/// `auth.too_many_attempts`; Postgres is away.
pub async fn report(
    studio: &Studio,
    token: &str,
    network: &str,
    events: Vec<Value>,
) -> Result<Vec<Reported>> {
    let reporter = engagement_token::read(&studio.keys, token)?;
    if !(1..=MOST_EVENTS).contains(&events.len()) {
        return Err(refusals::ENGAGEMENT_BAD_BATCH.refuse().at("events").into());
    }
    studio.limits.take(&ENGAGEMENT_OF_VIEWER, &reporter.viewer.to_string()).await?;
    studio.limits.take(&ENGAGEMENT_FROM_NETWORK, network).await?;
    let events: Arc<[Value]> = events.into();
    let read = |(index, event)| Arrival {
        draft: wire::read_report(event, &reporter),
        raw: Raw::Report(events.clone(), index),
    };
    let arrivals = events.iter().enumerate().map(read).collect();
    let fates = match studio.intake.take(arrivals).await? {
        Ok(fates) => fates,
        Err(Busy) => {
            return Err(refusals::ENGAGEMENT_BUSY.refuse().retry_after(COME_BACK).into());
        }
    };
    let reported = fates.into_iter().zip(events.iter());
    Ok(reported.map(|(fate, event)| Reported { id: wire::claimed_id(event), fate }).collect())
}
