//! Workers: the processes that run jobs.

use chrono::{DateTime, Utc};
use poem::web::Data;
use poem_openapi::{Enum, Object, OpenApi, payload::Json};
use studio::{
    Studio,
    operations::inspecting::{self, SessionView},
};

use super::Area;
use crate::{
    Problem,
    auth::{OpsRead, Permit},
};

/// The resource.
pub struct Workers;

/// A process that runs jobs, or did within the last day.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct Worker {
    /// Its number; a process that missed its lease goes on under a new one.
    id: i64,
    /// Host and process id.
    process: String,
    /// The pools it serves.
    pools: Vec<String>,
    /// The version of its program.
    version: String,
    /// How it does.
    state: WorkerState,
    /// Whether it is alive and speaks.
    alive: bool,
    /// Jobs that it runs now.
    running: i64,
    /// When it began.
    started_at: DateTime<Utc>,
    /// When it last said that it lives.
    heartbeat_at: DateTime<Utc>,
    /// For how many seconds it has said nothing.
    silent_seconds: f64,
    /// After how many seconds of silence its jobs are given to others.
    lease_seconds: f64,
    /// When it stopped or was given up.
    ended_at: Option<DateTime<Utc>>,
}

/// How a worker does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
enum WorkerState {
    /// It says that it lives.
    Alive,
    /// It should, and does not.
    Silent,
    /// It stopped when asked.
    Stopped,
    /// It was given up; its jobs went to others.
    Lost,
}

impl From<SessionView> for Worker {
    fn from(worker: SessionView) -> Self {
        let state = match worker.end_reason.as_deref() {
            None if inspecting::is_silent(&worker) => WorkerState::Silent,
            None => WorkerState::Alive,
            Some("stopped") => WorkerState::Stopped,
            Some(_) => WorkerState::Lost,
        };
        Self {
            id: worker.id,
            process: worker.process,
            pools: worker.pools,
            version: worker.version,
            state,
            alive: state == WorkerState::Alive,
            running: worker.running,
            started_at: worker.started_at,
            heartbeat_at: worker.seen_at,
            silent_seconds: worker.silent_for.as_secs_f64(),
            lease_seconds: worker.lease.as_secs_f64(),
            ended_at: worker.ended_at,
        }
    }
}

/// All workers.
#[derive(Debug, Object)]
struct WorkerPage {
    /// The workers: silent ones first, then those that live, then those that ended.
    items: Vec<Worker>,
}

#[OpenApi(prefix_path = "/v1/ops", tag = "Area::Operations")]
impl Workers {
    /// List the workers
    ///
    /// Those that live, and those that ended within the last day; at most 200.
    #[oai(path = "/workers", method = "get", operation_id = "workers.list")]
    async fn list(
        &self,
        _auth: Permit<OpsRead>,
        studio: Data<&Studio>,
    ) -> Result<Json<WorkerPage>, Problem> {
        let workers = inspecting::list_workers(&studio).await?;
        Ok(Json(WorkerPage { items: workers.into_iter().map(Worker::from).collect() }))
    }
}
