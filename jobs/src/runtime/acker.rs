//! A pool's acknowledging: in batches, on a connection of its own, until all is acknowledged.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use tokio::{
    sync::{Notify, mpsc},
    time::{sleep, timeout_at},
};
use uuid::Uuid;

use super::{
    ack::{self, Again, End},
    slots::Slots,
    verdict::{Report, Verdict},
};
use crate::line::Line;

/// What became of a job, on its way to the database.
#[derive(Debug)]
pub(super) struct Ack {
    pub id: Uuid,
    pub session: i64,
    pub unique_key: Option<Arc<str>>,
    pub max_attempts: i16,
    pub trace_id: Option<String>,
    pub verdict: Verdict,
}

/// Acknowledges for one pool until every sender is gone.
pub(super) struct Acker {
    pub line: Line,
    pub acks: mpsc::UnboundedReceiver<Ack>,
    pub slots: Arc<Slots>,
    /// Rung when a job went back to a queue, so that the fetcher reckons with its new time.
    pub bell: Arc<Notify>,
    /// Rung after every batch.
    pub progress: Arc<Notify>,
}

const MOST: usize = 1000;
const ENOUGH: usize = 100;
const LINGER: Duration = Duration::from_millis(2);

impl Acker {
    pub async fn run(mut self) {
        let mut batch = Vec::with_capacity(MOST);
        loop {
            let left = batch.len();
            if left == 0 && self.acks.recv_many(&mut batch, MOST).await == 0 {
                return;
            }
            self.gather(&mut batch).await;
            let asked = batch.len();
            batch = self.flush(batch).await;
            self.slots.acknowledged(asked - batch.len());
            self.progress.notify_waiters();
        }
    }

    /// A batch that is small waits a moment for company.
    async fn gather(&mut self, batch: &mut Vec<Ack>) {
        let deadline = tokio::time::Instant::now() + LINGER;
        while batch.len() < ENOUGH {
            let room = MOST - batch.len();
            match timeout_at(deadline, self.acks.recv_many(batch, room)).await {
                Ok(received) if received > 0 => {}
                _ => return,
            }
        }
    }

    /// Acknowledges a batch. What comes back was locked by someone and is tried again.
    async fn flush(&mut self, batch: Vec<Ack>) -> Vec<Ack> {
        let mut by_session: HashMap<i64, Vec<Ack>> = HashMap::new();
        for ack in batch {
            by_session.entry(ack.session).or_default().push(ack);
        }
        let mut again = Vec::new();
        for (session, acks) in by_session {
            loop {
                match self.flush_session(session, &acks).await {
                    Ok(locked) => {
                        self.line.well();
                        again.extend(acks.into_iter().filter(|ack| locked.contains(&ack.id)));
                        break;
                    }
                    Err(error) => {
                        // Sent again until it is known: the fence makes a repetition harmless.
                        tracing::warn!(%error, "acknowledging failed; trying again");
                        sleep(self.line.broke()).await;
                    }
                }
            }
        }
        again
    }

    async fn flush_session(
        &mut self,
        session: i64,
        acks: &[Ack],
    ) -> Result<HashSet<Uuid>, sqlx::Error> {
        let sorted = Sorted::of(acks);
        let conn = self.line.open().await?;
        let mut done = 0;
        if !sorted.complete.is_empty() {
            done += ack::complete(conn, session, &sorted.complete).await?;
        }
        if !sorted.end.is_empty() {
            done += ack::end(conn, session, &sorted.end).await?.len();
            self.bell.notify_one();
        }
        if !sorted.again.is_empty() {
            done += ack::again(conn, session, &sorted.again).await?.len();
            self.bell.notify_one();
        }
        if done == acks.len() {
            return Ok(HashSet::new());
        }
        let ids: Vec<Uuid> = acks.iter().map(|ack| ack.id).collect();
        let locked = ack::still_held(conn, session, &ids).await?;
        let fenced = acks.len().saturating_sub(done + locked.len());
        if fenced > 0 {
            tracing::warn!(fenced, session, "outcomes came too late: others hold these jobs now");
            metrics::counter!("jobs_fenced_total").increment(fenced as u64);
        }
        Ok(locked.into_iter().collect())
    }
}

/// A batch, by the statement that acknowledges it.
#[derive(Default)]
struct Sorted {
    complete: Vec<Uuid>,
    end: Vec<End>,
    again: Vec<Again>,
}

impl Sorted {
    fn of(acks: &[Ack]) -> Self {
        let mut sorted = Self::default();
        for ack in acks {
            match &ack.verdict {
                Verdict::Completed if ack.unique_key.is_none() => sorted.complete.push(ack.id),
                Verdict::Completed => sorted.end.push(ack.end("completed", &Report::default())),
                Verdict::Cancelled => sorted.end.push(ack.end("cancelled", &Report::default())),
                Verdict::Dead(report) => sorted.end.push(ack.end("dead", report)),
                Verdict::Again { until, outcome, counts, report } => sorted.again.push(Again {
                    id: ack.id,
                    until: *until,
                    outcome,
                    counts: *counts,
                    max_attempts: ack.max_attempts,
                    report: report.clone(),
                    trace_id: ack.trace_id.clone(),
                }),
                Verdict::AlreadyAcked | Verdict::LetGo => {}
            }
        }
        sorted
    }
}

impl Ack {
    fn end(&self, state: &'static str, report: &Report) -> End {
        End {
            id: self.id,
            unique_key: self.unique_key.as_deref().map(str::to_owned),
            state,
            report: report.clone(),
            trace_id: self.trace_id.clone(),
        }
    }
}
