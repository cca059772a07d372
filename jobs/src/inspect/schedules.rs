//! Schedules, and what they did lately.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::{PgConnection, query_as};
use uuid::Uuid;

use super::{JobState, word};
use crate::{JobId, Missed, RunId, schedule::Cadence};

word! {
    /// How a firing came about.
    FiringKind {
        /// At its tick.
        Tick = "tick",
        /// After its tick had been missed.
        MadeUp = "made_up",
        /// Somebody asked for it.
        ByHand = "by_hand",
        /// It did not: the tick was missed and not made up for, or the schedule was paused.
        Skipped = "skipped",
    }
}

/// A schedule as staff see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleView {
    /// Its name.
    pub name: String,
    /// The name of the job it enqueues.
    pub job: String,
    /// What that job does.
    pub about: String,
    /// Its cron expression.
    pub expression: String,
    /// The time zone in which that is read.
    pub zone: String,
    /// What happens to missed ticks.
    pub missed: Missed,
    /// Since when, by whom and why it is paused.
    pub paused: Option<PauseView>,
    /// Its next tick; none while it is paused.
    pub next_at: Option<DateTime<Utc>>,
    /// Ticks of the last seven days that were not enqueued at their time, though nobody had paused
    /// the schedule; of those that are kept.
    pub missed_recently: i64,
    /// What it did last.
    pub last: Option<FiringView>,
}

/// The pause of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PauseView {
    /// Since when.
    pub at: DateTime<Utc>,
    /// By whom, as they were named.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// A firing, or a tick without one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FiringView {
    /// The tick; none when it was asked for by hand.
    pub tick: Option<DateTime<Utc>>,
    /// When it was enqueued, asked for or passed over.
    pub fired_at: DateTime<Utc>,
    /// How it came about.
    pub kind: FiringKind,
    /// The job; none when it was skipped, or no process has taken what was asked for yet.
    pub job: Option<JobId>,
    /// Where the job stands; none when its history is cleared.
    pub job_state: Option<JobState>,
    /// The latest workflow run that the job started.
    pub run: Option<RunId>,
    /// Who asked for it, or had paused the schedule.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// Every schedule that some program still has, by name.
pub async fn schedules(conn: &mut PgConnection) -> Result<Vec<ScheduleView>, sqlx::Error> {
    views(conn, None).await
}

/// One schedule.
pub async fn schedule(
    conn: &mut PgConnection,
    name: &str,
) -> Result<Option<ScheduleView>, sqlx::Error> {
    Ok(views(conn, Some(name)).await?.pop())
}

/// What a schedule did, the newest first.
pub async fn firings(
    conn: &mut PgConnection,
    schedule: &str,
    limit: u16,
) -> Result<Vec<FiringView>, sqlx::Error> {
    let names = [schedule.to_owned()];
    let rows = latest(conn, &names, i64::from(limit)).await?;
    rows.into_iter().map(|(_, firing)| Ok(firing)).collect()
}

struct Row {
    name: String,
    job: String,
    about: String,
    expression: String,
    zone: String,
    missed: String,
    paused_at: Option<DateTime<Utc>>,
    paused_by: Option<String>,
    pause_reason: Option<String>,
    missed_recently: i64,
    now: DateTime<Utc>,
}

impl Row {
    fn view(self, last: Option<FiringView>) -> Result<ScheduleView, sqlx::Error> {
        let missed = Missed::from_word(&self.missed).ok_or_else(|| {
            sqlx::Error::Decode(format!("unknown policy `{}`", self.missed).into())
        })?;
        let zone = self.zone.parse().ok();
        let next =
            zone.and_then(|zone| Cadence::new(&self.expression, zone).after(self.now).next());
        let paused = self.paused_at.map(|at| PauseView {
            at,
            by: self.paused_by,
            reason: self.pause_reason,
        });
        Ok(ScheduleView {
            next_at: next.filter(|_| paused.is_none()),
            name: self.name,
            job: self.job,
            about: self.about,
            expression: self.expression,
            zone: self.zone,
            missed,
            paused,
            missed_recently: self.missed_recently,
            last,
        })
    }
}

async fn views(
    conn: &mut PgConnection,
    name: Option<&str>,
) -> Result<Vec<ScheduleView>, sqlx::Error> {
    let rows = query_as!(
        Row,
        r#"
        select name as "name!", job as "job!", about as "about!", expression as "expression!",
            zone as "zone!", missed as "missed!", paused_at, paused_by, pause_reason,
            jobs.now() as "now!",
            (select count(*) from jobs.firing
                where schedule = name and tick > jobs.now() - interval '7 days'
                    and (kind = 'made_up' or (kind = 'skipped' and fired_by is null))
            ) as "missed_recently!"
        from jobs.living_schedule
        where $1::text is null or name = $1
        order by name
        "#,
        name
    )
    .fetch_all(&mut *conn)
    .await?;
    let names: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
    let mut last: std::collections::HashMap<_, _> =
        latest(conn, &names, 1).await?.into_iter().collect();
    rows.into_iter()
        .map(|row| {
            let last = last.remove(&row.name);
            row.view(last)
        })
        .collect()
}

struct FiringRow {
    schedule: String,
    kind: String,
    tick: Option<DateTime<Utc>>,
    fired_at: DateTime<Utc>,
    job: Option<Uuid>,
    fired_by: Option<String>,
    reason: Option<String>,
    job_state: Option<String>,
    run: Option<Uuid>,
}

impl FiringRow {
    fn view(self) -> Result<(String, FiringView), sqlx::Error> {
        let firing = FiringView {
            tick: self.tick,
            fired_at: self.fired_at,
            kind: self.kind.try_into()?,
            job: self.job.map(JobId),
            job_state: self.job_state.map(JobState::try_from).transpose()?,
            run: self.run.map(RunId),
            by: self.fired_by,
            reason: self.reason,
        };
        Ok((self.schedule, firing))
    }
}

/// The last firings of each of these, the newest first.
async fn latest(
    conn: &mut PgConnection,
    schedules: &[String],
    each: i64,
) -> Result<Vec<(String, FiringView)>, sqlx::Error> {
    let rows = query_as!(
        FiringRow,
        r#"
        select f.schedule as "schedule!", f.kind as "kind!", f.tick as "tick?",
            f.fired_at as "fired_at!", f.job as "job?", f.fired_by as "fired_by?",
            f.reason as "reason?", coalesce(live.state, finished.state) as "job_state?",
            run.id as "run?"
        from unnest($1::text[]) as wanted (name)
        cross join lateral (
            select * from jobs.firing where schedule = wanted.name order by id desc limit $2
        ) f
        left join jobs.live_job_view live on live.id = f.job
        left join jobs.finished_job finished on finished.id = f.job
        left join lateral (
            select id from jobs.run where started_by = f.job order by id desc limit 1
        ) run on true
        order by f.id desc
        "#,
        schedules,
        each
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(FiringRow::view).collect()
}
