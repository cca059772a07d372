//! Seeing, triggering, pausing and resuming schedules, as staff do.

use std::{sync::Arc, time::Duration};

use chrono_tz::Tz;
use jobs::{
    Missed, RunId, Schedule, Waker,
    inspect::{self, FiringKind, FiringView, JobState, RunState, ScheduleView},
    runtime::Runtime,
    steer::{self, SteerError},
};
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;

use crate::{
    lab::{self, Lab, Work},
    trip::{self, Depart},
};

const HOUR: Duration = Duration::from_hours(1);

fn hourly(db: &PgPool, lab: &Arc<Lab>, missed: Missed) -> Runtime<Lab> {
    let schedule = Schedule::new("lab.hourly", "0 0 * * * *", || Work::note("tick"));
    lab::runtime_of(db, lab, lab::catalogue().schedule(schedule.missed(missed)))
}

async fn schedule(db: &PgPool) -> ScheduleView {
    let mut conn = db.acquire().await.unwrap();
    inspect::schedule(&mut conn, "lab.hourly").await.unwrap().unwrap()
}

async fn firings(db: &PgPool, name: &str) -> Vec<FiringView> {
    inspect::firings(&mut db.acquire().await.unwrap(), name, 10).await.unwrap()
}

async fn kinds(db: &PgPool) -> Vec<&'static str> {
    firings(db, "lab.hourly").await.iter().map(|firing| firing.kind.as_str()).collect()
}

async fn trigger(db: &PgPool) -> Result<(), SteerError> {
    let mut conn = db.acquire().await.unwrap();
    steer::trigger_schedule(&mut conn, "lab.hourly", Some("ada"), Some("to see it")).await
}

async fn pause(db: &PgPool) -> Result<(), SteerError> {
    let mut conn = db.acquire().await.unwrap();
    steer::pause_schedule(&mut conn, "lab.hourly", Some("ada"), Some("the store is down")).await
}

async fn resume(db: &PgPool) -> Result<(), SteerError> {
    steer::resume_schedule(&mut db.acquire().await.unwrap(), "lab.hourly").await
}

/// A process looks, half an hour after a tick, an hour later, and so on.
async fn look(db: &PgPool, runtime: &Runtime<Lab>, hours: u32) {
    for _ in 0..hours {
        lab::advance(db, HOUR).await;
        runtime.run_until_idle().await.unwrap();
    }
}

#[tokio::test]
async fn a_schedule_is_seen_with_what_it_does_and_what_it_did() {
    let (db, lab, _) = lab::start().await;
    lab::half_past(&db).await;
    let runtime = hourly(&db, &lab, Missed::Skip);
    runtime.run_until_idle().await.unwrap();
    let fresh = schedule(&db).await;
    assert_eq!((fresh.job.as_str(), fresh.about.as_str()), ("lab.work", "Does what a test needs."));
    assert_eq!((fresh.expression.as_str(), fresh.zone.as_str()), ("0 0 * * * *", "UTC"));
    assert_eq!((fresh.missed, &fresh.last, &fresh.paused), (Missed::Skip, &None, &None));
    let next = fresh.next_at.unwrap();
    let mut conn = db.acquire().await.unwrap();
    let now = jobs::clock::now(&mut conn).await.unwrap();
    lab::advance(&db, (next - now).to_std().unwrap() + Duration::from_secs(1)).await;
    runtime.run_until_idle().await.unwrap();
    let last = schedule(&db).await.last.unwrap();
    assert_eq!((last.kind, last.tick), (FiringKind::Tick, Some(next)));
    assert_eq!(last.job_state, Some(JobState::Completed));
}

#[tokio::test]
async fn a_schedule_that_was_changed_is_seen_as_it_is_now() {
    let (db, lab, _) = lab::start().await;
    hourly(&db, &lab, Missed::Skip).run_until_idle().await.unwrap();
    let changed = Schedule::new("lab.hourly", "0 30 9 * * *", || Depart).zone(Tz::Europe__Berlin);
    let catalogue = trip::catalogue().schedule(changed);
    lab::runtime_of(&db, &lab, catalogue).run_until_idle().await.unwrap();
    let seen = schedule(&db).await;
    assert_eq!((seen.job.as_str(), seen.missed), ("lab.depart", Missed::Once));
    assert_eq!((seen.expression.as_str(), seen.zone.as_str()), ("0 30 9 * * *", "Europe/Berlin"));
}

