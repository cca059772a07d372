//! Appending a batch: look up, leave out what is there, copy the rest, mark what comes late.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{
    super::{
        event::{Draft, Event, Kind, Moment},
        rejection::{self, Rejection},
        shard,
    },
    Arrival, copy, event_store, rejected_store,
};
use crate::{
    Error, Result,
    ids::{AccountId, ContentId},
};

/// How far the clock of a player may be ahead.
const AHEAD: TimeDelta = TimeDelta::minutes(10);
/// How often a batch is tried that meets others writing the same events.
const TRIES: u32 = 5;

/// How a batch came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum Origin {
    /// From players.
    Http,
    /// From the platform.
    Stream,
}

impl Origin {
    /// As it stands in the database.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Stream => "stream",
        }
    }
}

/// What became of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is new, and will be counted.
    Accepted,
    /// It was there already.
    Duplicate,
    /// It will never be counted.
    Rejected(Rejection),
}

/// A new view, for the counters of what happens now.
#[derive(Debug, Clone, Copy)]
pub struct NewView {
    /// Of whose content.
    pub creator: AccountId,
    /// Of what.
    pub content: ContentId,
    /// When.
    pub moment: Moment,
}

/// What appending did.
#[derive(Debug, Default)]
pub struct Appended {
    /// The fate of each event, in the order in which they were given.
    pub fates: Vec<Fate>,
    /// The views among the new ones.
    pub views: Vec<NewView>,
}

/// Appends a batch in one transaction. Events of more than `retention_days` ago are rejected.
///
/// It goes on to its end also when the caller is dropped: a COPY that is left half-way would leave its connection
/// unusable in the pool.
///
/// # Errors
/// Postgres is away: nothing was appended.
pub async fn append(
    db: &PgPool,
    arrivals: Vec<Arrival>,
    origin: Origin,
    retention_days: u32,
) -> Result<Appended> {
    let db = db.clone();
    let whole =
        tokio::spawn(async move { to_its_end(&db, &arrivals, origin, retention_days).await });
    whole.await.map_err(|broken| Error::internal("appending events", broken))?
}

async fn to_its_end(
    db: &PgPool,
    arrivals: &[Arrival],
    origin: Origin,
    retention_days: u32,
) -> Result<Appended> {
    let mut tries = 1;
    loop {
        let mut conn = db.acquire().await?;
        match try_append(&mut conn, arrivals, origin, retention_days).await {
            // Somebody else wrote one of these events at the same moment: now it is seen as a duplicate.
            Err(error) if tries < TRIES && met_another(&error) => tries += 1,
            result => return Ok(result?),
        }
    }
}

async fn try_append(
    conn: &mut PgConnection,
    arrivals: &[Arrival],
    origin: Origin,
    retention_days: u32,
) -> Result<Appended, sqlx::Error> {
    let now = event_store::now(conn).await?;
    let window = Window::at(now, retention_days);
    let mut fates = vec![Fate::Duplicate; arrivals.len()];
    let mut fresh = readable(arrivals, &window, &mut fates);
    let mut tx = sqlx::Connection::begin(conn).await?;
    let events = known_contents(&mut tx, &mut fresh, &mut fates).await?;
    let days: Vec<NaiveDate> = events
        .iter()
        .map(|(_, e)| e.draft.moment.day)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    make_room(&mut tx, &days).await?;
    event_store::keep_open(&mut tx, &days).await?;
    let new = leave_out_known(&mut tx, events, &days).await?;
    let (indexes, rows): (Vec<usize>, Vec<Event>) = new.into_iter().unzip();
    if !rows.is_empty() {
        copy::append(&mut tx, &rows).await?;
        mark_late(&mut tx, &rows, &days).await?;
    }
    for index in indexes {
        fates[index] = Fate::Accepted;
    }
    record_rejected(&mut tx, arrivals, &fates, origin).await?;
    tx.commit().await?;
    Ok(Appended { fates, views: rows.iter().filter_map(new_view).collect() })
}

/// The days whose events are taken.
struct Window {
    oldest: NaiveDate,
    newest: DateTime<Utc>,
}

impl Window {
    fn at(now: DateTime<Utc>, retention_days: u32) -> Self {
        let oldest = now.date_naive() - TimeDelta::days(i64::from(retention_days));
        Self { oldest, newest: now + AHEAD }
    }

    fn refuses(&self, moment: Moment) -> Option<Rejection> {
        if moment.day < self.oldest {
            Some(rejection::TOO_OLD.reject())
        } else if moment.at() > self.newest {
            Some(rejection::FROM_THE_FUTURE.reject())
        } else {
            None
        }
    }
}

