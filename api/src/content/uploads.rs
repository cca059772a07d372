//! Files on their way in. Bytes never come here: each part goes to the object store, at an address that is
//! good for this part alone.

use poem::web::Data;
use poem_openapi::{
    ApiResponse, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use studio::{Studio, content::uploading, page::PageRequest};

use super::{
    Area,
    upload_views::{
        CompleteUpload, CreateUpload, SignParts, SignedParts, StoredParts, UploadPage, UploadState,
        UploadView,
    },
};
use crate::{
    Problem,
    answers::{Created, NoContent},
    auth::{ContentRead, ContentWrite, Permit},
    body::Body,
    idempotency::{self, IdempotencyKey},
    ids,
};

/// The resource.
pub struct Uploads;

/// The upload was handed over.
#[derive(ApiResponse)]
enum HandedOver {
    /// Taken; checking and preparing happen by themselves.
    #[oai(status = 202)]
    Taken(Json<UploadView>),
}

/// The most parts on one page of a list.
const PARTS: u32 = 1_000;

#[OpenApi(prefix_path = "/v1/uploads", tag = "Area::Uploads")]
impl Uploads {
    /// Begin an upload
    ///
    /// Everything that can be refused is refused now: type, size, room. The answer says how to cut the
    /// file into parts.
    #[oai(path = "/", method = "post", operation_id = "uploads.create")]
    async fn create(
        &self,
        auth: Permit<ContentWrite>,
        studio: Data<&Studio>,
        /// Names the request, so that repeating it begins no second upload.
        #[oai(name = "Idempotency-Key")]
        key: IdempotencyKey,
        body: Body<CreateUpload>,
    ) -> Result<Created<UploadView>, Problem> {
        let request = idempotency::name(&key, auth.account_id(), "uploads.create", &body.0)?;
        let upload = uploading::create(&studio, auth.account_id(), body.0.into(), request).await?;
        Ok(Created::New(Json(upload.into())))
    }

    /// List one's uploads
    #[oai(path = "/", method = "get", operation_id = "uploads.list")]
    async fn list(
        &self,
        auth: Permit<ContentRead>,
        studio: Data<&Studio>,
        /// Only those in this state.
        state: Query<Option<UploadState>>,
        /// From the page before.
        cursor: Query<Option<String>>,
        /// The most items, up to 100.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<UploadPage>, Problem> {
        let page = PageRequest::parse(cursor.as_deref(), limit.0)?;
        let state = state.0.map(Into::into);
        let page = uploading::list(&studio, auth.account_id(), state, &page).await?.map(Into::into);
        Ok(Json(UploadPage { items: page.items, next_cursor: page.next_cursor }))
    }

    /// Show an upload
    #[oai(path = "/:id", method = "get", operation_id = "uploads.show")]
    async fn show(
        &self,
        auth: Permit<ContentRead>,
        studio: Data<&Studio>,
        /// The upload (`upl_…`).
        id: Path<String>,
    ) -> Result<Json<UploadView>, Problem> {
        let upload = uploading::show(&studio, auth.account_id(), ids::parse(&id, "id")?).await?;
        Ok(Json(upload.into()))
    }

    /// Sign parts
    ///
    /// Each address takes one part with one checksum: the store refuses a body with another one, and a
    /// request without the header. Sign again whenever an address has expired or a part was damaged.
    #[oai(path = "/:id/parts/sign", method = "post", operation_id = "uploads.sign_parts")]
    async fn sign_parts(
        &self,
        auth: Permit<ContentWrite>,
        studio: Data<&Studio>,
        /// The upload (`upl_…`).
        id: Path<String>,
        body: Body<SignParts>,
    ) -> Result<Json<SignedParts>, Problem> {
        let parts: Vec<_> = body.0.parts.0.into_iter().map(Into::into).collect();
        let id = ids::parse(&id, "id")?;
        let signed = uploading::sign_parts(&studio, auth.account_id(), id, &parts).await?;
        Ok(Json(SignedParts { parts: signed.into_iter().map(Into::into).collect() }))
    }

    /// List the parts that have arrived
    ///
    /// From the store itself, so that any device can go on where another stopped.
    #[oai(path = "/:id/parts", method = "get", operation_id = "uploads.list_parts")]
    async fn list_parts(
        &self,
        auth: Permit<ContentRead>,
        studio: Data<&Studio>,
        /// The upload (`upl_…`).
        id: Path<String>,
        /// Only parts after this number.
        #[oai(validator(maximum(value = "10000")))]
        after: Query<Option<u32>>,
        /// The most parts, up to 1000.
        #[oai(validator(minimum(value = "1"), maximum(value = "1000")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<StoredParts>, Problem> {
        let (after, limit) = (after.0.unwrap_or(0), limit.0.unwrap_or(PARTS));
        let id = ids::parse(&id, "id")?;
        let parts = uploading::parts(&studio, auth.account_id(), id, after, limit).await?;
        Ok(Json(parts.into()))
    }

    /// Complete an upload
    ///
    /// Doing it twice is doing it once. What is missing is said at once, and changes nothing.
    #[oai(path = "/:id/complete", method = "post", operation_id = "uploads.complete")]
    async fn complete(
        &self,
        auth: Permit<ContentWrite>,
        studio: Data<&Studio>,
        /// The upload (`upl_…`).
        id: Path<String>,
        body: Body<CompleteUpload>,
    ) -> Result<HandedOver, Problem> {
        let parts =
            body.0.parts.map(|parts| parts.0.into_iter().map(Into::into).collect::<Vec<_>>());
        let id = ids::parse(&id, "id")?;
        let upload = uploading::complete(&studio, auth.account_id(), id, parts.as_deref()).await?;
        Ok(HandedOver::Taken(Json(upload.into())))
    }

    /// Give an upload up
    ///
    /// Nothing of it stays, and its room is free at once. Doing it twice is doing it once.
    #[oai(path = "/:id", method = "delete", operation_id = "uploads.abort")]
    async fn abort(
        &self,
        auth: Permit<ContentWrite>,
        studio: Data<&Studio>,
        /// The upload (`upl_…`).
        id: Path<String>,
    ) -> Result<NoContent, Problem> {
        uploading::abort(&studio, auth.account_id(), ids::parse(&id, "id")?).await?;
        Ok(NoContent::Done)
    }
}
