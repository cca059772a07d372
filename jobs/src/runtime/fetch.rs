//! Fetching: the statement, and where it begins to look.

use std::{collections::HashMap, sync::Arc, time::Instant};

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, query, query_as};
use uuid::Uuid;

use crate::Priority;

/// A job just fetched.
pub(super) struct Fetched {
    pub id: Uuid,
    pub name: String,
    pub args: String,
    pub attempt: i32,
    pub attempts_before: i32,
    pub traceparent: Option<String>,
    pub unique_key: Option<String>,
    pub run: Option<Uuid>,
    pub run_at: DateTime<Utc>,
    pub started_at: DateTime<Utc>,
    pub priority: i16,
}

type Place = (DateTime<Utc>, Uuid);

/// Fetches for one queue.
///
/// While a backlog is drained, each priority is read from where the last fetch ended: the index
/// entries before are of rows that are gone but, under a long-running snapshot, not yet removed.
/// Jobs may commit behind that place, so it is forgotten every so often, and always before the
/// queue counts as empty.
#[derive(Debug)]
pub(super) struct Probe {
    queue: &'static str,
    names: Arc<Vec<String>>,
    places: [Option<Place>; Priority::ALL.len()],
    forget_at: Instant,
    fetches: u32,
}

const FETCHES_PER_RESCAN: u32 = 64;

impl Probe {
    pub fn new(queue: &'static str, names: Arc<Vec<String>>) -> Self {
        Self { queue, names, places: Default::default(), forget_at: Instant::now(), fetches: 0 }
    }

    pub fn queue(&self) -> &'static str {
        self.queue
    }

    /// Up to `most` due jobs, now held by `session`; the most urgent first. Fewer than `most`
    /// means that no more are due.
    pub async fn fetch(
        &mut self,
        conn: &mut PgConnection,
        session: i64,
        most: usize,
    ) -> Result<Vec<Fetched>, sqlx::Error> {
        self.forget_places_in_time();
        let mut fetched = self.fetch_from_places(conn, session, most).await?;
        if fetched.len() < most && self.places.iter().any(Option::is_some) {
            self.places = Default::default();
            let missing = most - fetched.len();
            fetched.extend(self.fetch_from_places(conn, session, missing).await?);
        }
        Ok(fetched)
    }

    fn forget_places_in_time(&mut self) {
        let now = Instant::now();
        self.fetches += 1;
        if self.fetches > FETCHES_PER_RESCAN || now > self.forget_at {
            self.places = Default::default();
            self.fetches = 0;
            self.forget_at = now + std::time::Duration::from_millis(500);
        }
    }

    async fn fetch_from_places(
        &mut self,
        conn: &mut PgConnection,
        session: i64,
        most: usize,
    ) -> Result<Vec<Fetched>, sqlx::Error> {
        let [high, normal, low] = self.places;
        let mut fetched = query_as!(
            Fetched,
            r#"
            update jobs.job
            set session = $1, attempt = attempt + 1, started_at = (select jobs.now())
            where ctid = any (array(
                select due.ctid from (
                    select * from (
                        select ctid from jobs.job
                        where queue = $2 and priority = 0 and session is null and name = any ($3)
                            and (run_at, id) > (coalesce($5, '-infinity'::timestamptz), $6::uuid)
                            and run_at <= (select jobs.now())
                        order by run_at, id limit $4 for update skip locked) high
                    union all
                    select * from (
                        select ctid from jobs.job
                        where queue = $2 and priority = 1 and session is null and name = any ($3)
                            and (run_at, id) > (coalesce($7, '-infinity'::timestamptz), $8::uuid)
                            and run_at <= (select jobs.now())
                        order by run_at, id limit $4 for update skip locked) normal
                    union all
                    select * from (
                        select ctid from jobs.job
                        where queue = $2 and priority = 2 and session is null and name = any ($3)
                            and (run_at, id) > (coalesce($9, '-infinity'::timestamptz), $10::uuid)
                            and run_at <= (select jobs.now())
                        order by run_at, id limit $4 for update skip locked) low
                ) due
                limit case
                    when exists (select from jobs.paused_queue where queue = $2) then 0
                    when exists (select from jobs.session where id = $1 and ended_at is not null) then 0
                    else $4 end
            ))
            returning id, name, args::text as "args!", attempt, attempts_before, traceparent,
                unique_key, run, run_at, started_at as "started_at!", priority
            "#,
            session,
            self.queue,
            &*self.names,
            i64::try_from(most).unwrap_or(i64::MAX),
            high.map(|place| place.0),
            high.map_or(Uuid::nil(), |place| place.1),
            normal.map(|place| place.0),
            normal.map_or(Uuid::nil(), |place| place.1),
            low.map(|place| place.0),
            low.map_or(Uuid::nil(), |place| place.1),
        )
        .fetch_all(conn)
        .await?;
        fetched.sort_unstable_by_key(|job| (job.priority, job.run_at, job.id));
        for job in &fetched {
            if let Some(place) =
                usize::try_from(job.priority).ok().and_then(|p| self.places.get_mut(p))
            {
                *place = Some((job.run_at, job.id));
            }
        }
        Ok(fetched)
    }
}

/// How long until the next waiting job of these queues is due, in seconds on the database's clock.
pub(super) async fn next_due(
    conn: &mut PgConnection,
    queues: &[String],
) -> Result<Option<f64>, sqlx::Error> {
    let row = query!(
        r#"
        select extract(epoch from min(next.run_at) - jobs.now())::float8 as seconds
        from unnest($1::text[]) as q (queue), generate_series(0, 2) as p (priority),
        lateral (
            select run_at from jobs.job
            where queue = q.queue and priority = p.priority::int2 and session is null
                and run_at > (select jobs.now())
            order by run_at, id limit 1
        ) next
        "#,
        queues
    )
    .fetch_one(conn)
    .await?;
    Ok(row.seconds)
}

/// Gives jobs back that were fetched and not begun; the attempt is not counted.
pub(super) async fn give_back(
    conn: &mut PgConnection,
    jobs: &HashMap<Uuid, i64>,
) -> Result<(), sqlx::Error> {
    let (ids, sessions): (Vec<Uuid>, Vec<i64>) = jobs.iter().map(|(id, s)| (*id, *s)).unzip();
    query!(
        "update jobs.job set session = null, attempt = attempt - 1
        from unnest($1::uuid[], $2::int8[]) as back (id, session)
        where job.id = back.id and job.session = back.session",
        &ids,
        &sessions
    )
    .execute(conn)
    .await?;
    Ok(())
}
