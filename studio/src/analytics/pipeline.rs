//! The pipeline as staff see it: each day, and what it found.

use chrono::{DateTime, NaiveDate, Utc};
use jobs::RunId;

use super::{
    fresh,
    freshness::Freshness,
    intake::{self, RejectedCount},
    pipeline_store::{self, DayRow},
    rules::{self, Rule},
    shard,
};
use crate::{Result, Studio};

/// How many days are shown.
const DAYS: i32 = 35;

/// How far a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayState {
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

/// A day of the pipeline.
#[derive(Debug, Clone)]
pub struct PipelineDay {
    /// The day.
    pub day: NaiveDate,
    /// How far it is.
    pub state: DayState,
    /// Shards that are counted.
    pub shards_done: i64,
    /// Events counted or set aside.
    pub events: i64,
    /// Events set aside.
    pub set_aside_events: i64,
    /// How often late events marked it since it was counted.
    pub late_marks: i64,
    /// When its newest shard was counted.
    pub counted_at: Option<DateTime<Utc>>,
    /// The run that counted it last.
    pub run: Option<RunId>,
}

/// All of it.
#[derive(Debug, Clone)]
pub struct Pipeline {
    /// How far the whole platform is complete.
    pub freshness: Freshness,
    /// The last days, the newest first.
    pub days: Vec<PipelineDay>,
    /// What was rejected in the last week.
    pub rejected: Vec<RejectedCount>,
    /// Every rule, with the events that it set aside on the newest complete day.
    pub rules: Vec<(Rule, i64)>,
}

/// How the pipeline does.
///
/// # Errors
/// Postgres is away.
pub async fn pipeline(studio: &Studio) -> Result<Pipeline> {
    let (freshness, _) = fresh::of_everybody(studio).await?;
    let mut db = studio.db.acquire().await?;
    let rows = pipeline_store::days(&mut db, DAYS).await?;
    let set_aside = match freshness.complete_through {
        Some(day) => pipeline_store::set_aside_on(&mut db, day).await?,
        None => Vec::new(),
    };
    drop(db);
    let found =
        |rule: &Rule| set_aside.iter().find(|(name, _)| name == rule.name).map_or(0, |(_, n)| *n);
    Ok(Pipeline {
        days: rows.iter().map(|row| day(row, &freshness)).collect(),
        rejected: intake::counts(studio).await?,
        rules: rules::ALL.iter().map(|rule| (*rule, found(rule))).collect(),
        freshness,
    })
}

fn day(row: &DayRow, freshness: &Freshness) -> PipelineDay {
    let state = if row.shards_done >= i64::from(shard::SHARDS) {
        if row.late_marks > 0 || row.recounting { DayState::Correcting } else { DayState::Counted }
    } else if row.over && freshness.stale {
        DayState::Late
    } else if row.closed {
        DayState::Counting
    } else {
        DayState::Open
    };
    PipelineDay {
        day: row.day,
        state,
        shards_done: row.shards_done,
        events: row.events,
        set_aside_events: row.set_aside_events,
        late_marks: row.late_marks,
        counted_at: row.counted_at,
        run: row.run_id.map(RunId),
    }
}
