//! Reading objects.

use aws_sdk_s3::primitives::ByteStream;

use super::{
    ObjectStore,
    errors::{failed, is_absent},
};
use crate::Result;

/// An object that is being read.
#[derive(Debug)]
pub struct Object {
    /// Its size in bytes.
    pub size: u64,
    /// Its bytes, as they come.
    pub bytes: ByteStream,
}

impl ObjectStore {
    /// The size of an object in bytes; none if it is not there.
    ///
    /// # Errors
    /// A store that is away.
    pub async fn size(&self, key: &str) -> Result<Option<u64>> {
        match self.client.head_object().bucket(&self.bucket).key(self.full(key)).send().await {
            Ok(answer) => {
                Ok(Some(u64::try_from(answer.content_length().unwrap_or(0)).unwrap_or(0)))
            }
            Err(e) if is_absent(&e) => Ok(None),
            Err(e) => Err(failed("looking for an object", e)),
        }
    }

    /// Opens an object; none if it is not there.
    ///
    /// # Errors
    /// A store that is away.
    pub async fn open(&self, key: &str) -> Result<Option<Object>> {
        match self.client.get_object().bucket(&self.bucket).key(self.full(key)).send().await {
            Ok(answer) => {
                let size = u64::try_from(answer.content_length().unwrap_or(0)).unwrap_or(0);
                Ok(Some(Object { size, bytes: answer.body }))
            }
            Err(e) if is_absent(&e) => Ok(None),
            Err(e) => Err(failed("opening an object", e)),
        }
    }
}
