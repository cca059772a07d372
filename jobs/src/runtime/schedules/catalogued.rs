//! Writing the catalogue's schedules down, for processes that do not have it, and reading how each
//! stands.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, query, query_as};

use crate::Schedule;

/// A schedule, and how it stood when it was looked at.
#[derive(Debug)]
pub(super) struct Standing<'a> {
    pub schedule: &'a Schedule,
    /// The last tick that was decided.
    pub last_tick: DateTime<Utc>,
    pub now: DateTime<Utc>,
    pub paused: bool,
    /// It was triggered by hand.
    pub wanted: bool,
}

/// How each of these stands. What the database does not know of them yet is written first; the first
/// look at a new schedule decides all ticks before now.
pub(super) async fn standings<'a>(
    conn: &mut PgConnection,
    schedules: &'a [Schedule],
) -> Result<Vec<Standing<'a>>, sqlx::Error> {
    let mut rows = read(conn, schedules).await?;
    let unknown: Vec<&Schedule> = schedules
        .iter()
        .filter(|schedule| !rows.get(schedule.name()).is_some_and(|row| row.tells_of(schedule)))
        .collect();
    if !unknown.is_empty() {
        write(conn, &unknown).await?;
        rows = read(conn, schedules).await?;
    }
    let standing = |schedule: &'a Schedule| {
        let row = rows.get(schedule.name())?;
        Some(Standing {
            schedule,
            last_tick: row.last_tick,
            now: row.now,
            paused: row.paused,
            wanted: row.wanted,
        })
    };
    Ok(schedules.iter().filter_map(standing).collect())
}

struct Row {
    name: String,
    expression: String,
    zone: String,
    missed: String,
    job: Option<String>,
    about: String,
    fresh: bool,
    last_tick: DateTime<Utc>,
    now: DateTime<Utc>,
    paused: bool,
    wanted: bool,
}

impl Row {
    fn tells_of(&self, schedule: &Schedule) -> bool {
        let job = schedule.facts();
        self.fresh
            && self.expression == schedule.expression()
            && self.zone == schedule.zone_name()
            && self.missed == schedule.policy().as_str()
            && self.job.as_deref() == Some(job.name)
            && self.about == job.about
    }
}

async fn read(
    conn: &mut PgConnection,
    schedules: &[Schedule],
) -> Result<HashMap<String, Row>, sqlx::Error> {
    let names: Vec<String> = schedules.iter().map(|schedule| schedule.name().to_owned()).collect();
    let rows = query_as!(
        Row,
        r#"
        select name, expression, zone, missed, job, about, last_tick, jobs.now() as "now!",
            seen_at > now() - interval '1 minute' as "fresh!", paused_at is not null as "paused!",
            exists (
                select from jobs.firing
                where schedule = name and kind = 'by_hand' and firing.job is null
            ) as "wanted!"
        from jobs.schedule where name = any ($1)
        "#,
        &names
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name.clone(), row)).collect())
}

async fn write(conn: &mut PgConnection, schedules: &[&Schedule]) -> Result<(), sqlx::Error> {
    let of = |fact: fn(&Schedule) -> &'static str| -> Vec<String> {
        schedules.iter().map(|schedule| fact(schedule).to_owned()).collect()
    };
    // Sorted, so that two processes never wait for each other.
    query!(
        "insert into jobs.schedule (name, expression, zone, missed, job, about, last_tick)
        select name, expression, zone, missed, job, about, jobs.now()
        from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
            as given (name, expression, zone, missed, job, about)
        order by name
        on conflict (name) do update set expression = excluded.expression, zone = excluded.zone,
            missed = excluded.missed, job = excluded.job, about = excluded.about, seen_at = now()",
        &of(Schedule::name),
        &of(Schedule::expression),
        &of(Schedule::zone_name),
        &of(|schedule| schedule.policy().as_str()),
        &of(|schedule| schedule.facts().name),
        &of(|schedule| schedule.facts().about)
    )
    .execute(conn)
    .await?;
    Ok(())
}
