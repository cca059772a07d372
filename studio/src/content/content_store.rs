//! Contents in Postgres: one function a query. Who calls owns the transaction.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, query, query_scalar};
use uuid::Uuid;

use super::{
    ContentRecord, Stage, Visibility,
    details::{Details, tag_key},
    failures::Failure,
    media_type::Kind,
    upload::UploadState,
};
use crate::{
    Result,
    ids::{AccountId, ContentId, UploadId},
};

#[derive(sqlx::FromRow)]
pub struct Row {
    id: ContentId,
    owner: AccountId,
    kind: Kind,
    stage: Stage,
    visibility: Visibility,
    version: i64,
    change: i64,
    sort_title: String,
    progress_percent: Option<f32>,
    duration_ms: Option<i64>,
    width: Option<i32>,
    height: Option<i32>,
    thumbnail_key: Option<String>,
    created_at: DateTime<Utc>,
    published_at: Option<DateTime<Utc>>,
    deleted_at: Option<DateTime<Utc>>,
    purged_at: Option<DateTime<Utc>>,
    upload_id: UploadId,
    upload_state: UploadState,
    file_name: String,
    first_title: String,
    size_bytes: i64,
    received_bytes: i64,
    original_key: String,
    run_id: Option<Uuid>,
    failure_code: Option<String>,
    failure_detail: Option<String>,
    failure_step: Option<String>,
}

impl From<Row> for ContentRecord {
    fn from(row: Row) -> Self {
        let failure = row
            .failure_code
            .map(|code| Failure::read(&code, row.failure_detail.as_deref(), row.failure_step));
        Self {
            id: row.id,
            owner: row.owner,
            kind: row.kind,
            stage: row.stage,
            visibility: row.visibility,
            version: row.version,
            change: row.change,
            sort_title: row.sort_title,
            progress_percent: row.progress_percent,
            duration_ms: row.duration_ms,
            width: row.width,
            height: row.height,
            thumbnail_key: row.thumbnail_key,
            created_at: row.created_at,
            published_at: row.published_at,
            deleted_at: row.deleted_at,
            purged_at: row.purged_at,
            upload_id: row.upload_id,
            upload_state: row.upload_state,
            file_name: row.file_name,
            first_title: row.first_title,
            size_bytes: row.size_bytes,
            received_bytes: row.received_bytes,
            original_key: row.original_key,
            run_id: row.run_id,
            failure,
        }
    }
}

/// What [`Row`] is read from, for the one query that is put together at run time.
pub const COLUMNS: &str = "c.id, c.owner, c.kind, c.stage, c.visibility, c.version, c.change, c.sort_title,
    c.progress_percent, c.duration_ms, c.width, c.height, c.thumbnail_key, c.created_at, c.published_at,
    c.deleted_at, c.purged_at, c.upload_id, u.state as upload_state, u.file_name,
    u.title as first_title, u.size_bytes, u.received_bytes, u.object_key as original_key, u.run_id,
    u.failure_code, u.failure_detail, u.failure_step";

macro_rules! select {
    ($which:literal, $($argument:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"select c.id as "id: ContentId", c.owner as "owner: AccountId", c.kind as "kind: Kind",
                c.stage as "stage: Stage", c.visibility as "visibility: Visibility", c.version, c.change, c.sort_title,
                c.progress_percent, c.duration_ms, c.width, c.height, c.thumbnail_key, c.created_at,
                c.published_at, c.deleted_at, c.purged_at, c.upload_id as "upload_id: UploadId",
                u.state as "upload_state: UploadState", u.file_name, u.title as first_title,
                u.size_bytes, u.received_bytes, u.object_key as original_key, u.run_id,
                u.failure_code, u.failure_detail, u.failure_step
            from contents c join uploads u on u.id = c.upload_id "# + $which,
            $($argument),*
        )
    };
}

/// What is known of a content when it is created.
pub struct NewContent<'a> {
    pub id: ContentId,
    pub owner: AccountId,
    pub kind: Kind,
    pub visibility: Visibility,
    pub upload: UploadId,
    pub title: &'a str,
}

