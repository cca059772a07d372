//! The webhook, as the `OpenAPI` document describes it.

use chrono::{DateTime, Utc};
use poem_openapi::{
    ApiResponse, Enum, Object, Webhook, param::Header, payload::Json, types::ToJSON,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::wire::Transcode;
use crate::transcode::EventType;

/// What a webhook tells.
#[derive(Clone, Copy, Debug, Enum)]
pub enum EventKind {
    /// It runs; how far it is.
    #[oai(rename = "transcode.progress")]
    Progress,
    /// It is done.
    #[oai(rename = "transcode.completed")]
    Completed,
    /// It failed.
    #[oai(rename = "transcode.failed")]
    Failed,
}

/// The body of a webhook.
#[derive(Debug, Object)]
pub struct Event {
    /// The same in every attempt to tell this event; also in the header `Vod-Event-Id`.
    #[oai(rename = "event_id")]
    pub id: Uuid,
    #[oai(rename = "type")]
    pub kind: EventKind,
    /// When it happened. Events may arrive in another order.
    pub created_at: DateTime<Utc>,
    /// What `GET /v1/transcodes/{id}` answers.
    pub transcode: Transcode,
}

impl Event {
    pub fn bytes(&self) -> Vec<u8> {
        self.to_json_string().into_bytes()
    }
}

impl From<EventType> for EventKind {
    fn from(event: EventType) -> Self {
        match event {
            EventType::Progress => Self::Progress,
            EventType::Completed => Self::Completed,
            EventType::Failed => Self::Failed,
        }
    }
}

#[derive(ApiResponse)]
pub enum Heard {
    /// Any 2xx accepts the event.
    #[oai(status = 204)]
    Accepted,
}

/// The service's calls to its clients; described here, made in `webhooks.rs`.
#[Webhook]
pub trait Webhooks {
    /// Hear how a transcode goes
    ///
    /// Signed like a request. The final event is repeated until it is accepted.
    #[oai(name = "event", method = "post", operation_id = "webhooks.event")]
    fn event(
        &self,
        #[oai(name = "Vod-Signature")] signature: Header<String>,
        #[oai(name = "Vod-Event-Id")] event_id: Header<Uuid>,
        event: Json<Event>,
    ) -> Heard;
}

/// Moves the webhook to where `OpenAPI` 3.0 has a place for it: a callback of the operation whose body
/// names the address.
pub fn as_callback(mut document: Value) -> Value {
    let webhooks = document.as_object_mut().and_then(|document| document.remove("webhooks"));
    if let Some(event) = webhooks.as_ref().and_then(|webhooks| webhooks.get("event")) {
        document["paths"]["/v1/transcodes"]["post"]["callbacks"] =
            json!({ "event": { "{$request.body#/callback_url}": event } });
    }
    document
}
