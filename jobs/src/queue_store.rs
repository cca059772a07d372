//! Inserting jobs and taking their unique keys.

use std::collections::{BTreeMap, HashMap};

use sqlx::{PgConnection, query};
use uuid::Uuid;

use crate::{
    JobId,
    clock::interval,
    enqueue::{EnqueueError, Enqueued, NewJob, RunAt},
};

/// One row and, without a unique key, one statement.
pub(crate) async fn insert_one(
    conn: &mut PgConnection,
    job: NewJob,
) -> Result<Enqueued, EnqueueError> {
    let enqueued = insert_many(conn, vec![job]).await?;
    enqueued.first().copied().ok_or_else(|| sqlx::Error::RowNotFound.into())
}

/// Takes the unique keys in sorted order, then inserts the jobs that got theirs.
pub(crate) async fn insert_many(
    conn: &mut PgConnection,
    jobs: Vec<NewJob>,
) -> Result<Vec<Enqueued>, EnqueueError> {
    let owners = take_keys(conn, &jobs).await?;
    let owner = |job: &NewJob| {
        job.unique_key.as_ref().and_then(|key| owners.get(key)).copied().unwrap_or(job.id)
    };
    let answers: Vec<Enqueued> = jobs
        .iter()
        .map(|job| Enqueued { id: owner(job), existing: owner(job) != job.id })
        .collect();
    let (new, duplicates): (Vec<_>, Vec<_>) =
        jobs.into_iter().zip(&answers).partition(|(_, answer)| !answer.existing);
    if !duplicates.is_empty() {
        let ids: Vec<Uuid> = duplicates.iter().map(|(_, answer)| answer.id.0).collect();
        let once_more: Vec<bool> =
            duplicates.iter().map(|(job, _)| job.unique_within.is_none()).collect();
        hold_existing(conn, &ids, &once_more).await?;
    }
    insert(conn, new.into_iter().map(|(job, _)| job).collect()).await?;
    Ok(answers)
}

/// Who owns each key now: this call's job, or one that was there before.
async fn take_keys(
    conn: &mut PgConnection,
    jobs: &[NewJob],
) -> Result<HashMap<String, JobId>, sqlx::Error> {
    // Sorted, so that two transactions never wait for each other; the first of a key wins.
    let mut wanted = BTreeMap::new();
    for job in jobs {
        if let Some(key) = &job.unique_key {
            wanted.entry(key.as_str()).or_insert((job.id.0, job.unique_within));
        }
    }
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let keys: Vec<&str> = wanted.keys().copied().collect();
    let ids: Vec<Uuid> = wanted.values().map(|(id, _)| *id).collect();
    let within: Vec<_> = wanted.values().map(|(_, within)| within.map(interval)).collect();
    let rows = query!(
        r#"
        insert into jobs.unique_key as held (key, job, expires_at)
        select key, job, jobs.now() + within
        from unnest($1::text[], $2::uuid[], $3::interval[]) as wanted (key, job, within)
        order by key
        on conflict (key) do update set
            job = case when held.expires_at <= jobs.now() then excluded.job else held.job end,
            expires_at = case when held.expires_at <= jobs.now() then excluded.expires_at
                              else held.expires_at end
        returning key, job
        "#,
        &keys as _,
        &ids,
        &within as _,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.key, JobId(row.job))).collect())
}

/// Keeps ready jobs from starting before the caller's transaction has committed, and marks
/// running ones to run once more: either way the work sees what this transaction writes. A key
/// with a period asks for one run within it, so there nothing is marked.
async fn hold_existing(
    conn: &mut PgConnection,
    ids: &[Uuid],
    once_more: &[bool],
) -> Result<(), sqlx::Error> {
    query!(
        "with held as (
            select id, session from jobs.job where id = any($1) order by id for no key update
        )
        update jobs.job set run_again = true
        from held, unnest($1::uuid[], $2::boolean[]) as duplicate (id, once_more)
        where job.id = held.id and held.session is not null
            and duplicate.id = held.id and duplicate.once_more",
        ids,
        once_more
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(crate) async fn insert(conn: &mut PgConnection, jobs: Vec<NewJob>) -> Result<(), sqlx::Error> {
    if jobs.is_empty() {
        return Ok(());
    }
    let rows = Columns::of(jobs);
    query!(
        r#"
        with t as materialized (select jobs.now() as now)
        insert into jobs.job (
            id, queue, name, priority, max_attempts, run_at, created_at, args, tags,
            traceparent, unique_key, run)
        select id, queue, name, priority, max_attempts, coalesce(moment, t.now + wait, t.now),
            t.now, args::jsonb, string_to_array(tags, e'\n'), traceparent, unique_key, run
        from t, unnest(
            $1::uuid[], $2::text[], $3::text[], $4::int2[], $5::int2[], $6::timestamptz[],
            $7::interval[], $8::text[], $9::text[], $10::text[], $11::text[], $12::uuid[]
        ) as new (id, queue, name, priority, max_attempts, moment, wait, args, tags,
            traceparent, unique_key, run)
        "#,
        &rows.ids,
        &rows.queues,
        &rows.names,
        &rows.priorities,
        &rows.max_attempts,
        &rows.moments as _,
        &rows.waits as _,
        &rows.args,
        &rows.tags as _,
        &rows.traceparents as _,
        &rows.unique_keys as _,
        &rows.runs as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The rows turned on their side, as `unnest` wants them.
#[derive(Default)]
struct Columns {
    ids: Vec<Uuid>,
    queues: Vec<String>,
    names: Vec<String>,
    priorities: Vec<i16>,
    max_attempts: Vec<i16>,
    moments: Vec<Option<chrono::DateTime<chrono::Utc>>>,
    waits: Vec<Option<sqlx::postgres::types::PgInterval>>,
    args: Vec<String>,
    tags: Vec<Option<String>>,
    traceparents: Vec<Option<String>>,
    unique_keys: Vec<Option<String>>,
    runs: Vec<Option<Uuid>>,
}

impl Columns {
    fn of(jobs: Vec<NewJob>) -> Self {
        let mut columns = Self::default();
        for job in jobs {
            let (moment, wait) = match job.run_at {
                Some(RunAt::Moment(moment)) => (Some(moment), None),
                Some(RunAt::After(wait)) => (None, Some(interval(wait))),
                None => (None, None),
            };
            columns.ids.push(job.id.0);
            columns.queues.push(job.queue);
            columns.names.push(job.name);
            columns.priorities.push(job.priority);
            columns.max_attempts.push(job.max_attempts);
            columns.moments.push(moment);
            columns.waits.push(wait);
            columns.args.push(job.args);
            columns.tags.push(job.tags.map(|tags| tags.join("\n")));
            columns.traceparents.push(job.traceparent);
            columns.unique_keys.push(job.unique_key);
            columns.runs.push(job.run);
        }
        columns
    }
}
