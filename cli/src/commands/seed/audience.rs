//! Viewers for the works of a creator: a month of what they did, taken in as it comes from the platform and counted by
//! the workers as every night.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde_json::{Value, json};
use studio::{
    Studio,
    accounts::demo as people,
    analytics::{demo as analytics, fresh, intake, rollup},
    content::{demo, listing},
    ids::{AccountId, ContentId},
    page::{MAX_LIMIT, PageRequest},
};
use uuid::{Builder, Uuid};

use crate::commands::Result;

/// How many days the figures of a busy creator go back; events are kept a little longer.
const DAYS: i64 = 33;
/// Events of one batch.
const BATCH: usize = 2_000;

/// For whom, and what they get.
#[derive(clap::Args)]
pub struct Arguments {
    /// The creator's address. They are registered already.
    #[arg(long)]
    creator: String,
    /// What their figures look like.
    #[arg(long)]
    shape: Shape,
}

/// What figures look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    /// Nothing was ever public.
    Empty,
    /// Something became public today.
    FirstDay,
    /// A month of viewers.
    Busy,
    /// The same, and the last two days are still to be counted.
    Late,
}

/// Makes the figures, and waits until they are counted.
pub async fn run(studio: &Studio, arguments: &Arguments) -> Result {
    let creator = people::find(studio, &arguments.creator).await?;
    match arguments.shape {
        Shape::Empty => {}
        Shape::FirstDay => {
            let work =
                demo::publish(studio, creator, "First light", 60_000, now(studio).await?).await?;
            watch(studio, &[work], 0..=0).await?;
        }
        Shape::Busy => busy(studio, creator).await?,
        Shape::Late => {
            busy(studio, creator).await?;
            analytics::forget_last_counts(studio, creator, 2).await?;
        }
    }
    Ok(())
}

/// Viewers for what the creator has, as far as it is or will be public.
pub async fn of_library(studio: &Studio, creator: AccountId) -> Result {
    let first = PageRequest { after: None, limit: MAX_LIMIT };
    let works = listing::list(studio, creator, &listing::Filter::default(), &first).await?;
    let works: Vec<ContentId> = works.items.iter().map(|content| content.record.id).collect();
    if works.is_empty() {
        return Ok(());
    }
    watch(studio, &works, 0..=DAYS).await?;
    rollup::close_days(studio).await?;
    rollup::recount_late(studio).await?;
    Ok(())
}

async fn busy(studio: &Studio, creator: AccountId) -> Result {
    let begun = now(studio).await? - TimeDelta::days(DAYS);
    let mut works = Vec::new();
    for (n, title) in
        ["Harbour at dawn", "Night train", "Salt and bread", "The long pier"].iter().enumerate()
    {
        let since = begun + TimeDelta::days(7 * i64::try_from(n)?);
        works.push(demo::publish(studio, creator, title, 100_000, since).await?);
    }
    watch(studio, &works, 0..=DAYS).await?;
    count(studio, creator).await
}

/// Counts as every night does, and waits until yesterday is complete.
async fn count(studio: &Studio, creator: AccountId) -> Result {
    rollup::close_days(studio).await?;
    rollup::recount_late(studio).await?;
    for look in 0..600 {
        // Whoever was shown a late pipeline before us is done with it.
        if look == 50 {
            analytics::recount_forgotten(studio, creator).await?;
        }
        let (fresh, now) = fresh::of_one(studio, creator).await?;
        let yesterday = now.date_naive().pred_opt();
        if fresh.complete_through == yesterday && fresh.correcting.is_empty() {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    Err("the days were not counted within a minute: does a worker serve the pool `analytics`?"
        .into())
}

async fn watch(
    studio: &Studio,
    works: &[ContentId],
    days_ago: std::ops::RangeInclusive<i64>,
) -> Result {
    let now = now(studio).await?;
    let mut events = Vec::new();
    for ago in days_ago {
        let day = now.date_naive() - TimeDelta::days(ago);
        for (n, work) in works.iter().enumerate() {
            events.extend(sittings(*work, n, day, now));
        }
    }
    for batch in events.chunks(BATCH) {
        let messages = batch.iter().map(|event| event.to_string().into_bytes()).collect();
        let taken = intake::take_stream_batch(studio, messages).await?;
        tracing::info!(?taken, "viewers have watched");
    }
    Ok(())
}

/// What one day's viewers of a work did: more at the weekend, fewer of each older work.
fn sittings(work: ContentId, n: usize, day: NaiveDate, now: DateTime<Utc>) -> Vec<Value> {
    let weekend = if day.weekday().number_from_monday() > 5 { 12 } else { 0 };
    let more = (day.ordinal() as usize * 7 + n * 5) % 11;
    (0..22 + weekend)
        .chain(40..40 + more)
        .flat_map(|viewer| sitting(work, day, viewer, now))
        .collect()
}

fn sitting(work: ContentId, day: NaiveDate, viewer: usize, now: DateTime<Utc>) -> Vec<Value> {
    let viewer = u16::try_from(viewer).unwrap_or(u16::MAX);
    let pick = |from: &[&str]| from[usize::from(viewer) % from.len()].to_owned();
    let begun =
        day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::minutes(i64::from(viewer) * 40 % 1_400);
    let stays = 2 + viewer % 9;
    let event = |step: u16, kind: &str| {
        let at = begun + TimeDelta::seconds(i64::from(step) * 10);
        json!({
            "id": id_of(at, work, viewer, step), "content": work, "viewer": format!("demo viewer {viewer}"),
            "session": id_of(begun, work, viewer, 0), "kind": kind,
            "country": pick(&["DE", "DE", "FR", "US"]), "device": pick(&["phone", "phone", "computer", "tv"]),
            "source": pick(&["browse", "search", "suggested"]),
            "age_group": pick(&["18-24", "25-34", "25-34", "35-44"]), "gender": pick(&["female", "male"]),
        })
    };
    let mut events = vec![event(0, "view")];
    for step in 1..=stays {
        let mut progress = event(step, "watch_progress");
        progress["watched_seconds"] = json!(10);
        progress["position_seconds"] = json!(step * 10);
        events.push(progress);
    }
    if viewer.is_multiple_of(6) {
        events.push(event(stays + 1, "like"));
    }
    events.retain(|event| happened(event, now));
    events
}

fn happened(event: &Value, now: DateTime<Utc>) -> bool {
    let id = event["id"].as_str().and_then(|id| id.parse::<Uuid>().ok());
    id.and_then(studio::analytics::event::Moment::of).is_some_and(|moment| moment.at() <= now)
}

/// The same each time, so that seeding again repeats events and adds none.
fn id_of(at: DateTime<Utc>, work: ContentId, viewer: u16, step: u16) -> Uuid {
    let mut random = [0; 10];
    random[..6].copy_from_slice(&work.0.as_bytes()[10..]);
    random[6..8].copy_from_slice(&viewer.to_be_bytes());
    random[8..].copy_from_slice(&step.to_be_bytes());
    Builder::from_unix_timestamp_millis(at.timestamp_millis().unsigned_abs(), &random).into_uuid()
}

async fn now(studio: &Studio) -> Result<DateTime<Utc>> {
    Ok(fresh::of_everybody(studio).await?.1)
}
