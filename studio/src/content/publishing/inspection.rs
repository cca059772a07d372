//! What a file really is, by its bytes, in one pass: its size, its SHA-256, its media type.

use jobs::Failure;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::{PublishUpload, enter, unusable};
use crate::{
    Dependency, Error, Result, Studio,
    content::{
        Stage,
        failures::{self, FailureCode},
        objects::Object,
        upload::Upload,
        upload_store,
    },
};

/// How many bytes of the beginning are looked at.
const HEAD: usize = 8 << 10;

/// What the bytes of a file prove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspected {
    /// How many there are.
    pub size_bytes: u64,
    /// Their SHA-256 in hexadecimal.
    pub sha256: String,
    /// Their media type.
    pub media_type: String,
}

/// Reads the original once.
///
/// # Errors
/// Every way in which it is not what it should be.
pub async fn inspect(studio: &Studio, publish: &PublishUpload) -> Result<Inspected, Failure> {
    let upload = enter(studio, publish, Stage::Checking).await?;
    let object = studio.objects.open(&upload.object_key).await?;
    let object =
        object.ok_or_else(|| Error::internal("inspecting an upload", "its object is not there"))?;
    let (head, rest) = read(object).await?;
    compare(&upload, &rest)?;
    let media_type =
        media_type(&head).map_err(|code| unusable(code, "by its bytes, it is no media"))?;
    Ok(Inspected {
        size_bytes: rest.size,
        sha256: hex::encode(rest.sha256),
        media_type: media_type.to_owned(),
    })
}

/// Remembers what was proven, in the transaction that ends the step.
///
/// # Errors
/// Postgres is away.
pub async fn keep_proof(
    tx: &mut PgConnection,
    publish: &PublishUpload,
    proof: &Inspected,
) -> Result<()> {
    let sha256 =
        hex::decode(&proof.sha256).map_err(|e| Error::internal("reading our own SHA-256", e))?;
    upload_store::set_proven(tx, publish.upload, &proof.media_type, &sha256).await
}

struct Whole {
    size: u64,
    sha256: Vec<u8>,
}

async fn read(mut object: Object) -> Result<(Vec<u8>, Whole)> {
    let (mut head, mut hash, mut size) = (Vec::with_capacity(HEAD), Sha256::new(), 0);
    while let Some(chunk) =
        object.bytes.try_next().await.map_err(|e| Error::unavailable(Dependency::ObjectStore, e))?
    {
        let missing = HEAD.saturating_sub(head.len()).min(chunk.len());
        head.extend_from_slice(chunk.get(..missing).unwrap_or_default());
        hash.update(&chunk);
        size += chunk.len() as u64;
    }
    Ok((head, Whole { size, sha256: hash.finalize().to_vec() }))
}

fn compare(upload: &Upload, whole: &Whole) -> Result<(), Failure> {
    if whole.size != upload.plan.file_size {
        let why = format!("{} bytes arrived, {} were declared", whole.size, upload.plan.file_size);
        return Err(unusable(&failures::SIZE, why));
    }
    if upload.sha256.as_ref().is_some_and(|declared| *declared != whole.sha256) {
        return Err(unusable(&failures::CHECKSUM, "the SHA-256 is not the declared one"));
    }
    Ok(())
}

/// The media type that the beginning of a file proves.
///
/// Programs and playlists are told apart from other things that are not media, since their senders have
/// to be told different things.
///
/// # Errors
/// Why it is refused.
pub fn media_type(head: &[u8]) -> Result<&'static str, &'static FailureCode> {
    if is_playlist(head) {
        return Err(&failures::PLAYLIST);
    }
    if head.starts_with(b"#!") {
        return Err(&failures::EXECUTABLE);
    }
    match infer::get(head) {
        Some(kind) => match kind.matcher_type() {
            infer::MatcherType::Video | infer::MatcherType::Audio => Ok(kind.mime_type()),
            infer::MatcherType::App => Err(&failures::EXECUTABLE),
            infer::MatcherType::Text => Err(&failures::TEXT),
            _ => Err(&failures::NOT_MEDIA),
        },
        None if is_mpeg_transport(head) => Ok("video/mp2t"),
        None if is_mp3(head) => Ok("audio/mpeg"),
        None if is_quicktime(head) => Ok("video/quicktime"),
        None if is_text(head) => Err(&failures::TEXT),
        None if head.starts_with(b"MZ") => Err(&failures::EXECUTABLE),
        None => Err(&failures::NOT_MEDIA),
    }
}

