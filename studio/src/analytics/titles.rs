//! The titles of contents that figures speak of.

use std::collections::HashMap;

use crate::{Studio, content::document_store, ids::ContentId};

/// The titles of these contents, in one question. While their store is away there are none, and figures are shown
/// under the titles by which Postgres sorts.
pub(super) async fn of(studio: &Studio, contents: &[ContentId]) -> HashMap<ContentId, String> {
    if contents.is_empty() {
        return HashMap::new();
    }
    match document_store::find(studio, contents).await {
        Ok(documents) => documents.into_iter().map(|(id, document)| (id, document.title)).collect(),
        Err(error) => {
            tracing::warn!(%error, "figures are shown without their contents' own titles");
            HashMap::new()
        }
    }
}
