//! The creator says that all parts are there.

use std::collections::BTreeMap;

use jobs::workflow;

use super::{sending::read_md5, show};
use crate::{
    Refusal, Result, Studio,
    content::{
        Stage, arrived_parts, content_store,
        publishing::PublishUpload,
        refusals,
        upload::{Event, Upload, UploadState},
        upload_store,
    },
    ids::{AccountId, UploadId},
    queues,
};

/// A part as the creator's device believes to have sent it.
#[derive(Debug, Clone)]
pub struct PartChecksum {
    /// Its number, from 1.
    pub number: u32,
    /// Its MD5 in base64.
    pub md5: String,
}

/// Hands an upload over to `publish_upload`. Doing it twice is doing it once.
///
/// What is missing is said at once, and changes nothing; the workflow looks again, since parts can still
/// be overwritten until it has assembled them.
///
/// # Errors
/// `upload.parts_missing`, `upload.parts_extra`, `upload.part_size`, `upload.part_changed`, and every
/// state in which an upload can no longer be completed.
pub async fn complete(
    studio: &Studio,
    owner: AccountId,
    id: UploadId,
    parts: Option<&[PartChecksum]>,
) -> Result<Upload> {
    let upload = show(studio, owner, id).await?;
    if matches!(upload.state, UploadState::Submitted | UploadState::Accepted) {
        return Ok(upload);
    }
    upload.state.after(Event::Submit)?;
    if let Some(parts) = parts {
        check_checksums(studio, &upload, parts).await?;
    }
    let stored = studio.objects.all_parts(&upload.object_key, &upload.multipart_id).await?;
    arrived_parts::check(upload.plan, &stored.unwrap_or_default())?;
    submit(studio, owner, id).await?;
    studio.waker.wake(queues::MEDIA);
    studio.live.announce(owner);
    show(studio, owner, id).await
}

async fn submit(studio: &Studio, owner: AccountId, id: UploadId) -> Result<()> {
    let mut tx = studio.db.begin().await?;
    let upload = upload_store::lock(&mut tx, owner, id).await?;
    let upload = upload.ok_or_else(|| refusals::UPLOAD_NOT_FOUND.refuse())?;
    if upload.state == UploadState::Submitted {
        return Ok(()); // the same request, sent twice, has just been answered
    }
    upload.state.after(Event::Submit)?;
    let publish = PublishUpload { upload: id, content: upload.content_id, owner };
    let run = workflow::start(&mut tx, &publish).await?;
    upload_store::set_submitted(&mut tx, id, run.0, upload.plan.file_size, upload.plan.count)
        .await?;
    content_store::set_stage(&mut tx, upload.content_id, Stage::Checking).await?;
    Ok(tx.commit().await?)
}

/// The device's own list has to name every part once, with the checksum that it was signed with.
async fn check_checksums(studio: &Studio, upload: &Upload, parts: &[PartChecksum]) -> Result<()> {
    let given = read(upload, parts)?;
    let mut db = studio.db.acquire().await?;
    let signed: BTreeMap<u32, Vec<u8>> =
        upload_store::signed_parts(&mut db, upload.id, 1, upload.plan.count)
            .await?
            .into_iter()
            .collect();
    for (index, part) in parts.iter().enumerate() {
        let same = signed.get(&part.number).map(Vec::as_slice)
            == given.get(&part.number).map(<[u8; 16]>::as_slice);
        if !same {
            let why = format!("Part {} was sent with another MD5, or not at all.", part.number);
            return Err(refusals::UPLOAD_PART_CHANGED
                .because(why)
                .at(format!("parts[{index}].md5"))
                .into());
        }
    }
    Ok(())
}

fn read(upload: &Upload, parts: &[PartChecksum]) -> Result<BTreeMap<u32, [u8; 16]>, Refusal> {
    let mut given = BTreeMap::new();
    for (index, part) in parts.iter().enumerate() {
        let field = |name: &str| format!("parts[{index}].{name}");
        if upload.plan.size_of(part.number).is_none() {
            return Err(refusals::UPLOAD_BAD_PART_NUMBER.refuse().at(field("number")));
        }
        let md5 = read_md5(&part.md5)
            .ok_or_else(|| refusals::UPLOAD_BAD_MD5.refuse().at(field("md5")))?;
        if given.insert(part.number, md5).is_some() {
            return Err(refusals::UPLOAD_DUPLICATE_PART.refuse().at(field("number")));
        }
    }
    match (1..=upload.plan.count).find(|number| !given.contains_key(number)) {
        Some(missing) => {
            let why = format!("The list does not name part {missing}.");
            Err(refusals::UPLOAD_PARTS_MISSING.because(why).at("parts"))
        }
        None => Ok(given),
    }
}
