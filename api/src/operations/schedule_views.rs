//! What schedules and their firings look like on the wire.

use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object};
use studio::operations::inspecting as engine;

use super::views::JobState;

/// What happens to ticks that passed while no worker was there.
#[derive(Debug, Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum MissedTicks {
    /// They are dropped.
    Skip,
    /// The newest is made up for.
    Once,
    /// Each is made up for.
    All,
}

impl From<engine::Missed> for MissedTicks {
    fn from(missed: engine::Missed) -> Self {
        match missed {
            engine::Missed::Skip => Self::Skip,
            engine::Missed::Once => Self::Once,
            engine::Missed::All => Self::All,
        }
    }
}

/// A schedule in a list.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ScheduleRow {
    /// Its name.
    name: String,
    /// The name of the job that it enqueues.
    job: String,
    /// What that job does, in a sentence.
    about: String,
    /// When it ticks: second, minute, hour, day of the month, month, day of the week.
    expression: String,
    /// The time zone in which that is read.
    time_zone: String,
    /// What happens to missed ticks.
    missed: MissedTicks,
    /// Whether no tick fires for now.
    paused: bool,
    /// Since when it is paused.
    paused_at: Option<DateTime<Utc>>,
    /// Who paused it: their name, or `console` for somebody with a shell on the host.
    paused_by: Option<String>,
    /// Why it is paused, in their words.
    pause_reason: Option<String>,
    /// Its next tick; none while it is paused.
    next_at: Option<DateTime<Utc>>,
    /// What it did last.
    last: Option<Firing>,
    /// Ticks of the last seven days that were missed while it was not paused.
    missed_recently: i64,
}

impl From<engine::ScheduleView> for ScheduleRow {
    fn from(schedule: engine::ScheduleView) -> Self {
        let paused = schedule.paused;
        Self {
            name: schedule.name,
            job: schedule.job,
            about: schedule.about,
            expression: schedule.expression,
            time_zone: schedule.zone,
            missed: schedule.missed.into(),
            paused: paused.is_some(),
            paused_at: paused.as_ref().map(|pause| pause.at),
            paused_by: paused.as_ref().and_then(|pause| pause.by.clone()),
            pause_reason: paused.and_then(|pause| pause.reason),
            next_at: schedule.next_at,
            last: schedule.last.map(Firing::from),
            missed_recently: schedule.missed_recently,
        }
    }
}

/// All that is known about one schedule.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Schedule {
    /// The schedule.
    #[oai(flatten)]
    row: ScheduleRow,
    /// Its last ten firings, the newest first.
    firings: Vec<Firing>,
}

impl From<engine::SchedulePage> for Schedule {
    fn from(page: engine::SchedulePage) -> Self {
        Self {
            row: page.schedule.into(),
            firings: page.firings.into_iter().map(Firing::from).collect(),
        }
    }
}

/// How a firing came about.
#[derive(Debug, Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum FiringKind {
    /// At its tick.
    Tick,
    /// After its tick had been missed.
    MadeUp,
    /// Somebody asked for it.
    ByHand,
    /// It did not: the tick was missed and not made up for, or the schedule was paused.
    Skipped,
}

impl From<engine::FiringKind> for FiringKind {
    fn from(kind: engine::FiringKind) -> Self {
        match kind {
            engine::FiringKind::Tick => Self::Tick,
            engine::FiringKind::MadeUp => Self::MadeUp,
            engine::FiringKind::ByHand => Self::ByHand,
            engine::FiringKind::Skipped => Self::Skipped,
        }
    }
}

/// A firing of a schedule, or a tick without one.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct Firing {
    /// The tick; none when it was asked for by hand.
    tick: Option<DateTime<Utc>>,
    /// When it was enqueued, asked for or passed over.
    fired_at: DateTime<Utc>,
    /// How it came about.
    kind: FiringKind,
    /// The job (`job_…`); none when it was skipped, or no worker has taken what was asked for yet.
    job_id: Option<String>,
    /// Where the job stands; none when its history is cleared.
    job_state: Option<JobState>,
    /// The latest workflow run that the job started (`run_…`).
    run_id: Option<String>,
    /// Who asked for it, or had paused the schedule.
    by: Option<String>,
    /// Why, in their words.
    reason: Option<String>,
}

impl From<engine::FiringView> for Firing {
    fn from(firing: engine::FiringView) -> Self {
        Self {
            tick: firing.tick,
            fired_at: firing.fired_at,
            kind: firing.kind.into(),
            job_id: firing.job.map(|job| job.to_string()),
            job_state: firing.job_state.map(JobState::from),
            run_id: firing.run.map(|run| run.to_string()),
            by: firing.by,
            reason: firing.reason,
        }
    }
}
