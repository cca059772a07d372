//! The work itself: fetch, look, transcode, store.

use std::{io, path::Path, sync::Arc, time::Duration};

use media::{Limits, MediaKind, Probe, Rendition, Source};
use sha2::{Digest, Sha256};
use tokio::{fs, io::AsyncReadExt};

use super::{fetch::fetch, progress::Progress};
use crate::{
    faults::Fault,
    service::Service,
    transcode::{Failure, Output, StoredFile, StoredRendition, Transcode},
};

/// What of the whole each stretch takes, in percent.
const FETCHED: u8 = 10;
const TRANSCODED: u8 = 97;

/// Does the work in `folder` and stores the results.
pub(super) async fn produce(
    service: &Arc<Service>,
    transcode: &Transcode,
    folder: &Path,
) -> Result<Output, Failure> {
    let (progress, telling) = Progress::follow(service, transcode);
    let working = async {
        let outcome = steps(service, transcode, folder, &progress).await;
        drop(progress); // ends the telling
        outcome
    };
    // The final event is told after the last word on progress.
    let (outcome, ()) = tokio::join!(working, telling);
    outcome
}

async fn steps(
    service: &Service,
    transcode: &Transcode,
    folder: &Path,
    progress: &Progress,
) -> Result<Output, Failure> {
    let order = &transcode.order;
    fs::create_dir_all(folder).await?;
    let source = folder.join("source");
    misbehave_before(transcode, progress).await?;
    fetch(&service.http, &order.source_url, &source, service.settings.max_source_bytes, |share| {
        progress.at(0, FETCHED, share);
    })
    .await?;
    let found = look_at(&source, order.kind).await?;

    let limits = Limits::transcode(found.duration_seconds);
    let renditions =
        media::transcode(&source, &found, folder, order.max_height, &limits, |share| {
            progress.at(FETCHED, TRANSCODED, share);
        })
        .await?;
    let thumbnail = folder.join("thumbnail.jpg");
    media::thumbnail(&source, &found, &thumbnail, &limits).await?;
    store(service, transcode, &found, renditions, &thumbnail).await
}

async fn look_at(source: &Path, declared: MediaKind) -> Result<Probe, Failure> {
    let found = media::probe(&Source::from(source), &Limits::probe()).await?;
    if found.kind == declared {
        return Ok(found);
    }
    let message = format!("the source is {:?}, and {declared:?} was ordered", found.kind);
    Err(Failure::new("kind_mismatch", message.to_lowercase(), false))
}

/// Moves the files among the results. A crash in between is harmless: the work begins anew, and the
/// folder is emptied first.
async fn store(
    service: &Service,
    transcode: &Transcode,
    found: &Probe,
    renditions: Vec<Rendition>,
    thumbnail: &Path,
) -> Result<Output, Failure> {
    let folder = service.results.of(&transcode.id);
    if fs::try_exists(&folder).await? {
        fs::remove_dir_all(&folder).await?;
    }
    fs::create_dir_all(&folder).await?;
    let thumbnail = keep(thumbnail, &folder, "thumbnail.jpg").await?;
    let mut stored = Vec::with_capacity(renditions.len());
    for rendition in renditions {
        let file = keep(&rendition.file, &folder, &format!("{}.mp4", rendition.name)).await?;
        stored.push(StoredRendition { file, rendition });
    }
    if let Some(first) = stored.first() {
        misbehave_after(transcode, &folder.join(&first.file.name)).await?;
    }
    Ok(Output {
        duration_seconds: found.duration_seconds,
        width: found.width(),
        height: found.height(),
        has_audio: found.has_audio(),
        thumbnail,
        renditions: stored,
    })
}

async fn keep(made: &Path, folder: &Path, name: &str) -> io::Result<StoredFile> {
    let kept = folder.join(name);
    fs::rename(made, &kept).await?;
    let (bytes, sha256) = measured(&kept).await?;
    Ok(StoredFile { name: name.to_owned(), bytes, sha256 })
}

async fn measured(file: &Path) -> io::Result<(u64, String)> {
    let mut file = fs::File::open(file).await?;
    file.sync_all().await?;
    let (mut digest, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 256 * 1024]);
    loop {
        let count = file.read(&mut buffer).await?;
        if count == 0 {
            return Ok((bytes, hex::encode(digest.finalize())));
        }
        digest.update(&buffer[..count]);
        bytes += count as u64;
    }
}

/// The faults that come before the work.
async fn misbehave_before(transcode: &Transcode, progress: &Progress) -> Result<(), Failure> {
    match transcode.fault {
        Some(Fault::Fail { retryable }) => {
            Err(Failure::new("fault_injected", "this failure was asked for", retryable))
        }
        Some(Fault::Stall) => {
            progress.at(0, 100, 0.5);
            std::future::pending().await
        }
        Some(Fault::Slow { delay_seconds }) => {
            for second in 0..delay_seconds {
                progress.at(0, FETCHED, f64::from(second) / f64::from(delay_seconds));
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The faults that spoil a file after it was measured.
async fn misbehave_after(transcode: &Transcode, file: &Path) -> io::Result<()> {
    match transcode.fault {
        Some(Fault::CorruptRendition) => {
            let mut bytes = fs::read(file).await?;
            let middle = bytes.len() / 2;
            if let Some(byte) = bytes.get_mut(middle) {
                *byte = !*byte;
            }
            fs::write(file, bytes).await
        }
        Some(Fault::TruncateRendition) => {
            let spoiled = fs::OpenOptions::new().write(true).open(file).await?;
            spoiled.set_len(spoiled.metadata().await?.len() / 2).await
        }
        _ => Ok(()),
    }
}
