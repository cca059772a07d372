//! Small batches of many players, appended together: one transaction for all that came while the one before ran.

use std::sync::Arc;

use sqlx::PgPool;
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use super::{
    Arrival, Fate,
    appending::{self, Appended, Origin},
};
use crate::{Error, Result, analytics::realtime::Counters};

/// How many transactions are under way at once: while one waits for the disk, the next is filled.
const WRITERS: usize = 2;
/// The most events of one transaction.
const MOST_TOGETHER: usize = 10_000;
/// The most events that wait; beyond it callers are told to come back.
const MOST_WAITING: usize = 50_000;

/// More comes in than can be written.
#[derive(Debug, Clone, Copy)]
pub struct Busy;

struct Batch {
    arrivals: Vec<Arrival>,
    answer: oneshot::Sender<Result<Vec<Fate>>>,
    /// Gives its room back when it has been written.
    _room: OwnedSemaphorePermit,
}

/// Takes the batches of players. Cheap to clone.
#[derive(Clone)]
pub struct Intake {
    room: Arc<Semaphore>,
    batches: mpsc::UnboundedSender<Batch>,
}

impl Intake {
    /// Starts its writers, which end with the last clone.
    pub fn start(db: &PgPool, counters: &Counters, retention_days: u32) -> Self {
        let (batches, waiting) = mpsc::unbounded_channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..WRITERS {
            tokio::spawn(write(db.clone(), counters.clone(), waiting.clone(), retention_days));
        }
        Self { room: Arc::new(Semaphore::new(MOST_WAITING)), batches }
    }

    /// Appends a batch of a player and says what became of each event.
    ///
    /// # Errors
    /// Postgres is away. `Ok(Err(Busy))`: too many wait already.
    pub async fn take(&self, arrivals: Vec<Arrival>) -> Result<Result<Vec<Fate>, Busy>> {
        let size = u32::try_from(arrivals.len()).unwrap_or(u32::MAX);
        let Ok(room) = self.room.clone().try_acquire_many_owned(size) else {
            return Ok(Err(Busy));
        };
        let (answer, answered) = oneshot::channel();
        let gone = |()| Error::internal("taking events in", "the writers have stopped");
        self.batches.send(Batch { arrivals, answer, _room: room }).map_err(|_| gone(()))?;
        answered.await.map_err(|_| gone(()))?.map(Ok)
    }
}

async fn write(
    db: PgPool,
    counters: Counters,
    waiting: Arc<Mutex<mpsc::UnboundedReceiver<Batch>>>,
    retention_days: u32,
) {
    loop {
        let Some(batches) = next(&waiting).await else { return };
        let (arrivals, answers) = together(batches);
        match appending::append(&db, arrivals, Origin::Http, retention_days).await {
            Ok(appended) => {
                let views = deal_out(appended, answers);
                counters.count(&views).await;
            }
            Err(error) => refuse(&error, answers),
        }
    }
}

type Answers = Vec<(usize, oneshot::Sender<Result<Vec<Fate>>>)>;

/// Waits for a batch, and takes what has gathered behind it.
async fn next(waiting: &Mutex<mpsc::UnboundedReceiver<Batch>>) -> Option<Vec<Batch>> {
    let mut waiting = waiting.lock().await;
    let first = waiting.recv().await?;
    let mut events = first.arrivals.len();
    let mut batches = vec![first];
    while events < MOST_TOGETHER {
        let Ok(batch) = waiting.try_recv() else { break };
        events += batch.arrivals.len();
        batches.push(batch);
    }
    Some(batches)
}

fn together(batches: Vec<Batch>) -> (Vec<Arrival>, Answers) {
    let mut all = Vec::new();
    let mut answers = Vec::with_capacity(batches.len());
    for batch in batches {
        answers.push((batch.arrivals.len(), batch.answer));
        all.extend(batch.arrivals);
    }
    (all, answers)
}

fn deal_out(appended: Appended, answers: Answers) -> Vec<appending::NewView> {
    let mut fates = appended.fates.into_iter();
    for (size, answer) in answers {
        // Whoever went away meanwhile sends the batch again and gets duplicates.
        let _ = answer.send(Ok(fates.by_ref().take(size).collect()));
    }
    appended.views
}

fn refuse(error: &Error, answers: Answers) {
    let unavailable = match error {
        Error::Unavailable { dependency, .. } => Some(*dependency),
        Error::Refused(_) | Error::Internal { .. } => {
            tracing::error!(?error, "a batch of events could not be appended");
            None
        }
    };
    for (_, answer) in answers {
        let told = match unavailable {
            Some(dependency) => Error::unavailable(dependency, error.to_string()),
            None => Error::internal("appending events", error.to_string()),
        };
        let _ = answer.send(Err(told));
    }
}