/// HLS and other lists of addresses, DASH, ffmpeg's own scripts.
fn is_playlist(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head));
    let text = text.trim_start();
    let begins = ["#EXTM3U", "#EXT-X-", "ffconcat", "[playlist]", "<asx", "<ASX"];
    begins.iter().any(|begin| text.starts_with(begin))
        || text.starts_with("<?xml") && (text.contains("<MPD") || text.contains("<smil"))
        || text.starts_with("<MPD")
        || text.starts_with("file '") && is_text(head)
}

/// A sync byte at the start of each packet of 188 bytes (ISO/IEC 13818-1).
fn is_mpeg_transport(head: &[u8]) -> bool {
    head.len() >= 188 * 4 && head.chunks(188).take(4).all(|packet| packet.first() == Some(&0x47))
}

/// The sync word and a plausible header of an MPEG audio frame without an ID3 tag (ISO/IEC 11172-3).
fn is_mp3(head: &[u8]) -> bool {
    matches!(head, [0xff, second, third, ..]
        if second & 0xe0 == 0xe0 && second & 0x18 != 0x08 && second & 0x06 == 0x02 && third & 0xf0 != 0xf0 && third & 0x0c != 0x0c)
}

/// QuickTime files from before `ftyp` begin with one of these atoms.
fn is_quicktime(head: &[u8]) -> bool {
    matches!(head.get(4..8), Some(b"moov" | b"mdat" | b"wide" | b"free" | b"skip" | b"ftyp"))
}

fn is_text(head: &[u8]) -> bool {
    let whole = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(cut) => cut.error_len().is_none(), // a character that the end of the head cut in two
    };
    whole && !head.is_empty() && !head.contains(&0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn refused(head: &[u8]) -> &'static str {
        media_type(head).unwrap_err().code
    }

    #[test]
    fn text_under_whatever_name_is_refused_as_text() {
        assert_eq!(refused(b"Dear diary, today I renamed a text file to beach.mp4."), "media.text");
        assert_eq!(refused("Liebes Tagebuch, schön".as_bytes()), "media.text");
        assert_eq!(refused(b"<!DOCTYPE html><html><script>alert(1)</script></html>"), "media.text");
    }

    #[test]
    fn programs_are_refused_as_programs() {
        let mut linux = b"\x7fELF\x02\x01\x01".to_vec();
        linux.resize(64, 0); // a whole header
        assert_eq!(refused(&linux), "media.executable");
        assert_eq!(refused(b"#!/bin/sh\nrm -rf /\n"), "media.executable");
        let mut windows = b"MZ".to_vec();
        windows.resize(512, 0);
        assert_eq!(refused(&windows), "media.executable");
    }

    #[test]
    fn playlists_that_point_elsewhere_are_refused_as_playlists() {
        let lists: [&[u8]; 5] = [
            b"#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd\n",
            b"\xef\xbb\xbf#EXTM3U\n",
            b"ffconcat version 1.0\nfile '/etc/passwd'\n",
            b"file '/etc/passwd'\n",
            b"<?xml version=\"1.0\"?><MPD><BaseURL>http://127.0.0.1/</BaseURL></MPD>",
        ];
        for list in lists {
            assert_eq!(refused(list), "media.playlist", "{}", String::from_utf8_lossy(list));
        }
    }

    #[test]
    fn pictures_and_archives_are_no_media() {
        assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "media.not_media");
        assert_eq!(refused(b"PK\x03\x04\x14\0\0\0\x08\0"), "media.not_media");
        assert_eq!(refused(&[0; 64]), "media.not_media");
    }

    #[test]
    fn media_passes_by_its_first_bytes() {
        assert_eq!(media_type(b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41"), Ok("video/mp4"));
        assert_eq!(media_type(b"\0\0\0\x14ftypqt  \0\0\x02\0qt  "), Ok("video/quicktime"));
        assert_eq!(media_type(b"ID3\x03\0\0\0\0\0\0"), Ok("audio/mpeg"));
        assert_eq!(media_type(b"fLaC\0\0\0\x22"), Ok("audio/x-flac"));
        assert_eq!(media_type(&[&[0x47][..], &[0; 187]].concat().repeat(4)), Ok("video/mp2t"));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fail(head in prop::collection::vec(any::<u8>(), 0..600)) {
            let _ = media_type(&head);
        }

        #[test]
        fn no_printable_text_passes(text in "[ -~\n]{1,200}") {
            prop_assert!(media_type(text.as_bytes()).is_err(), "{text}");
        }
    }
}