/// Sorts the unreadable and the untimely out, and repeats within the batch.
fn readable<'a>(
    arrivals: &'a [Arrival],
    window: &Window,
    fates: &mut [Fate],
) -> Vec<(usize, &'a Draft)> {
    let mut seen = HashSet::with_capacity(arrivals.len());
    let mut kept = Vec::with_capacity(arrivals.len());
    for (index, arrival) in arrivals.iter().enumerate() {
        match &arrival.draft {
            Err(rejection) => fates[index] = Fate::Rejected(rejection.clone()),
            Ok(draft) => match window.refuses(draft.moment) {
                Some(rejection) => fates[index] = Fate::Rejected(rejection),
                None if seen.insert(draft.id) => kept.push((index, draft)),
                None => {}
            },
        }
    }
    kept
}

async fn known_contents(
    tx: &mut PgConnection,
    drafts: &mut Vec<(usize, &Draft)>,
    fates: &mut [Fate],
) -> Result<Vec<(usize, Event)>, sqlx::Error> {
    let ids: BTreeSet<Uuid> = drafts.iter().map(|(_, draft)| draft.content.0).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let watched = event_store::watched(tx, &ids).await?;
    let mut events = Vec::with_capacity(drafts.len());
    for (index, draft) in drafts.drain(..) {
        match watched.get(&draft.content) {
            Some(w) => events.push((index, Event::new(*draft, w.creator, w.duration_ms))),
            None => fates[index] = Fate::Rejected(rejection::UNKNOWN_CONTENT.reject()),
        }
    }
    // In the order of the index: two batches that share events then wait for each other in one direction only.
    events.sort_unstable_by_key(|(_, event)| event.draft.id);
    Ok(events)
}

async fn make_room(tx: &mut PgConnection, days: &[NaiveDate]) -> Result<(), sqlx::Error> {
    let ready = event_store::days_with_room(tx, days).await?;
    for day in days.iter().filter(|day| !ready.contains(day)) {
        event_store::make_day(tx, *day).await?;
    }
    Ok(())
}

async fn leave_out_known(
    tx: &mut PgConnection,
    events: Vec<(usize, Event)>,
    days: &[NaiveDate],
) -> Result<Vec<(usize, Event)>, sqlx::Error> {
    let mut known: HashSet<Uuid> = HashSet::new();
    for day in days {
        let of_day = events.iter().filter(|(_, event)| event.draft.moment.day == *day);
        let ids: Vec<Uuid> = of_day.map(|(_, event)| event.draft.id).collect();
        known.extend(event_store::known(tx, *day, &ids).await?);
    }
    Ok(events.into_iter().filter(|(_, event)| !known.contains(&event.draft.id)).collect())
}

async fn mark_late(
    tx: &mut PgConnection,
    events: &[Event],
    days: &[NaiveDate],
) -> Result<(), sqlx::Error> {
    let late: HashSet<NaiveDate> = event_store::late_days(tx, days).await?.into_iter().collect();
    let marks: BTreeSet<(NaiveDate, i16)> = events
        .iter()
        .filter(|event| late.contains(&event.draft.moment.day))
        .map(|event| (event.draft.moment.day, shard::of(event.creator)))
        .collect();
    if marks.is_empty() {
        return Ok(());
    }
    let (days, shards): (Vec<_>, Vec<_>) = marks.into_iter().unzip();
    event_store::mark_late(tx, &days, &shards).await
}

async fn record_rejected(
    tx: &mut PgConnection,
    arrivals: &[Arrival],
    fates: &[Fate],
    origin: Origin,
) -> Result<(), sqlx::Error> {
    let rejected: Vec<_> = fates
        .iter()
        .zip(arrivals)
        .filter_map(|(fate, arrival)| match fate {
            Fate::Rejected(why) => Some((why, &arrival.raw)),
            Fate::Accepted | Fate::Duplicate => None,
        })
        .collect();
    if rejected.is_empty() { Ok(()) } else { rejected_store::record(tx, origin, &rejected).await }
}

fn new_view(event: &Event) -> Option<NewView> {
    let draft = &event.draft;
    (draft.kind == Kind::View).then_some(NewView {
        creator: event.creator,
        content: draft.content,
        moment: draft.moment,
    })
}

/// 23505: a unique violation; 40P01: a deadlock. Both mean that another batch had some of the same events.
fn met_another(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    matches!(code.as_deref(), Some("23505" | "40P01"))
}
