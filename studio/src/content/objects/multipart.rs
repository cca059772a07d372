//! Objects that arrive in parts.

use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};
use chrono::{DateTime, Utc};

use super::{
    ObjectStore,
    errors::{failed, is_absent},
};
use crate::{Error, Result};

/// A part that the store has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPart {
    /// Its number, from 1.
    pub number: u32,
    /// Its size in bytes.
    pub size: u64,
    /// What the store calls it. Not a checksum.
    pub etag: String,
}

/// Some of the parts that the store has.
#[derive(Debug, Clone)]
pub struct StoredParts {
    /// By number.
    pub parts: Vec<StoredPart>,
    /// The number after which the next ones follow; none at the end.
    pub next: Option<u32>,
}

/// An object that was begun and neither completed nor given up.
#[derive(Debug, Clone)]
pub struct UnfinishedObject {
    /// Its key, without the store's prefix.
    pub key: String,
    /// The store's name for it.
    pub multipart_id: String,
    /// When it was begun.
    pub begun_at: Option<DateTime<Utc>>,
}

/// How many parts or unfinished objects the store lists at once.
const PAGE: i32 = 1_000;

impl ObjectStore {
    /// Begins an object and gives the store's name for it.
    ///
    /// # Errors
    /// A store that is away.
    pub async fn begin(&self, key: &str, media_type: &str) -> Result<String> {
        let request =
            self.client.create_multipart_upload().bucket(&self.bucket).key(self.full(key));
        let request =
            request.content_type(media_type).set_server_side_encryption(self.encryption.clone());
        let begun = request.send().await.map_err(|e| failed("beginning an object", e))?;
        begun
            .upload_id
            .ok_or_else(|| Error::internal("beginning an object", "the store gave it no id"))
    }

    /// The parts that have arrived after part `after`, as the store itself says. None if the store does
    /// not know the object: it was completed or given up.
    ///
    /// # Errors
    /// A store that is away.
    pub async fn parts(
        &self,
        key: &str,
        multipart_id: &str,
        after: u32,
        limit: u32,
    ) -> Result<Option<StoredParts>> {
        let request = self
            .client
            .list_parts()
            .bucket(&self.bucket)
            .key(self.full(key))
            .upload_id(multipart_id);
        let request =
            request.part_number_marker(after.to_string()).max_parts(limit.min(1_000).cast_signed());
        let answer = match request.send().await {
            Ok(answer) => answer,
            Err(e) if is_absent(&e) => return Ok(None),
            Err(e) => return Err(failed("listing parts", e)),
        };
        let parts: Vec<StoredPart> = answer.parts().iter().filter_map(stored).collect();
        let more = answer.is_truncated().unwrap_or(false);
        let next = parts.last().map(|part| part.number).filter(|_| more);
        Ok(Some(StoredParts { parts, next }))
    }

    /// All parts that have arrived; at most 10,000. None as for [`ObjectStore::parts`].
    ///
    /// # Errors
    /// A store that is away.
    pub async fn all_parts(
        &self,
        key: &str,
        multipart_id: &str,
    ) -> Result<Option<Vec<StoredPart>>> {
        let (mut all, mut after) = (Vec::new(), 0);
        loop {
            let Some(page) = self.parts(key, multipart_id, after, PAGE.cast_unsigned()).await?
            else {
                return Ok(None);
            };
            all.extend(page.parts);
            match page.next {
                Some(next) => after = next,
                None => return Ok(Some(all)),
            }
        }
    }

    /// Makes the object of its parts. False if the store does not know the object: it was completed
    /// before, or given up.
    ///
    /// # Errors
    /// A store that is away, or that does not have these parts.
    pub async fn assemble(
        &self,
        key: &str,
        multipart_id: &str,
        parts: &[StoredPart],
    ) -> Result<bool> {
        let parts = parts.iter().map(|p| {
            CompletedPart::builder().part_number(p.number.cast_signed()).e_tag(&p.etag).build()
        });
        let request =
            self.client.complete_multipart_upload().bucket(&self.bucket).key(self.full(key));
        let whole = CompletedMultipartUpload::builder().set_parts(Some(parts.collect())).build();
        match request.upload_id(multipart_id).multipart_upload(whole).send().await {
            Ok(_) => Ok(true),
            Err(e) if is_absent(&e) => Ok(false),
            Err(e) => Err(failed("assembling an object", e)),
        }
    }

    /// Gives an unfinished object up and frees its parts. One that is not there is given up already.
    ///
    /// # Errors
    /// A store that is away.
    pub async fn give_up(&self, key: &str, multipart_id: &str) -> Result<()> {
        let request = self.client.abort_multipart_upload().bucket(&self.bucket).key(self.full(key));
        match request.upload_id(multipart_id).send().await {
            Err(e) if !is_absent(&e) => Err(failed("giving an object up", e)),
            _ => Ok(()),
        }
    }

    /// Objects under `prefix` that were begun and not finished, and the markers of the next page.
    ///
    /// # Errors
    /// A store that is away.
    pub async fn unfinished(
        &self,
        prefix: &str,
        after: Option<(String, String)>,
    ) -> Result<(Vec<UnfinishedObject>, Option<(String, String)>)> {
        let (key_marker, id_marker) = after.unzip();
        let request =
            self.client.list_multipart_uploads().bucket(&self.bucket).prefix(self.full(prefix));
        let request =
            request.set_key_marker(key_marker).set_upload_id_marker(id_marker).max_uploads(PAGE);
        let answer = request.send().await.map_err(|e| failed("listing unfinished objects", e))?;
        let objects = answer.uploads().iter().filter_map(|upload| {
            Some(UnfinishedObject {
                key: upload.key()?.strip_prefix(&self.prefix)?.to_owned(),
                multipart_id: upload.upload_id()?.to_owned(),
                begun_at: upload.initiated().and_then(|at| DateTime::from_timestamp(at.secs(), 0)),
            })
        });
        let next =
            match (answer.is_truncated(), answer.next_key_marker(), answer.next_upload_id_marker())
            {
                (Some(true), Some(key), Some(id)) => Some((key.to_owned(), id.to_owned())),
                _ => None,
            };
        Ok((objects.collect(), next))
    }
}

fn stored(part: &aws_sdk_s3::types::Part) -> Option<StoredPart> {
    Some(StoredPart {
        number: u32::try_from(part.part_number()?).ok()?,
        size: u64::try_from(part.size()?).ok()?,
        etag: part.e_tag()?.to_owned(),
    })
}
