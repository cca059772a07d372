//! The first page of the Ops area.

use chrono::{DateTime, Utc};
use poem::web::Data;
use poem_openapi::{Enum, Object, OpenApi, payload::Json};
use studio::{
    Studio,
    config::Environment,
    operations::inspecting::{self, Attention, Board, FigureView, Harm, Subject},
};

use super::{Area, queues::QueueRow, views::DependencyRow};
use crate::{
    Problem,
    auth::{OpsRead, Permit},
};

/// The resource.
pub struct Overview;

/// What hurts, and how the queues do.
#[derive(Debug, Object)]
struct OpsOverview {
    /// Where this runs: development, test or production.
    environment: String,
    /// When this was true.
    at: DateTime<Utc>,
    /// What a person should look at, worst first; empty when all is well.
    attention: Vec<AttentionItem>,
    /// For how many seconds the longest waiting due job of all queues has been due.
    oldest_due_seconds: f64,
    /// Jobs that are due, in all queues.
    due: i64,
    /// Jobs under way.
    running: i64,
    /// Jobs that gave up.
    dead: i64,
    /// Processes that run jobs.
    workers_alive: u64,
    /// Every queue.
    queues: Vec<QueueRow>,
    /// What each queue finished in the last hour, in slices of five minutes, for charts.
    figures: Vec<QueueFigure>,
    /// The servers behind the product.
    dependencies: Vec<DependencyRow>,
}

/// One thing that a person should look at. At most one of the ids is given: where to look.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct AttentionItem {
    /// How much it hurts.
    severity: Severity,
    /// What is the matter.
    sentence: String,
    /// Since when, or when it last happened.
    since: DateTime<Utc>,
    /// How many there are of it.
    count: i64,
    /// The latest of such jobs.
    job_id: Option<String>,
    /// The latest of such runs.
    run_id: Option<String>,
    /// The queue.
    queue: Option<String>,
    /// The worker.
    worker: Option<String>,
    /// The server behind the product.
    dependency: Option<String>,
}

/// How much something hurts.
#[derive(Debug, Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum Severity {
    /// People wait or lose something now.
    Bad,
    /// It will hurt if nobody looks.
    Warning,
}

/// What a queue finished in five minutes.
#[derive(Debug, Object)]
struct QueueFigure {
    /// The queue.
    queue: String,
    /// When the five minutes begin.
    from: DateTime<Utc>,
    /// Jobs that were completed.
    completed: i64,
    /// Jobs that gave up and still are.
    dead: i64,
    /// For how many milliseconds the completed ones ran, all together.
    busy_milliseconds: i64,
}

impl From<Attention> for AttentionItem {
    fn from(item: Attention) -> Self {
        let mut row = Self {
            severity: match item.harm {
                Harm::Bad => Severity::Bad,
                Harm::Warning => Severity::Warning,
            },
            sentence: item.sentence,
            since: item.since,
            count: item.count,
            job_id: None,
            run_id: None,
            queue: None,
            worker: None,
            dependency: None,
        };
        match item.subject {
            Subject::Dependency(name) => row.dependency = Some(name.to_owned()),
            Subject::Queue(name) => row.queue = Some(name),
            Subject::Job(id) => row.job_id = Some(id),
            Subject::Run(id) => row.run_id = Some(id),
            Subject::Worker(process) => row.worker = Some(process),
        }
        row
    }
}

impl From<FigureView> for QueueFigure {
    fn from(figure: FigureView) -> Self {
        Self {
            queue: figure.queue,
            from: figure.from,
            completed: figure.completed,
            dead: figure.dead,
            busy_milliseconds: figure.busy_milliseconds,
        }
    }
}

impl OpsOverview {
    fn of(overview: inspecting::Overview, environment: Environment) -> Self {
        let at = overview.at;
        let queues: Vec<_> =
            overview.queues.into_iter().map(|queue| QueueRow::at(at, queue)).collect();
        Self {
            environment: format!("{environment:?}").to_lowercase(),
            at,
            attention: overview.attention.into_iter().map(AttentionItem::from).collect(),
            oldest_due_seconds: queues
                .iter()
                .map(|queue| queue.oldest_due_seconds)
                .fold(0.0, f64::max),
            due: queues.iter().map(|queue| queue.due).sum(),
            running: queues.iter().map(|queue| queue.running).sum(),
            dead: queues.iter().map(|queue| queue.dead).sum(),
            workers_alive: overview.workers_alive as u64,
            figures: overview.figures.into_iter().map(QueueFigure::from).collect(),
            dependencies: overview.dependencies.iter().map(DependencyRow::from).collect(),
            queues,
        }
    }
}

#[OpenApi(prefix_path = "/v1/ops", tag = "Area::Operations")]
impl Overview {
    /// Show what hurts
    ///
    /// Made at most every two seconds, however many people watch.
    #[oai(path = "/overview", method = "get", operation_id = "ops.overview")]
    async fn show(
        &self,
        _auth: Permit<OpsRead>,
        studio: Data<&Studio>,
        board: Data<&Board>,
    ) -> Result<Json<OpsOverview>, Problem> {
        let overview = board.overview().await?;
        Ok(Json(OpsOverview::of(overview, studio.config.environment)))
    }
}
