//! Writing objects of our own making: renditions and thumbnails.

use aws_sdk_s3::primitives::ByteStream;
use bytes::{Bytes, BytesMut};
use futures::{Stream, TryStreamExt};

use super::{ObjectStore, StoredPart, errors::failed};
use crate::{Error, Result};

/// How much is held in memory at once, in bytes.
const PART: usize = 16 << 20;

impl ObjectStore {
    /// Writes a small object.
    ///
    /// # Errors
    /// A store that is away.
    pub async fn put(&self, key: &str, media_type: &str, bytes: Bytes) -> Result<()> {
        let request = self
            .client
            .put_object()
            .bucket(&self.bucket)
            .key(self.full(key))
            .content_type(media_type);
        let request = request.set_server_side_encryption(self.encryption.clone());
        let put = request.body(ByteStream::from(bytes)).send().await;
        put.map(|_| ()).map_err(|e| failed("writing an object", e))
    }

    /// Writes an object of any size as its bytes come. `accept` is asked once all of them have come and
    /// before the object exists: if it refuses, there is none.
    ///
    /// # Errors
    /// A store that is away, a source that ends early, or what `accept` says.
    pub async fn put_stream<S>(
        &self,
        key: &str,
        media_type: &str,
        source: S,
        accept: impl FnOnce() -> Result<()>,
    ) -> Result<()>
    where
        S: Stream<Item = Result<Bytes>> + Send + Unpin,
    {
        let mut source = source;
        let first = next_part(&mut source).await?;
        if first.len() < PART {
            accept()?;
            return self.put(key, media_type, first).await;
        }
        let id = self.begin(key, media_type).await?;
        let written = self.put_parts(key, &id, first, &mut source).await;
        let parts = match written.and_then(|parts| accept().map(|()| parts)) {
            Ok(parts) => parts,
            Err(error) => {
                self.give_up(key, &id).await?;
                return Err(error);
            }
        };
        self.assemble(key, &id, &parts).await.map(|_| ())
    }

    async fn put_parts<S>(
        &self,
        key: &str,
        id: &str,
        first: Bytes,
        source: &mut S,
    ) -> Result<Vec<StoredPart>>
    where
        S: Stream<Item = Result<Bytes>> + Send + Unpin,
    {
        let (mut parts, mut part) = (Vec::new(), first);
        for number in 1.. {
            if part.is_empty() {
                break;
            }
            let size = part.len() as u64;
            let request =
                self.client.upload_part().bucket(&self.bucket).key(self.full(key)).upload_id(id);
            let sent = request.part_number(number).body(ByteStream::from(part)).send().await;
            let etag = sent.map_err(|e| failed("writing a part", e))?.e_tag.unwrap_or_default();
            parts.push(StoredPart { number: number.cast_unsigned(), size, etag });
            part = next_part(source).await?;
        }
        if parts.is_empty() {
            return Err(Error::internal("writing an object", "it has no bytes"));
        }
        Ok(parts)
    }
}

/// The next [`PART`] bytes; fewer at the end.
async fn next_part<S>(source: &mut S) -> Result<Bytes>
where
    S: Stream<Item = Result<Bytes>> + Send + Unpin,
{
    let mut part = BytesMut::new();
    while part.len() < PART {
        match source.try_next().await? {
            Some(chunk) => part.extend_from_slice(&chunk),
            None => break,
        }
    }
    Ok(part.freeze())
}
