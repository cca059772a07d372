//! Queues: how much waits in each, and for how long.

use chrono::{DateTime, Utc};
use poem::web::Data;
use poem_openapi::{Object, OpenApi, payload::Json};
use studio::{
    Studio,
    operations::inspecting::{self, QueueView},
};

use super::Area;
use crate::{
    Problem,
    auth::{OpsRead, Permit},
};

/// The resource.
pub struct Queues;

/// A queue.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct QueueRow {
    /// Its name.
    name: String,
    /// Jobs that are due and wait for a slot.
    pub due: i64,
    /// Jobs under way.
    pub running: i64,
    /// Jobs that failed and wait for their next attempt.
    retrying: i64,
    /// Jobs that wait for their time.
    scheduled: i64,
    /// Jobs that gave up.
    pub dead: i64,
    /// Jobs that were completed within the last hour.
    completed_last_hour: i64,
    /// For how many seconds the longest waiting due job has been due; 0 when none is.
    pub oldest_due_seconds: f64,
    /// Since when nobody fetches from it.
    paused_at: Option<DateTime<Utc>>,
}

impl QueueRow {
    /// The queue as it was at a moment.
    pub fn at(now: DateTime<Utc>, queue: QueueView) -> Self {
        let age = queue.oldest_due_at.map_or(0, |since| (now - since).num_milliseconds().max(0));
        Self {
            name: queue.queue,
            due: queue.available,
            running: queue.running,
            retrying: queue.retrying,
            scheduled: queue.scheduled,
            dead: queue.dead,
            completed_last_hour: queue.completed_last_hour,
            #[allow(clippy::cast_precision_loss, reason = "2^53 ms are 285,000 years")]
            oldest_due_seconds: age as f64 / 1000.0,
            paused_at: queue.paused_at,
        }
    }
}

/// All queues.
#[derive(Debug, Object)]
struct QueuePage {
    /// The queues, by name.
    items: Vec<QueueRow>,
}

#[OpenApi(prefix_path = "/v1/ops", tag = "Area::Operations")]
impl Queues {
    /// List the queues
    #[oai(path = "/queues", method = "get", operation_id = "queues.list")]
    async fn list(
        &self,
        _auth: Permit<OpsRead>,
        studio: Data<&Studio>,
    ) -> Result<Json<QueuePage>, Problem> {
        let (now, queues) = inspecting::list_queues(&studio).await?;
        let items = queues.into_iter().map(|queue| QueueRow::at(now, queue)).collect();
        Ok(Json(QueuePage { items }))
    }
}
