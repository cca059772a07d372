//! What players report.

use poem::{Request, web::Data};
use poem_openapi::{Object, OpenApi, payload::Json, types::Any};
use serde_json::{Value, json};
use studio::{
    Studio,
    analytics::{
        intake::Fate,
        reporting::{self, Reported},
    },
};

use super::{Area, player::Player};
use crate::{Problem, auth::network_of, body::Body};

/// The resource.
pub struct Engagement;

/// What happened, as a player saw it.
#[derive(Debug, Object)]
#[oai(example)]
struct ReportEvents {
    /// 1 to 500 events. Each is an object with `id` (a UUIDv7 made when it happened), `kind` (`view`,
    /// `watch_progress`, `like`, `unlike`, `share`, `subscribe`) and `session` (a UUID); a
    /// `watch_progress` has `watched_seconds` (since the report before, 0 to 120) and
    /// `position_seconds`; `country` (ISO 3166-1), `device` and `source` may be given. One that cannot
    /// be used is answered by itself.
    events: Vec<Any<Value>>,
}

impl poem_openapi::types::Example for ReportEvents {
    fn example() -> Self {
        let event = json!({
            "id": "019abc12-5000-7a7b-8c3e-9d5f6a7b8c9d",
            "kind": "watch_progress",
            "session": "019abc12-4b00-7c3e-9d5f-6a7b8c9d0e1f",
            "watched_seconds": 10,
            "position_seconds": 42.5,
            "country": "DE",
            "device": "phone",
            "source": "search",
        });
        Self { events: vec![Any(event)] }
    }
}

/// An event that is not counted.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct RejectedReport {
    /// Which, from 0.
    index: u64,
    /// The id that it claimed.
    id: Option<String>,
    /// Why, by a stable code.
    code: String,
    /// Why, in words.
    detail: String,
}

/// What became of the events.
#[derive(Debug, Default, Object)]
struct ReportedEvents {
    /// New ones; they are safe.
    accepted: u64,
    /// Ones that were there already.
    duplicates: u64,
    /// Ones that will never be counted: do not send them again.
    rejected: Vec<RejectedReport>,
}

impl From<Vec<Reported>> for ReportedEvents {
    fn from(reported: Vec<Reported>) -> Self {
        let mut answer = Self::default();
        for (index, event) in (0..).zip(reported) {
            match event.fate {
                Fate::Accepted => answer.accepted += 1,
                Fate::Duplicate => answer.duplicates += 1,
                Fate::Rejected(why) => answer.rejected.push(RejectedReport {
                    index,
                    id: event.id,
                    code: why.code.to_owned(),
                    detail: why.detail,
                }),
            }
        }
        answer
    }
}

#[OpenApi(prefix_path = "/v1/engagement", tag = "Area::Engagement")]
impl Engagement {
    /// Report events of one viewer
    ///
    /// For players: `Authorization: Bearer` with the `engagement_token` of `contents.playback`. Sending a
    /// batch again is harmless. Keep events until they are answered; on 429 and 503 wait for
    /// `Retry-After`, on `engagement.token_expired` ask for the playback address again.
    #[oai(path = "/events", method = "post", operation_id = "engagement.report")]
    async fn report(
        &self,
        player: Player,
        studio: Data<&Studio>,
        request: &Request,
        batch: Body<ReportEvents>,
    ) -> Result<Json<ReportedEvents>, Problem> {
        let network = network_of(request, &studio.config);
        let events: Vec<Value> = batch.0.events.into_iter().map(|event| event.0).collect();
        Ok(Json(reporting::report(&studio, &player.token, &network, events).await?.into()))
    }
}