#[tokio::test]
async fn a_schedule_that_every_program_dropped_is_neither_seen_nor_triggered() {
    let (db, lab, _) = lab::start().await;
    hourly(&db, &lab, Missed::Once).run_until_idle().await.unwrap();
    let other = Schedule::new("lab.other", "0 0 * * * *", || Work::note("other"));
    let next_version = lab::runtime_of(&db, &lab, lab::catalogue().schedule(other));
    next_version.run_until_idle().await.unwrap();
    sqlx::raw_sql("update jobs.schedule set seen_at = seen_at - interval '1 hour'")
        .execute(&db.pool)
        .await
        .unwrap();
    let mut conn = db.acquire().await.unwrap();
    let names = async |conn: &mut sqlx::PgConnection| {
        let seen = inspect::schedules(conn).await.unwrap();
        seen.into_iter().map(|schedule| schedule.name).collect::<Vec<_>>()
    };
    assert_eq!(names(&mut conn).await, ["lab.hourly", "lab.other"], "no process runs at all");
    next_version.run_until_idle().await.unwrap();
    assert_eq!(names(&mut conn).await, ["lab.other"]);
    assert!(matches!(trigger(&db).await, Err(SteerError::NoSuchSchedule(_))));
}

#[tokio::test]
async fn a_trigger_fires_once_over_all_processes_paused_or_not() {
    let (db, lab, _) = lab::start().await;
    lab::half_past(&db).await;
    let (a, b) = (hourly(&db, &lab, Missed::Once), hourly(&db, &lab, Missed::Once));
    a.run_until_idle().await.unwrap();
    trigger(&db).await.unwrap();
    let asked = &firings(&db, "lab.hourly").await[0];
    assert_eq!((asked.kind, asked.job), (FiringKind::ByHand, None), "until a process takes it");
    for _ in 0..2 {
        let (first, second) = tokio::join!(a.run_until_idle(), b.run_until_idle());
        first.and(second).unwrap();
        a.run_until_idle().await.unwrap();
    }
    assert_eq!(lab.notes(), ["tick"]);
    let done = &firings(&db, "lab.hourly").await[0];
    assert_eq!((done.tick, done.job_state), (None, Some(JobState::Completed)));
    assert_eq!((done.by.as_deref(), done.reason.as_deref()), (Some("ada"), Some("to see it")));

    pause(&db).await.unwrap();
    trigger(&db).await.unwrap();
    trigger(&db).await.unwrap();
    a.run_until_idle().await.unwrap();
    assert_eq!(lab.notes().len(), 3, "each trigger is a firing");
}

#[tokio::test]
async fn a_trigger_that_is_rolled_back_never_was() {
    let (db, lab, _) = lab::start().await;
    lab::half_past(&db).await;
    let runtime = hourly(&db, &lab, Missed::Once);
    runtime.run_until_idle().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    steer::trigger_schedule(&mut tx, "lab.hourly", None, None).await.unwrap();
    tx.rollback().await.unwrap();
    runtime.run_until_idle().await.unwrap();
    assert!(lab.notes().is_empty());
}

#[tokio::test]
async fn a_running_process_fires_what_was_triggered_as_soon_as_it_is_woken() {
    let (db, lab, _) = lab::start().await;
    lab::half_past(&db).await;
    let runtime = hourly(&db, &lab, Missed::Once);
    runtime.run_until_idle().await.unwrap();
    let stop = CancellationToken::new();
    let process = tokio::spawn({
        let stop = stop.clone();
        async move { runtime.run(stop).await }
    });
    let waker = Waker::new(&db);
    for times in 1..=3 {
        trigger(&db).await.unwrap();
        waker.wake_schedules();
        lab.sees_times("tick", times).await;
    }
    stop.cancel();
    process.await.unwrap();
}

#[tokio::test]
async fn a_paused_schedule_fires_in_no_process_and_says_so() {
    let (db, lab, _) = lab::start().await;
    lab::half_past(&db).await;
    let (a, b) = (hourly(&db, &lab, Missed::Once), hourly(&db, &lab, Missed::Once));
    a.run_until_idle().await.unwrap();
    pause(&db).await.unwrap();
    assert!(matches!(pause(&db).await, Err(SteerError::WrongState("paused"))));
    look(&db, &a, 1).await;
    look(&db, &b, 1).await;
    assert!(lab.notes().is_empty());
    let seen = schedule(&db).await;
    let pause = seen.paused.unwrap();
    assert_eq!(
        (pause.by.as_deref(), pause.reason.as_deref()),
        (Some("ada"), Some("the store is down"))
    );
    assert_eq!((seen.next_at, seen.missed_recently), (None, 0), "nobody missed what nobody wanted");
    assert_eq!(kinds(&db).await, ["skipped", "skipped"]);
    assert_eq!(seen.last.unwrap().by.as_deref(), Some("ada"));
}