pub async fn insert(db: &mut PgConnection, new: &NewContent<'_>) -> Result<()> {
    let title_key = new.title.to_lowercase();
    query!(
        "insert into contents (id, owner, kind, visibility, upload_id, search_text, sort_title, title, created_at)
        values ($1, $2, $3, $4, $5, $6, $6, $7, jobs.now())",
        new.id.0,
        new.owner.0,
        kind_name(new.kind),
        new.visibility.name(),
        new.upload.0,
        title_key,
        new.title
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The owner's content of this id, purged or not.
pub async fn find(
    db: &mut PgConnection,
    owner: AccountId,
    id: ContentId,
) -> Result<Option<ContentRecord>> {
    let row = select!("where c.owner = $1 and c.id = $2", owner.0, id.0).fetch_optional(db).await?;
    Ok(row.map(Into::into))
}

/// The owner's content of this id, purged or not, locked.
pub async fn lock(
    db: &mut PgConnection,
    owner: AccountId,
    id: ContentId,
) -> Result<Option<ContentRecord>> {
    let row = select!("where c.owner = $1 and c.id = $2 for update of c", owner.0, id.0);
    Ok(row.fetch_optional(db).await?.map(Into::into))
}

/// Whosever content of this id: for jobs, and for viewers of what is public.
pub async fn find_any(db: &mut PgConnection, id: ContentId) -> Result<Option<ContentRecord>> {
    Ok(select!("where c.id = $1", id.0).fetch_optional(db).await?.map(Into::into))
}

/// The owner's contents that changed after `change`, in the order of their changes.
pub async fn changed(
    db: &mut PgConnection,
    owner: AccountId,
    change: i64,
    rows: i64,
) -> Result<Vec<ContentRecord>> {
    let found = select!(
        "where c.owner = $1 and c.change > $2 order by c.change limit $3",
        owner.0,
        change,
        rows
    );
    Ok(found.fetch_all(db).await?.into_iter().map(Into::into).collect())
}

/// Writes how far its file is. Nothing changes if it was there already.
pub async fn set_stage(db: &mut PgConnection, id: ContentId, stage: Stage) -> Result<()> {
    query!(
        "update contents set stage = $2, progress_percent = null where id = $1 and stage <> $2",
        id.0,
        stage.name()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes how far the VOD service is; never backwards, whatever order its reports come in.
pub async fn set_progress(db: &mut PgConnection, id: ContentId, percent: f32) -> Result<bool> {
    let written = query!(
        "update contents set progress_percent = $2
        where id = $1 and stage = 'transcoding' and coalesce(progress_percent, -1) < $2",
        id.0,
        percent
    );
    Ok(written.execute(db).await?.rows_affected() > 0)
}

/// What probing found.
pub struct Facts {
    pub kind: Kind,
    pub duration_ms: i64,
    pub width: Option<i32>,
    pub height: Option<i32>,
}

pub async fn set_facts(db: &mut PgConnection, id: ContentId, facts: &Facts) -> Result<()> {
    query!(
        "update contents set kind = $2, duration_ms = $3, width = $4, height = $5 where id = $1",
        id.0,
        kind_name(facts.kind),
        facts.duration_ms,
        facts.width,
        facts.height
    )
    .execute(db)
    .await?;
    Ok(())
}

/// It can be played.
pub async fn set_ready(
    db: &mut PgConnection,
    id: ContentId,
    thumbnail_key: Option<&str>,
) -> Result<()> {
    query!(
        "update contents set stage = 'ready', progress_percent = null, thumbnail_key = $2,
            published_at = case when visibility = 'public' then coalesce(published_at, jobs.now()) else published_at end
        where id = $1",
        id.0,
        thumbnail_key
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes what a creator says about it, for search and order.
pub async fn set_details(db: &mut PgConnection, id: ContentId, details: &Details) -> Result<()> {
    let tags: Vec<String> = details.tags.iter().map(|tag| tag_key(tag)).collect();
    query!(
        "update contents set search_text = $2, sort_title = $3, tags = $4, title = $5, version = version + 1
        where id = $1",
        id.0,
        details.search_text(),
        details.title.to_lowercase(),
        &tags,
        details.title
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn set_visibility(
    db: &mut PgConnection,
    id: ContentId,
    visibility: Visibility,
) -> Result<()> {
    query!(
        "update contents set visibility = $2, version = version + 1,
            published_at = case when $2 = 'public' then coalesce(published_at, jobs.now()) else published_at end
        where id = $1",
        id.0,
        visibility.name()
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn set_deleted(db: &mut PgConnection, id: ContentId, deleted: bool) -> Result<()> {
    query!(
        "update contents set deleted_at = case when $2 then jobs.now() end, version = version + 1 where id = $1",
        id.0,
        deleted
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Leaves nothing of it but its row.
pub async fn set_purged(db: &mut PgConnection, id: ContentId) -> Result<()> {
    query!(
        "update contents set purged_at = jobs.now(), deleted_at = coalesce(deleted_at, jobs.now()),
            search_text = '', sort_title = '', title = '', tags = '{}', thumbnail_key = null, version = version + 1
        where id = $1",
        id.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What its creator calls it.
pub async fn title(db: &mut PgConnection, id: ContentId) -> Result<String> {
    let title = query_scalar!(
        r#"select coalesce(c.title, u.title) as "title!"
        from contents c join uploads u on u.id = c.upload_id where c.id = $1"#,
        id.0
    );
    Ok(title.fetch_one(db).await?)
}

/// Contents that have been in the bin for longer than they are kept.
pub async fn due_for_purge(
    db: &mut PgConnection,
    retention_days: u32,
    rows: i64,
) -> Result<Vec<ContentId>> {
    let days = i32::try_from(retention_days).unwrap_or(i32::MAX);
    let found = query_scalar!(
        r#"select id as "id: ContentId" from contents
        where deleted_at <= jobs.now() - make_interval(days => $1) and purged_at is null
        order by deleted_at limit $2"#,
        days,
        rows
    );
    Ok(found.fetch_all(db).await?)
}

pub const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Video => "video",
        Kind::Audio => "audio",
    }
}

/// Whether this content has been in the bin for longer than it is kept.
pub async fn is_due_for_purge(
    db: &mut PgConnection,
    id: ContentId,
    retention_days: u32,
) -> Result<bool> {
    let days = i32::try_from(retention_days).unwrap_or(i32::MAX);
    let due = query_scalar!(
        r#"select exists (select from contents where id = $1 and purged_at is null
            and deleted_at <= jobs.now() - make_interval(days => $2)) as "due!""#,
        id.0,
        days
    );
    Ok(due.fetch_one(db).await?)
}

/// Locks a content; false if it was purged before.
pub async fn lock_unpurged(db: &mut PgConnection, id: ContentId) -> Result<bool> {
    let row =
        query!("select id from contents where id = $1 and purged_at is null for update", id.0);
    Ok(row.fetch_optional(db).await?.is_some())
}
