//! Sending parts: the creator's device asks for signatures, and for what has arrived.

use std::{collections::HashMap, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{TimeDelta, Utc};

use super::show;
use crate::{
    Refusal, Result, Studio,
    content::{
        objects::{SignedRequest, StoredPart},
        refusals,
        upload::{Event, Upload},
        upload_store,
    },
    ids::{AccountId, UploadId},
};

/// The most parts that are signed at once.
pub const BATCH: usize = 100;
/// How old the figure of what has arrived may get while parts are being sent.
const FRESH: TimeDelta = TimeDelta::seconds(5);

/// A part for which a device wants a signature.
#[derive(Debug, Clone)]
pub struct PartToSign {
    /// Its number, from 1.
    pub number: u32,
    /// Its MD5 in base64, as HTTP's Content-MD5 wants it.
    pub md5: String,
}

/// A part that may now be sent.
#[derive(Debug, Clone)]
pub struct SignedPart {
    /// Its number.
    pub number: u32,
    /// Where and how to send it.
    pub request: SignedRequest,
}

/// A part that has arrived.
#[derive(Debug, Clone)]
pub struct ArrivedPart {
    /// As the object store has it.
    pub part: StoredPart,
    /// The MD5 in base64 that it was last signed with.
    pub md5: Option<String>,
}

/// Some of the parts that have arrived.
#[derive(Debug, Clone)]
pub struct ArrivedParts {
    /// By number.
    pub parts: Vec<ArrivedPart>,
    /// The number after which to ask for more; none at the end.
    pub next: Option<u32>,
}

/// Signs the sending of up to [`BATCH`] parts, each bound to its checksum and its size.
///
/// # Errors
/// A part that is not of this upload, named twice or without a readable MD5, and every state in which
/// an upload takes no more parts.
pub async fn sign_parts(
    studio: &Studio,
    owner: AccountId,
    id: UploadId,
    parts: &[PartToSign],
) -> Result<Vec<SignedPart>> {
    let upload = show(studio, owner, id).await?;
    upload.state.after(Event::SignPart)?;
    let checksums = read(&upload, parts)?;
    remember(studio, &upload, &checksums).await?;
    refresh_progress(studio, &upload).await;
    sign(studio, &upload, parts).await
}

/// The parts that have arrived, from the object store itself, so that any device can go on.
///
/// # Errors
/// `upload.not_found`, or a store that is away. An upload that takes no more parts has none to list.
pub async fn parts(
    studio: &Studio,
    owner: AccountId,
    id: UploadId,
    after: u32,
    limit: u32,
) -> Result<ArrivedParts> {
    let upload = show(studio, owner, id).await?;
    let found =
        studio.objects.parts(&upload.object_key, &upload.multipart_id, after, limit.max(1)).await?;
    let Some(found) = found else {
        return Ok(ArrivedParts { parts: Vec::new(), next: None });
    };
    let mut db = studio.db.acquire().await?;
    if after == 0 && found.next.is_none() {
        remember_progress(&mut db, &upload, &found.parts).await?;
    }
    let last = found.parts.last().map_or(after, |part| part.number);
    let signed = upload_store::signed_parts(&mut db, id, after + 1, last).await?;
    let signed: HashMap<u32, String> =
        signed.into_iter().map(|(n, md5)| (n, STANDARD.encode(md5))).collect();
    let parts = found
        .parts
        .into_iter()
        .map(|part| ArrivedPart { md5: signed.get(&part.number).cloned(), part });
    Ok(ArrivedParts { parts: parts.collect(), next: found.next })
}

fn read(upload: &Upload, parts: &[PartToSign]) -> Result<Vec<(u32, [u8; 16])>, Refusal> {
    if parts.is_empty() || parts.len() > BATCH {
        return Err(refusals::UPLOAD_BAD_BATCH.refuse().at("parts"));
    }
    let mut seen = std::collections::HashSet::new();
    let mut read = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let field = |name: &str| format!("parts[{index}].{name}");
        if upload.plan.size_of(part.number).is_none() {
            let why = format!("This upload has parts 1 to {}.", upload.plan.count);
            return Err(refusals::UPLOAD_BAD_PART_NUMBER.because(why).at(field("number")));
        }
        if !seen.insert(part.number) {
            return Err(refusals::UPLOAD_DUPLICATE_PART.refuse().at(field("number")));
        }
        let md5 = read_md5(&part.md5)
            .ok_or_else(|| refusals::UPLOAD_BAD_MD5.refuse().at(field("md5")))?;
        read.push((part.number, md5));
    }
    Ok(read)
}

pub(super) fn read_md5(text: &str) -> Option<[u8; 16]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

async fn remember(studio: &Studio, upload: &Upload, parts: &[(u32, [u8; 16])]) -> Result<()> {
    let mut tx = studio.db.begin().await?;
    upload_store::remember_parts(&mut tx, upload.id, parts).await?;
    upload_store::put_off_expiry(&mut tx, upload.id, studio.config.content.upload_expiry_seconds)
        .await?;
    Ok(tx.commit().await?)
}

async fn sign(studio: &Studio, upload: &Upload, parts: &[PartToSign]) -> Result<Vec<SignedPart>> {
    let valid_for = Duration::from_secs(studio.config.content.signed_url_seconds);
    let mut signed = Vec::with_capacity(parts.len());
    for part in parts {
        let size = upload.plan.size_of(part.number).unwrap_or_default();
        let request = studio.objects.sign_part(
            &upload.object_key,
            &upload.multipart_id,
            part.number,
            size,
            &part.md5,
            valid_for,
        );
        signed.push(SignedPart { number: part.number, request: request.await? });
    }
    Ok(signed)
}

/// Asks the object store now and then, so that other devices see how far this one is. Nobody's upload
/// fails because a figure could not be shown.
async fn refresh_progress(studio: &Studio, upload: &Upload) {
    if upload.received_at.is_some_and(|at| Utc::now() - at < FRESH) {
        return;
    }
    if let Err(error) = read_progress(studio, upload).await {
        tracing::debug!(upload = %upload.id, %error, "could not ask how much has arrived");
    }
}

async fn read_progress(studio: &Studio, upload: &Upload) -> Result<()> {
    let found = studio.objects.all_parts(&upload.object_key, &upload.multipart_id).await?;
    let mut db = studio.db.acquire().await?;
    remember_progress(&mut db, upload, &found.unwrap_or_default()).await?;
    studio.live.announce(upload.owner);
    Ok(())
}

async fn remember_progress(
    db: &mut sqlx::PgConnection,
    upload: &Upload,
    parts: &[StoredPart],
) -> Result<()> {
    let bytes = parts.iter().map(|part| part.size).sum();
    let count = u32::try_from(parts.len()).unwrap_or(upload.plan.count);
    upload_store::set_received(db, upload.id, bytes, count).await
}
