//! A content's document in MongoDB, with exactly the fields of the product brief, plus schedule and
//! totals. Title, description and tags belong to it; status and what follows are written there from
//! Postgres, which decides.

use std::collections::HashMap;

use bson::{Bson, DateTime, Document, Uuid, doc};
use serde::{Deserialize, Serialize};

use super::{ContentRecord, Status, TranscodingStatus, details::Details};
use crate::ids::ContentId;

/// One document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ContentDocument {
    /// The content's id.
    #[serde(rename = "_id")]
    pub id: Uuid,
    /// Whose it is.
    #[serde(rename = "creatorId")]
    pub creator_id: Uuid,
    /// The title.
    pub title: String,
    /// The description.
    pub description: String,
    /// The tags.
    pub tags: Vec<String>,
    /// `processing`, `private` or `public`.
    pub status: Status,
    /// When its upload was created.
    #[serde(rename = "uploadDate")]
    pub upload_date: DateTime,
    /// Where the original is: bucket and key.
    pub s3_key: String,
    /// `pending`, `completed` or `failed`.
    pub transcoding_status: TranscodingStatus,
    /// How long it plays, in seconds.
    pub duration: Option<f64>,
    /// Where the thumbnail is, without a signature.
    pub thumbnail_url: Option<String>,
    /// When it becomes public by itself.
    pub schedule: Option<DateTime>,
    /// Figures over all time.
    pub totals: HashMap<String, i64>,
}

/// The document's id of a content.
pub fn id(content: ContentId) -> Uuid {
    Uuid::from_bytes(content.0.into_bytes())
}

impl ContentDocument {
    /// What is shown until the document has been written, a moment after the upload's creation.
    pub fn unwritten(record: &ContentRecord) -> Self {
        Self {
            id: id(record.id),
            creator_id: Uuid::from_bytes(record.owner.0.into_bytes()),
            title: record.first_title.clone(),
            description: String::new(),
            tags: Vec::new(),
            status: record.status(),
            upload_date: DateTime::from_chrono(record.created_at),
            s3_key: record.original_key.clone(),
            transcoding_status: record.transcoding_status(),
            duration: record.duration_seconds(),
            thumbnail_url: None,
            schedule: None,
            totals: HashMap::new(),
        }
    }

    /// What its creator says about it.
    pub fn details(&self) -> Details {
        Details {
            title: self.title.clone(),
            description: self.description.clone(),
            tags: self.tags.clone(),
        }
    }
}

/// The fields that Postgres decides, as an update.
pub fn projected(
    record: &ContentRecord,
    location: impl Fn(&str) -> String,
) -> Result<Document, bson::error::Error> {
    Ok(doc! {
        "creatorId": Uuid::from_bytes(record.owner.0.into_bytes()),
        "status": bson::serialize_to_bson(&record.status())?,
        "uploadDate": DateTime::from_chrono(record.created_at),
        "s3_key": location(&record.original_key),
        "transcoding_status": bson::serialize_to_bson(&record.transcoding_status())?,
        "duration": record.duration_seconds(),
        "thumbnail_url": record.thumbnail_key.as_deref().map(location),
    })
}

/// The fields that a creator decides, as an update.
pub fn described(details: &Details) -> Document {
    doc! { "title": &details.title, "description": &details.description, "tags": &details.tags }
}

/// The fields that nobody has touched when the document is first written.
pub fn untouched() -> Document {
    doc! { "schedule": Bson::Null, "totals": {} }
}
