//! A new upload: everything that can be refused is refused before a byte moves.

use sqlx::PgConnection;

use crate::{
    Error, Refusal, Result, Studio,
    content::{
        Visibility,
        content_store::{self, NewContent},
        details, file_name,
        jobs::WriteDocument,
        media_type::{self, Kind},
        objects::keys,
        part_plan::PartPlan,
        refusals, storage,
        upload::Upload,
        upload_store::{self, NewUpload},
    },
    idempotency::{self, NamedRequest},
    ids::{AccountId, ContentId, UploadId},
    queues,
};

/// A file that a creator wants to upload, as declared.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// Its name on the creator's device.
    pub file_name: String,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// Its media type.
    pub media_type: String,
    /// Its SHA-256 in hexadecimal, if the creator's device has made it.
    pub sha256: Option<String>,
    /// The title to begin with; none: the file's name.
    pub title: Option<String>,
    /// Who sees it once it is ready.
    pub when_ready: Visibility,
}

/// The same, found good.
struct Announced {
    file_name: String,
    title: String,
    media_type: String,
    kind: Kind,
    sha256: Option<Vec<u8>>,
    plan: PartPlan,
}

/// Creates an upload and the content that it will become. A repeated request gives the first one's upload.
///
/// # Errors
/// Every way in which the declaration can be wrong, and `upload.no_room`.
pub async fn create(
    studio: &Studio,
    owner: AccountId,
    file: NewFile,
    request: Option<NamedRequest>,
) -> Result<Upload> {
    let mut tx = studio.db.begin().await?;
    if let Some(request) = &request
        && let Some(id) = idempotency::claim::<UploadId>(&mut tx, request).await?
    {
        return there(upload_store::find(&mut tx, owner, id).await?);
    }
    let upload = create_in(studio, &mut tx, owner, file).await?;
    if let Some(request) = &request {
        idempotency::save(&mut tx, request, &upload.id).await?;
    }
    tx.commit().await?;
    studio.waker.wake(queues::CONTENT);
    studio.live.announce(owner);
    Ok(upload)
}

async fn create_in(
    studio: &Studio,
    tx: &mut PgConnection,
    owner: AccountId,
    file: NewFile,
) -> Result<Upload> {
    let when_ready = file.when_ready;
    let file = read(file)?;
    storage::check(studio, tx, owner, file.plan.file_size).await?;
    let (content, id) = (ContentId::new(), UploadId::new());
    let object_key = keys::original(content, id);
    // If the transaction does not commit, the sweeper finds an unfinished object without an upload.
    let multipart_id = studio.objects.begin(&object_key, &file.media_type).await?;

    storage::reserve(studio, tx, owner, file.plan.file_size).await?;
    let new = NewContent {
        id: content,
        owner,
        kind: file.kind,
        visibility: when_ready,
        upload: id,
        title: &file.title,
    };
    content_store::insert(tx, &new).await?;
    let new = NewUpload {
        id,
        content_id: content,
        owner,
        file_name: &file.file_name,
        title: &file.title,
        media_type: &file.media_type,
        sha256: file.sha256.as_deref(),
        plan: file.plan,
        object_key: &object_key,
        multipart_id: &multipart_id,
        expiry_seconds: studio.config.content.upload_expiry_seconds,
    };
    upload_store::insert(tx, &new).await?;
    jobs::enqueue(tx, &WriteDocument { content }).await?;
    there(upload_store::find(tx, owner, id).await?)
}

fn there(upload: Option<Upload>) -> Result<Upload> {
    upload.ok_or_else(|| Error::internal("creating an upload", "it is not there"))
}

fn read(file: NewFile) -> Result<Announced, Refusal> {
    let kind = media_type::accepted(&file.media_type)
        .ok_or_else(|| refusals::UPLOAD_UNSUPPORTED_TYPE.refuse().at("media_type"))?;
    let file_name = file_name::sanitise(&file.file_name)
        .ok_or_else(|| refusals::UPLOAD_BAD_FILE_NAME.refuse().at("file_name"))?;
    let title = match file.title {
        Some(title) => details::title(&title)?,
        None => file_name::title_from(&file_name),
    };
    Ok(Announced {
        kind,
        plan: plan(file.size_bytes)?,
        sha256: file.sha256.as_deref().map(sha256).transpose()?,
        media_type: media_type::essence(&file.media_type),
        file_name,
        title,
    })
}

fn plan(size: u64) -> Result<PartPlan, Refusal> {
    let code = if size == 0 { &refusals::UPLOAD_EMPTY } else { &refusals::UPLOAD_TOO_LARGE };
    PartPlan::for_file(size).ok_or_else(|| code.refuse().at("size_bytes"))
}

fn sha256(text: &str) -> Result<Vec<u8>, Refusal> {
    let bytes = hex::decode(text).ok().filter(|bytes| bytes.len() == 32);
    bytes.ok_or_else(|| refusals::UPLOAD_BAD_SHA256.refuse().at("sha256"))
}
