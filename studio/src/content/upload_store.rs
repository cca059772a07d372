//! Uploads in Postgres: one function a query. Who calls owns the transaction.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, query, query_scalar};
use uuid::Uuid;

use super::{
    failures::Failure,
    part_plan::PartPlan,
    upload::{Upload, UploadState},
};
use crate::{
    Result,
    ids::{AccountId, ContentId, UploadId},
};

struct Row {
    id: UploadId,
    content_id: ContentId,
    owner: AccountId,
    state: UploadState,
    file_name: String,
    title: String,
    size_bytes: i64,
    media_type: String,
    sha256: Option<Vec<u8>>,
    part_size_bytes: i64,
    part_count: i32,
    object_key: String,
    multipart_id: String,
    received_bytes: i64,
    received_parts: i32,
    received_at: Option<DateTime<Utc>>,
    proven_type: Option<String>,
    proven_sha256: Option<Vec<u8>>,
    run_id: Option<Uuid>,
    failure_code: Option<String>,
    failure_detail: Option<String>,
    failure_step: Option<String>,
    version: i64,
    change: i64,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

impl From<Row> for Upload {
    fn from(row: Row) -> Self {
        let failure = row
            .failure_code
            .map(|code| Failure::read(&code, row.failure_detail.as_deref(), row.failure_step));
        Self {
            id: row.id,
            content_id: row.content_id,
            owner: row.owner,
            state: row.state,
            file_name: row.file_name,
            title: row.title,
            media_type: row.media_type,
            sha256: row.sha256,
            plan: PartPlan {
                part_size: row.part_size_bytes.cast_unsigned(),
                count: row.part_count.cast_unsigned(),
                file_size: row.size_bytes.cast_unsigned(),
            },
            object_key: row.object_key,
            multipart_id: row.multipart_id,
            received_bytes: row.received_bytes.cast_unsigned(),
            received_parts: row.received_parts.cast_unsigned(),
            received_at: row.received_at,
            proven_type: row.proven_type,
            proven_sha256: row.proven_sha256,
            run_id: row.run_id,
            failure,
            version: row.version,
            change: row.change,
            created_at: row.created_at,
            expires_at: row.expires_at,
        }
    }
}

macro_rules! select {
    ($which:literal, $($argument:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"select id as "id: UploadId", content_id as "content_id: ContentId",
                owner as "owner: AccountId", state as "state: UploadState", file_name, title,
                size_bytes, media_type, sha256, part_size_bytes, part_count, object_key, multipart_id,
                received_bytes, received_parts, received_at, proven_type, proven_sha256, run_id,
                failure_code, failure_detail, failure_step, version, change, created_at, expires_at
            from uploads "# + $which,
            $($argument),*
        )
    };
}

/// What is known of an upload when it is created.
pub struct NewUpload<'a> {
    pub id: UploadId,
    pub content_id: ContentId,
    pub owner: AccountId,
    pub file_name: &'a str,
    pub title: &'a str,
    pub media_type: &'a str,
    pub sha256: Option<&'a [u8]>,
    pub plan: PartPlan,
    pub object_key: &'a str,
    pub multipart_id: &'a str,
    pub expiry_seconds: u64,
}

