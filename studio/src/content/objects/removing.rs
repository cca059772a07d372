//! Removing objects. What is not there is removed already.

use super::{
    ObjectStore,
    errors::{failed, is_absent},
};
use crate::Result;

impl ObjectStore {
    /// Removes one object.
    ///
    /// # Errors
    /// A store that is away.
    pub async fn remove(&self, key: &str) -> Result<()> {
        self.remove_full(&self.full(key)).await
    }

    /// Removes everything whose key begins with `prefix`, and says how many objects that were.
    ///
    /// # Errors
    /// A store that is away; what was removed before stays removed.
    pub async fn remove_all(&self, prefix: &str) -> Result<usize> {
        let mut removed = 0;
        loop {
            let request =
                self.client.list_objects_v2().bucket(&self.bucket).prefix(self.full(prefix));
            let answer = request.send().await.map_err(|e| failed("listing objects", e))?;
            // One by one: not every store takes the batch request of this SDK, and there are few.
            for key in answer.contents().iter().filter_map(|object| object.key()) {
                self.remove_full(key).await?;
                removed += 1;
            }
            if !answer.is_truncated().unwrap_or(false) {
                return Ok(removed);
            }
        }
    }

    async fn remove_full(&self, key: &str) -> Result<()> {
        match self.client.delete_object().bucket(&self.bucket).key(key).send().await {
            Err(e) if !is_absent(&e) => Err(failed("removing an object", e)),
            _ => Ok(()),
        }
    }
}
