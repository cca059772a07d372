//! The process's lease: a session row that it keeps alive, and what happens when it cannot.

use std::{sync::Arc, time::Duration};

use sqlx::{PgPool, query, query_scalar};
use tokio::{
    sync::watch,
    time::{Instant, sleep, timeout_at},
};
use tokio_util::sync::CancellationToken;

use super::{
    Settings,
    connections::keeping,
    rescue,
    running::{Halt, Running},
    wakes::Wakes,
};
use crate::{clock::interval, line::Line};

/// The session under which this process holds jobs, for those who only need to know it.
pub(super) type Session = watch::Receiver<Option<i64>>;

/// Keeps the lease, and on its way rescues the jobs of processes that did not keep theirs.
pub(super) struct Keeper {
    line: Line,
    settings: Settings,
    pools: Vec<String>,
    running: Vec<Arc<Running>>,
    wakes: Arc<Wakes>,
    current: watch::Sender<Option<i64>>,
}

impl Keeper {
    pub fn new(
        db: &PgPool,
        settings: &Settings,
        pools: Vec<String>,
        running: Vec<Arc<Running>>,
        wakes: Arc<Wakes>,
    ) -> (Self, Session) {
        let (current, session) = watch::channel(None);
        let line = keeping(db);
        (Self { line, settings: settings.clone(), pools, running, wakes, current }, session)
    }

    /// Until stopped: takes a session, keeps it alive, and takes a new one when it was missed.
    pub async fn keep(mut self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            match self.take().await {
                Ok((session, since)) => self.hold(session, since, &stop).await,
                Err(error) => {
                    tracing::warn!(%error, "no session yet: the database does not answer");
                    let wait = self.line.broke();
                    stop.run_until_cancelled(sleep(wait)).await;
                }
            }
        }
    }

    async fn take(&mut self) -> Result<(i64, Instant), sqlx::Error> {
        let since = Instant::now();
        let process = format!("{}:{}", host(), std::process::id());
        let session = query_scalar!(
            "insert into jobs.session (process, pools, version, lease)
            values ($1, $2, $3, $4) returning id",
            process,
            &self.pools,
            self.settings.version,
            interval(self.settings.lease),
        )
        .fetch_one(self.line.open().await?)
        .await?;
        self.line.well();
        tracing::info!(session, process, "took a session");
        Ok((session, since))
    }

    /// Returns when the session is lost, all its attempts halted, or when stopped.
    async fn hold(&mut self, session: i64, mut alive_at: Instant, stop: &CancellationToken) {
        self.current.send_replace(Some(session));
        let mut wait = Duration::ZERO;
        while stop.run_until_cancelled(sleep(wait)).await.is_some() {
            let asked_at = Instant::now();
            let deadline = alive_at + self.settings.lease;
            match timeout_at(deadline, self.beat(session)).await {
                Ok(Ok(true)) => {
                    self.line.well();
                    alive_at = asked_at;
                    wait = self.settings.heartbeat();
                }
                Ok(Ok(false)) => return self.lose(session, "another process gave it up"),
                Ok(Err(error)) => {
                    tracing::warn!(%error, session, "a heartbeat failed");
                    wait = self.line.broke().min(deadline.saturating_duration_since(asked_at));
                }
                Err(_) => {
                    self.line.broke();
                    return self.lose(session, "the database did not answer in time");
                }
            }
            if Instant::now() >= alive_at + self.settings.lease {
                return self.lose(session, "the database did not answer in time");
            }
        }
        self.end(session).await;
    }

    /// One heartbeat and what comes with it. False when the session has been given up.
    async fn beat(&mut self, session: i64) -> Result<bool, sqlx::Error> {
        let conn = self.line.open().await?;
        let alive = query!(
            "update jobs.session set seen_at = clock_timestamp() where id = $1 and ended_at is null",
            session
        )
        .execute(&mut *conn)
        .await?;
        if alive.rows_affected() == 0 {
            return Ok(false);
        }
        let underway: Vec<_> = self.running.iter().flat_map(|running| running.ids()).collect();
        for job in rescue::cancellations(conn, &underway).await? {
            for running in &self.running {
                running.halt(job, Halt::Cancelled);
            }
        }
        let rescued = rescue::rescue(conn).await?;
        if rescued > 0 {
            tracing::warn!(rescued, "gave the jobs of lost processes back to their queues");
            self.wakes.wake_all();
        }
        Ok(true)
    }

    fn lose(&self, session: i64, reason: &str) {
        tracing::error!(session, reason, "lost the session: its attempts are stopped");
        self.current.send_replace(None);
        for running in &self.running {
            running.halt_all(Halt::LeaseLost);
        }
    }

    async fn end(&mut self, session: i64) {
        self.current.send_replace(None);
        let ended = async {
            query!(
                "update jobs.session set ended_at = clock_timestamp(), end_reason = 'stopped'
                where id = $1 and ended_at is null",
                session
            )
            .execute(self.line.open().await?)
            .await
        };
        if let Err(error) = ended.await {
            tracing::warn!(%error, session, "the session could not be ended; its lease will run out");
        }
    }
}

fn host() -> String {
    std::fs::read_to_string("/proc/sys/kernel/hostname")
        .ok()
        .or_else(|| std::env::var("HOSTNAME").ok())
        .map_or_else(|| "localhost".to_owned(), |name| name.trim().to_owned())
}
