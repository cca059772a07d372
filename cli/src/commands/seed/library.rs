//! The demo library: the eight clips, each once, the first half of them public.

use std::{collections::BTreeSet, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use md5::{Digest, Md5};
use media::clips::Clip;
use studio::{
    Studio,
    content::{
        Visibility,
        upload::Upload,
        uploading::{self, NewFile, PartToSign, SignedPart},
    },
    ids::AccountId,
    page::{MAX_LIMIT, PageRequest},
};

use crate::commands::Result;

/// Hands in every clip that the creator has not handed in before.
pub async fn make(studio: &Studio, creator: AccountId, folder: &Path) -> Result {
    let clips = media::clips::make(folder).await?;
    let there = handed_in(studio, creator).await?;
    for (index, clip) in clips.iter().enumerate() {
        let name = file_name(clip);
        if there.contains(&name) {
            continue;
        }
        let when_ready =
            if index < clips.len() / 2 { Visibility::Public } else { Visibility::Private };
        hand_in(studio, creator, clip, name, when_ready).await?;
        tracing::info!(clip = clip.title, "a clip is handed in");
    }
    Ok(())
}

async fn handed_in(studio: &Studio, creator: AccountId) -> Result<BTreeSet<String>> {
    let first = PageRequest { after: None, limit: MAX_LIMIT };
    let uploads = uploading::list(studio, creator, None, &first).await?;
    Ok(uploads.items.into_iter().map(|upload| upload.file_name).collect())
}

async fn hand_in(
    studio: &Studio,
    creator: AccountId,
    clip: &Clip,
    file_name: String,
    when_ready: Visibility,
) -> Result {
    let bytes = Bytes::from(tokio::fs::read(&clip.path).await?);
    let file = NewFile {
        file_name,
        size_bytes: bytes.len() as u64,
        media_type: clip.media_type.to_owned(),
        sha256: None,
        title: Some(clip.title.to_owned()),
        when_ready,
    };
    let upload = uploading::create(studio, creator, file, None).await?;
    send(studio, &upload, &bytes).await?;
    uploading::complete(studio, creator, upload.id, None).await?;
    Ok(())
}

/// Clips are small: all parts fit in one batch.
async fn send(studio: &Studio, upload: &Upload, bytes: &Bytes) -> Result {
    let size = usize::try_from(upload.plan.part_size)?;
    let parts: Vec<Bytes> = (0..bytes.len())
        .step_by(size)
        .map(|start| bytes.slice(start..bytes.len().min(start + size)))
        .collect();
    let to_sign: Vec<PartToSign> = (1..).zip(&parts).map(part_to_sign).collect();
    let signed = uploading::sign_parts(studio, upload.owner, upload.id, &to_sign).await?;
    let http = reqwest::Client::new();
    for (signed, part) in signed.into_iter().zip(parts) {
        put(&http, signed, part).await?;
    }
    Ok(())
}

fn part_to_sign((number, bytes): (u32, &Bytes)) -> PartToSign {
    PartToSign { number, md5: STANDARD.encode(Md5::digest(bytes)) }
}

async fn put(http: &reqwest::Client, signed: SignedPart, bytes: Bytes) -> Result {
    let mut request = http.put(signed.request.url).body(bytes);
    for (name, value) in signed.request.headers {
        request = request.header(name, value);
    }
    request.send().await?.error_for_status()?;
    Ok(())
}

fn file_name(clip: &Clip) -> String {
    clip.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
