//! What an event carries: the thing as it is now, and the number of its latest change.

use std::borrow::Cow;

use poem_openapi::{
    Object, Union,
    registry::{MetaSchemaRef, Registry},
    types::{ToJSON, Type},
};
use studio::content::live::{Change, Changed};

use super::{content_views::ContentView, upload_views::UploadView};
use crate::accounts::Notification;

/// The stream has begun.
#[derive(Debug, Object)]
pub struct Ready {
    /// Everything that changed up to this number was there when the stream began.
    pub seen: i64,
}

/// What an event carries.
#[derive(Debug, Union)]
pub enum LiveEvent {
    /// The stream has begun.
    Ready(Ready),
    /// A content as it is now.
    Content(ContentView),
    /// An upload as it is now.
    Upload(UploadView),
    /// A notification as it is now.
    Notification(Notification),
}

impl LiveEvent {
    /// The name of the event.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Ready(_) => "ready",
            Self::Content(_) => "content",
            Self::Upload(_) => "upload",
            Self::Notification(_) => "notification",
        }
    }
}

/// An event with its number, which is written as the event's id and is no part of what it carries.
#[derive(Debug)]
pub struct Numbered {
    /// Its number.
    pub number: i64,
    /// What it carries.
    pub event: LiveEvent,
}

impl From<Change> for Numbered {
    fn from(change: Change) -> Self {
        let event = match change.changed {
            Changed::Content(content) => LiveEvent::Content((*content).into()),
            Changed::Upload(upload) => LiveEvent::Upload((*upload).into()),
            Changed::Notification(notification) => LiveEvent::Notification(notification.into()),
        };
        Self { number: change.number, event }
    }
}

impl Type for Numbered {
    const IS_REQUIRED: bool = true;

    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        LiveEvent::name()
    }

    fn schema_ref() -> MetaSchemaRef {
        LiveEvent::schema_ref()
    }

    fn register(registry: &mut Registry) {
        LiveEvent::register(registry);
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(self.as_raw_value().into_iter())
    }
}

impl ToJSON for Numbered {
    fn to_json(&self) -> Option<serde_json::Value> {
        self.event.to_json()
    }
}
