//! `/v1/transcodes`

use chrono::Utc;
use poem::{Result, http::StatusCode};
use poem_openapi::{ApiResponse, OpenApi, Tags, param::Path, payload::Json};

use super::{
    problem::{DiskFailed, Problem},
    signed::{Shared, Signed},
    wire::{self, NewTranscode},
};
use crate::{faults::Fault, origins, transcode::Transcode};

#[derive(Tags)]
enum Tag {
    /// Hand-offs and how they go.
    Transcodes,
}

/// Operations on transcodes.
pub struct Transcodes;

#[derive(ApiResponse)]
enum Created {
    /// Accepted and stored.
    #[oai(status = 202)]
    Accepted(Json<wire::Transcode>),
    /// The transcode that this reference already has.
    #[oai(status = 200)]
    Known(Json<wire::Transcode>),
    /// The signature is missing, wrong or outside its window.
    #[oai(status = 401, content_type = "application/problem+json")]
    #[expect(dead_code, reason = "answered before the operation; documented here")]
    Unsigned(Json<Problem>),
    /// The reference belongs to a transcode of another kind (`reference_reused`).
    #[oai(status = 409, content_type = "application/problem+json")]
    Reused(Json<Problem>),
    /// An address that this service may not call (`address_not_allowed`), or a deadline in the past
    /// (`deadline_passed`).
    #[oai(status = 422, content_type = "application/problem+json")]
    Refused(Json<Problem>),
    /// Not now; try again after the seconds in `Retry-After` (`unavailable`).
    #[oai(status = 503, content_type = "application/problem+json")]
    Unavailable(Json<Problem>, #[oai(header = "Retry-After")] u32),
}

#[derive(ApiResponse)]
#[expect(clippy::large_enum_variant, reason = "made once an answer, and moved once")]
enum Shown {
    /// The transcode, with fresh links.
    #[oai(status = 200)]
    Found(Json<wire::Transcode>),
    /// The signature is missing, wrong or outside its window.
    #[oai(status = 401, content_type = "application/problem+json")]
    #[expect(dead_code, reason = "answered before the operation; documented here")]
    Unsigned(Json<Problem>),
    /// There is none of this id, or it has been forgotten (`not_found`).
    #[oai(status = 404, content_type = "application/problem+json")]
    Unknown(Json<Problem>),
}

#[derive(ApiResponse)]
enum Cancelled {
    /// Ended: now failed with the code `cancelled`, or as it had ended before.
    #[oai(status = 204)]
    Ended,
    /// The signature is missing, wrong or outside its window.
    #[oai(status = 401, content_type = "application/problem+json")]
    #[expect(dead_code, reason = "answered before the operation; documented here")]
    Unsigned(Json<Problem>),
    /// There is none of this id (`not_found`).
    #[oai(status = 404, content_type = "application/problem+json")]
    Unknown(Json<Problem>),
}

#[OpenApi(prefix_path = "/v1", tag = "Tag::Transcodes")]
impl Transcodes {
    /// Hand over a source
    ///
    /// Stored before it is answered. The same reference again is answered with the same transcode.
    #[oai(path = "/transcodes", method = "post", operation_id = "transcodes.create")]
    async fn create(
        &self,
        service: Shared<'_>,
        _signed: Signed,
        new: Json<NewTranscode>,
    ) -> Result<Created> {
        let (new, now) = (new.0, Utc::now());
        if let Some(refusal) = refusal(&service.settings.allow_origins, &new, now) {
            return Ok(Created::Refused(Json(refusal)));
        }
        let reference = new.reference.clone();
        let kind: media::MediaKind = new.kind.into();
        let known = service.records.list(|one| one.order.reference == reference).await;
        let fault = if known.is_empty() { service.faults.take(&reference) } else { None };
        if let Some(Fault::RefuseHandoff) = fault {
            let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Not now.");
            return Ok(Created::Unavailable(Json(problem), 1));
        }
        let accept = || Transcode::accepted(new.into(), fault, now);
        let (transcode, is_new) =
            service.records.find_or_insert(&reference, accept).await.map_err(DiskFailed)?;
        if transcode.order.kind != kind {
            let detail = "This reference belongs to a transcode of another kind.";
            let problem = Problem::new(StatusCode::CONFLICT, "reference_reused", detail);
            return Ok(Created::Reused(Json(problem)));
        }
        let view = Json(wire::Transcode::of(&transcode, &service.results, now));
        if is_new {
            service.work.notify_one();
            return Ok(Created::Accepted(view));
        }
        Ok(Created::Known(view))
    }

    /// See how it goes
    #[oai(path = "/transcodes/:id", method = "get", operation_id = "transcodes.show")]
    async fn show(&self, service: Shared<'_>, _signed: Signed, id: Path<String>) -> Shown {
        match service.records.find(&id).await {
            Some(found) => {
                Shown::Found(Json(wire::Transcode::of(&found, &service.results, Utc::now())))
            }
            None => Shown::Unknown(Json(unknown())),
        }
    }

    /// Cancel it
    ///
    /// No webhook follows.
    #[oai(path = "/transcodes/:id", method = "delete", operation_id = "transcodes.cancel")]
    async fn cancel(
        &self,
        service: Shared<'_>,
        _signed: Signed,
        id: Path<String>,
    ) -> Result<Cancelled> {
        Ok(match service.cancel(&id).await.map_err(DiskFailed)? {
            Some(()) => Cancelled::Ended,
            None => Cancelled::Unknown(Json(unknown())),
        })
    }
}

fn refusal(
    allowed: &[origins::Origin],
    new: &NewTranscode,
    now: chrono::DateTime<Utc>,
) -> Option<Problem> {
    let refused =
        |code, detail: String| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail);
    for (field, url) in [("source_url", &new.source_url), ("callback_url", &new.callback_url)] {
        if !origins::allow(allowed, url) {
            let detail = format!(
                "{field}: this service may not call {}.",
                url.origin().ascii_serialization()
            );
            return Some(refused("address_not_allowed", detail));
        }
    }
    (new.deadline <= now).then(|| refused("deadline_passed", "deadline: it has passed.".to_owned()))
}

fn unknown() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not_found", "There is no transcode of this id.")
}