pub async fn insert(db: &mut PgConnection, new: &NewUpload<'_>) -> Result<()> {
    query!(
        "insert into uploads (id, content_id, owner, file_name, title, size_bytes, media_type, sha256,
            part_size_bytes, part_count, object_key, multipart_id, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
            jobs.now(), jobs.now() + make_interval(secs => $13))",
        new.id.0,
        new.content_id.0,
        new.owner.0,
        new.file_name,
        new.title,
        new.plan.file_size.cast_signed(),
        new.media_type,
        new.sha256,
        new.plan.part_size.cast_signed(),
        new.plan.count.cast_signed(),
        new.object_key,
        new.multipart_id,
        seconds(new.expiry_seconds),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The owner's upload of this id.
pub async fn find(db: &mut PgConnection, owner: AccountId, id: UploadId) -> Result<Option<Upload>> {
    let row = select!("where owner = $1 and id = $2", owner.0, id.0).fetch_optional(db).await?;
    Ok(row.map(Into::into))
}

/// The owner's upload of this id, locked.
pub async fn lock(db: &mut PgConnection, owner: AccountId, id: UploadId) -> Result<Option<Upload>> {
    let row = select!("where owner = $1 and id = $2 for update", owner.0, id.0);
    Ok(row.fetch_optional(db).await?.map(Into::into))
}

/// Whosever upload of this id: for jobs only.
pub async fn find_any(db: &mut PgConnection, id: UploadId) -> Result<Option<Upload>> {
    Ok(select!("where id = $1", id.0).fetch_optional(db).await?.map(Into::into))
}

/// Whosever upload of this id, locked: for jobs only.
pub async fn lock_any(db: &mut PgConnection, id: UploadId) -> Result<Option<Upload>> {
    Ok(select!("where id = $1 for update", id.0).fetch_optional(db).await?.map(Into::into))
}

/// The owner's uploads before `before`, newest first.
pub async fn list(
    db: &mut PgConnection,
    owner: AccountId,
    state: Option<UploadState>,
    before: Option<UploadId>,
    rows: i64,
) -> Result<Vec<Upload>> {
    let before = before.map_or(Uuid::max(), |id| id.0);
    let found = select!(
        "where owner = $1 and id < $2 and ($3::text is null or state = $3) order by id desc limit $4",
        owner.0,
        before,
        state.map(UploadState::name),
        rows
    );
    Ok(found.fetch_all(db).await?.into_iter().map(Into::into).collect())
}

/// The owner's uploads that changed after `change`, in the order of their changes.
pub async fn changed(
    db: &mut PgConnection,
    owner: AccountId,
    change: i64,
    rows: i64,
) -> Result<Vec<Upload>> {
    let found =
        select!("where owner = $1 and change > $2 order by change limit $3", owner.0, change, rows);
    Ok(found.fetch_all(db).await?.into_iter().map(Into::into).collect())
}

/// Uploads whose time is over; those that somebody works on just now are left for the next time.
pub async fn lock_expired(db: &mut PgConnection, rows: i64) -> Result<Vec<Upload>> {
    let found = select!(
        "where state = 'uploading' and expires_at <= jobs.now()
        order by expires_at limit $1 for update skip locked",
        rows
    );
    Ok(found.fetch_all(db).await?.into_iter().map(Into::into).collect())
}

/// Writes a new state. An upload that goes on has no failure.
pub async fn set_state(db: &mut PgConnection, id: UploadId, state: UploadState) -> Result<()> {
    query!(
        "update uploads set state = $2, version = version + 1,
            failure_code = null, failure_detail = null, failure_step = null,
            submitted_at = case when $2 = 'submitted' then jobs.now() else submitted_at end,
            finished_at = case when $2 in ('uploading', 'submitted') then null else jobs.now() end
        where id = $1",
        id.0,
        state.name()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes a new state with the run that takes the upload over. All parts have arrived.
pub async fn set_submitted(
    db: &mut PgConnection,
    id: UploadId,
    run: Uuid,
    bytes: u64,
    parts: u32,
) -> Result<()> {
    query!(
        "update uploads set run_id = $2, received_bytes = $3, received_parts = $4 where id = $1",
        id.0,
        run,
        bytes.cast_signed(),
        parts.cast_signed()
    )
    .execute(&mut *db)
    .await?;
    set_state(db, id, UploadState::Submitted).await
}

/// Writes a new state with why.
pub async fn set_failure(
    db: &mut PgConnection,
    id: UploadId,
    state: UploadState,
    code: &str,
    detail: Option<&str>,
    step: &str,
) -> Result<()> {
    set_state(db, id, state).await?;
    query!(
        "update uploads set failure_code = $2, failure_detail = $3, failure_step = $4 where id = $1",
        id.0,
        code,
        detail,
        step
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Remembers what the object store said it has.
pub async fn set_received(
    db: &mut PgConnection,
    id: UploadId,
    bytes: u64,
    parts: u32,
) -> Result<()> {
    query!(
        "update uploads set received_bytes = $2, received_parts = $3, received_at = jobs.now()
        where id = $1 and state = 'uploading' and (received_bytes, received_parts) is distinct from ($2, $3)",
        id.0,
        bytes.cast_signed(),
        parts.cast_signed(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Parts go on arriving: the upload is given up later. Written at most once a minute.
pub async fn put_off_expiry(
    db: &mut PgConnection,
    id: UploadId,
    expiry_seconds: u64,
) -> Result<()> {
    query!(
        "update uploads set expires_at = jobs.now() + make_interval(secs => $2)
        where id = $1
            and expires_at < jobs.now() + make_interval(secs => $2::float8 - least(60::float8, $2::float8 / 2))",
        id.0,
        seconds(expiry_seconds),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Remembers what the bytes prove.
pub async fn set_proven(
    db: &mut PgConnection,
    id: UploadId,
    media_type: &str,
    sha256: &[u8],
) -> Result<()> {
    query!(
        "update uploads set proven_type = $2, proven_sha256 = $3 where id = $1",
        id.0,
        media_type,
        sha256
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Remembers the checksums that parts were signed with.
pub async fn remember_parts(
    db: &mut PgConnection,
    id: UploadId,
    parts: &[(u32, [u8; 16])],
) -> Result<()> {
    let numbers: Vec<i32> = parts.iter().map(|(number, _)| number.cast_signed()).collect();
    let checksums: Vec<Vec<u8>> = parts.iter().map(|(_, md5)| md5.to_vec()).collect();
    query!(
        "insert into upload_parts (upload_id, number, md5)
        select $1, number, md5 from unnest($2::int[], $3::bytea[]) as part (number, md5)
        on conflict (upload_id, number) do update set md5 = excluded.md5",
        id.0,
        &numbers,
        &checksums
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The checksums that parts `from..=to` were last signed with.
pub async fn signed_parts(
    db: &mut PgConnection,
    id: UploadId,
    from: u32,
    to: u32,
) -> Result<Vec<(u32, Vec<u8>)>> {
    let rows = query!(
        "select number, md5 from upload_parts where upload_id = $1 and number between $2 and $3",
        id.0,
        from.cast_signed(),
        to.cast_signed()
    );
    let rows = rows.fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (row.number.cast_unsigned(), row.md5)).collect())
}

/// Those of `ids` that are still waiting for parts or about to be assembled.
pub async fn unfinished_among(db: &mut PgConnection, ids: &[Uuid]) -> Result<Vec<UploadId>> {
    let rows = query_scalar!(
        r#"select id as "id: UploadId" from uploads
        where id = any($1) and state in ('uploading', 'submitted', 'failed')"#,
        ids
    );
    Ok(rows.fetch_all(db).await?)
}

#[allow(clippy::cast_precision_loss, reason = "an interval of seconds, far below 2^52")]
fn seconds(seconds: u64) -> f64 {
    seconds as f64
}

/// The database's time, which governs.
pub async fn now(db: &mut PgConnection) -> Result<DateTime<Utc>> {
    Ok(query_scalar!(r#"select jobs.now() as "now!""#).fetch_one(db).await?)
}
