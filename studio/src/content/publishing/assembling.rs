//! Parts become one object.

use jobs::Failure;

use super::{PublishUpload, enter, unusable};
use crate::{
    Error, Studio,
    content::{Stage, arrived_parts, failures, upload::Upload},
};

/// Compares the parts that the object store has with those that were planned.
///
/// # Errors
/// [`failures::PARTS`], which sends the upload back to its creator.
pub async fn check_parts(studio: &Studio, publish: &PublishUpload) -> Result<(), Failure> {
    let upload = enter(studio, publish, Stage::Checking).await?;
    let Some(parts) = studio.objects.all_parts(&upload.object_key, &upload.multipart_id).await?
    else {
        return assembled_before(studio, &upload).await;
    };
    arrived_parts::check(upload.plan, &parts)
        .map_err(|refusal| unusable(&failures::PARTS, refusal.detail.unwrap_or_default()))
}

/// Makes one object of the parts. It lies in quarantine, which is a state and not a place: nothing serves
/// the original of an upload that is not accepted.
///
/// # Errors
/// An object store that is away.
pub async fn assemble(studio: &Studio, publish: &PublishUpload) -> Result<(), Failure> {
    let upload = enter(studio, publish, Stage::Checking).await?;
    let Some(parts) = studio.objects.all_parts(&upload.object_key, &upload.multipart_id).await?
    else {
        return assembled_before(studio, &upload).await;
    };
    if studio.objects.assemble(&upload.object_key, &upload.multipart_id, &parts).await? {
        return Ok(());
    }
    assembled_before(studio, &upload).await
}

/// The store no longer knows the parts: an earlier attempt made the object of them.
async fn assembled_before(studio: &Studio, upload: &Upload) -> Result<(), Failure> {
    match studio.objects.size(&upload.object_key).await? {
        Some(size) if size == upload.plan.file_size => Ok(()),
        Some(_) => Err(unusable(&failures::SIZE, "the object has another size than was declared")),
        None => {
            Err(Error::internal("assembling an upload", "neither parts nor object are there")
                .into())
        }
    }
}