#[tokio::test]
async fn what_a_pause_passed_over_is_not_made_up_for_except_work_of_its_own() {
    for (missed, made_up) in [(Missed::Skip, 0), (Missed::Once, 0), (Missed::All, 3)] {
        let (db, lab, _) = lab::start().await;
        lab::half_past(&db).await;
        let runtime = hourly(&db, &lab, missed);
        runtime.run_until_idle().await.unwrap();
        pause(&db).await.unwrap();
        look(&db, &runtime, 2).await;
        // No process looks while one more tick passes.
        lab::advance(&db, HOUR).await;
        resume(&db).await.unwrap();
        assert!(matches!(resume(&db).await, Err(SteerError::WrongState("running"))));
        runtime.run_until_idle().await.unwrap();
        assert_eq!(lab.notes().len(), made_up, "{missed:?}");
        look(&db, &runtime, 1).await;
        let ticks_on = usize::from(missed != Missed::Skip);
        assert_eq!(lab.notes().len(), made_up + ticks_on, "{missed:?}: it ticks on");
    }
}

#[tokio::test]
async fn a_job_is_told_its_tick() {
    let (db, lab, _) = lab::start().await;
    lab::half_past(&db).await;
    let schedule =
        Schedule::ticking("lab.hourly", "0 0 * * * *", |tick| Work::note(&tick.to_rfc3339()));
    let catalogue = lab::catalogue().schedule(schedule.missed(Missed::All));
    let runtime = lab::runtime_of(&db, &lab, catalogue);
    runtime.run_until_idle().await.unwrap();
    lab::advance(&db, 3 * HOUR).await;
    runtime.run_until_idle().await.unwrap();
    trigger(&db).await.unwrap();
    runtime.run_until_idle().await.unwrap();
    let mut told = lab.notes();
    told.sort_unstable();
    let firings = firings(&db, "lab.hourly").await;
    let mut ticks: Vec<_> =
        firings.iter().map(|firing| firing.tick.unwrap_or(firing.fired_at).to_rfc3339()).collect();
    ticks.sort_unstable();
    assert_eq!(told, ticks);
    assert_eq!(told.len(), 4);
}

#[tokio::test]
async fn a_firing_leads_to_the_run_that_its_job_started() {
    let (db, lab, _) = trip::start().await;
    let daily = Schedule::new("lab.daily", "0 0 0 * * *", || Depart);
    let runtime = lab::runtime_of(&db, &lab, trip::catalogue().schedule(daily));
    runtime.run_until_idle().await.unwrap();
    lab::advance(&db, 24 * HOUR).await;
    runtime.run_until_idle().await.unwrap();
    let run: RunId = firings(&db, "lab.daily").await[0].run.unwrap();
    assert_eq!(trip::run(&db, run).await.state, RunState::Waiting);
}

#[tokio::test]
async fn the_last_firings_of_each_schedule_are_kept() {
    let (db, lab, _) = lab::start().await;
    let runtime = hourly(&db, &lab, Missed::Once);
    runtime.run_until_idle().await.unwrap();
    for statement in [
        "insert into jobs.firing (schedule, kind, tick, fired_at)
        select 'lab.hourly', 'skipped', jobs.now(), jobs.now() from generate_series(1, 500)",
        "insert into jobs.schedule (name, expression, last_tick) values ('rare', '', now())",
        "insert into jobs.firing (schedule, kind, tick, fired_at)
        values ('rare', 'skipped', jobs.now(), jobs.now())",
    ] {
        sqlx::query(statement).execute(&db.pool).await.unwrap();
    }
    runtime.sweep_history().await.unwrap();
    let kept: Vec<(String, i64)> =
        sqlx::query_as("select schedule, count(*) from jobs.firing group by 1 order by 1")
            .fetch_all(&db.pool)
            .await
            .unwrap();
    assert_eq!(kept, [("lab.hourly".to_owned(), 200), ("rare".to_owned(), 1)]);
}
