//! [`PlatformEvent`]: one thing that the platform is told.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Result,
    ids::{AccountId, ContentId, PlatformEventId},
};

/// How an object is since `occurred_at`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlatformEvent {
    /// The same for every delivery of this event.
    pub id: PlatformEventId,
    /// What it is about; its messages have it as their key.
    pub object: ContentId,
    /// Grows with each event of the object: one with a smaller number than was seen before is old.
    pub version: i64,
    /// When it became so.
    pub occurred_at: DateTime<Utc>,
    /// What is so.
    #[serde(flatten)]
    pub about: About,
}

/// What the platform is told of an object: kind and data of the event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
pub enum About {
    /// Everybody can see it from now on.
    #[serde(rename = "content.published")]
    Published(PublicContent),
    /// Everybody could see it before, and it is different now.
    #[serde(rename = "content.changed")]
    Changed(PublicContent),
    /// Only its creator can see it, or nobody.
    #[serde(rename = "content.removed")]
    Removed(RemovedContent),
}

impl About {
    /// The kind on the wire.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Published(_) => "content.published",
            Self::Changed(_) => "content.changed",
            Self::Removed(_) => "content.removed",
        }
    }

    /// The data on the wire.
    pub(super) fn data(&self) -> Result<serde_json::Value> {
        Ok(match self {
            Self::Published(content) | Self::Changed(content) => serde_json::to_value(content)?,
            Self::Removed(content) => serde_json::to_value(content)?,
        })
    }
}

/// A content that everybody can see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublicContent {
    /// Whose it is.
    pub owner: AccountId,
    /// What its creator calls it.
    pub title: String,
    /// `video` or `audio`.
    pub media: String,
    /// `public`.
    pub visibility: String,
    /// How long it plays.
    pub duration_seconds: Option<f64>,
    /// When everybody could see it first.
    pub published_at: Option<DateTime<Utc>>,
}

/// A content that not everybody can see any more. What it was called is its creator's alone again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RemovedContent {
    /// Whose it is.
    pub owner: AccountId,
    /// Why it is gone.
    pub reason: Reason,
}

/// Why a content is no longer there for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// Its creator made it private.
    Private,
    /// Its creator deleted it, and may restore it.
    Deleted,
    /// It is deleted for good: whatever others keep of it has to go.
    Purged,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of the contract, which is checked against its schema.
    const EXAMPLES: &str = include_str!("../../../openapi/platform-events.examples.json");

    #[test]
    fn the_examples_of_the_contract_are_what_is_sent() {
        let written: Vec<serde_json::Value> = serde_json::from_str(EXAMPLES).unwrap();
        let read: Vec<PlatformEvent> = serde_json::from_str(EXAMPLES).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), serde_json::Value::Array(written));
        let kinds: Vec<_> = read.iter().map(|event| event.about.kind()).collect();
        assert_eq!(kinds, ["content.published", "content.changed", "content.removed"]);
    }

    #[test]
    fn kind_and_data_are_those_of_the_whole_event() {
        let read: Vec<PlatformEvent> = serde_json::from_str(EXAMPLES).unwrap();
        for event in read {
            let whole = serde_json::to_value(&event).unwrap();
            assert_eq!(whole["kind"], event.about.kind());
            assert_eq!(whole["data"], event.about.data().unwrap());
        }
    }
}
