//! One attempt, from a slot to a verdict.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures::FutureExt;
use sqlx::PgPool;
use tokio::{
    sync::mpsc,
    task::JoinError,
    time::{Instant, timeout},
};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, Span, field::Empty, info_span};

use super::{
    Claimed, ack,
    acker::Ack,
    assignment::Assignment,
    measure,
    running::{Running, Underway},
    slots::Slots,
    verdict::{self, Ended, PROCESS_LOST, Report, Verdict},
};
use crate::{
    Attempt, Failure, JobId, Outcome, Waker, attempt,
    catalogue::Entry,
    finish::{self, Ending},
    outcome::Until,
    trace,
};

/// How long a job rests whose end could not be written down.
const POSTPONED: Duration = Duration::from_secs(5);

/// What every attempt of a pool needs.
pub(super) struct Performer<S> {
    pub db: PgPool,
    pub state: Arc<S>,
    pub running: Arc<Running>,
    pub stopping: CancellationToken,
    pub waker: Waker,
    pub slots: Arc<Slots>,
    pub acks: mpsc::UnboundedSender<Ack>,
}

impl<S: Send + Sync + 'static> Performer<S> {
    /// Runs the job, decides what becomes of it and hands that to the acknowledger.
    pub async fn perform(self: Arc<Self>, assignment: Assignment<S>) {
        let Assignment { claimed, entry, waited, slot } = assignment;
        measure::picked_up(&claimed, waited);
        let policy = entry.handler.policy(&claimed);
        let began = Instant::now();
        let span = span(&entry.listing.name, &claimed);
        let trace_id = trace::id_of(&span);
        // What is rare is boxed: the future of every attempt would be as large as the largest path.
        let ended = if claimed.number() > policy.attempts {
            Box::pin(self.without_attempts(&claimed)).await
        } else {
            self.attempt(&claimed, &entry, policy.attempts, policy.timeout, &span).await
        };
        let verdict = self
            .conclude(&claimed, &entry, ended, &policy, trace_id.as_deref())
            .instrument(span.clone())
            .await;
        measure::ended(&entry.listing.name, &claimed, &verdict, began.elapsed());
        if !matches!(verdict, Verdict::AlreadyAcked | Verdict::LetGo) {
            self.acknowledge(&claimed, policy.max_attempts(), trace_id, verdict);
        }
        drop(slot);
    }

    fn acknowledge(
        &self,
        claimed: &Claimed,
        max_attempts: i16,
        trace_id: Option<String>,
        verdict: Verdict,
    ) {
        self.slots.ended();
        let (id, session) = (claimed.id, claimed.session);
        let unique_key = claimed.unique_key.clone();
        // The acknowledger outlives every performer.
        let _ = self.acks.send(Ack { id, session, unique_key, max_attempts, trace_id, verdict });
    }

    /// For a job whose end could not be concluded: a panic while it was buried. It runs again.
    pub fn lost_its_outcome(&self, claimed: &Claimed, entry: &Entry<S>, error: &JoinError) {
        tracing::error!(job = %claimed.held().job, %error, "an attempt ended without an outcome");
        let report = Report { code: None, error: Some(error.to_string()) };
        let verdict = Verdict::Again {
            until: Until::In(POSTPONED),
            outcome: "failed",
            counts: false,
            report,
        };
        self.acknowledge(claimed, entry.handler.policy(claimed).max_attempts(), None, verdict);
    }

    async fn attempt(
        &self,
        claimed: &Arc<Claimed>,
        entry: &Arc<Entry<S>>,
        limit: u16,
        longest: Duration,
        span: &Span,
    ) -> Ended {
        let underway = self.running.enter(claimed.id);
        let attempt = Attempt::new(
            claimed.held(),
            claimed.number(),
            limit,
            self.stopping.clone(),
            self.waker.clone(),
        );
        let work = entry.handler.run(claimed.clone(), self.state.clone(), attempt);
        let work = attempt::within(JobId(claimed.id), work.instrument(span.clone()));
        until_ended(work, &underway, longest).await
    }

    /// The attempt that was just counted is one too many: those before it were lost with their
    /// processes, or the policy allows fewer now.
    async fn without_attempts(&self, claimed: &Claimed) -> Ended {
        let uncounted = async {
            let mut conn = self.db.acquire().await?;
            ack::uncount(&mut conn, claimed.session, claimed.id).await
        };
        if let Err(error) = uncounted.await {
            tracing::warn!(%error, "the count of attempts stays one too high");
        }
        let error = "no attempt is left: the process was lost during each, or the last, of them";
        Ended::Returned(Err(Failure::permanent(error).code(PROCESS_LOST)))
    }

    async fn conclude(
        &self,
        claimed: &Claimed,
        entry: &Entry<S>,
        ended: Ended,
        policy: &crate::Policy,
        trace_id: Option<&str>,
    ) -> Verdict {
        let verdict = verdict::judge(ended, policy, claimed.number());
        let Verdict::Dead(report) = verdict else { return verdict };
        tracing::error!(
            job = %claimed.held().job, name = entry.listing.name, code = report.code,
            error = report.error, "a job is dead"
        );
        if !entry.handler.mourns() {
            return Verdict::Dead(report);
        }
        match Box::pin(self.bury(claimed, entry, &report, trace_id)).await {
            Ok(()) => Verdict::AlreadyAcked,
            Err(failure) => {
                tracing::error!(error = failure.chain(), "a dead job's burial is put off");
                let until = Until::In(POSTPONED);
                Verdict::Again { until, outcome: "failed", counts: true, report }
            }
        }
    }

    /// Ends the job and what depends on it in one transaction.
    async fn bury(
        &self,
        claimed: &Claimed,
        entry: &Entry<S>,
        report: &Report,
        trace_id: Option<&str>,
    ) -> Result<(), Failure> {
        let error = report.error.as_deref().unwrap_or_default();
        let mut failure = Failure::permanent(error.to_owned());
        failure.code.clone_from(&report.code);
        let mut tx = self.db.begin().await?;
        if let Some(burial) = entry.handler.bury(&mut tx, claimed, &self.state, &failure) {
            burial.await?;
        }
        ack::note_failed(&mut tx, claimed.session, claimed.id, report, trace_id).await?;
        let ending = Ending::dead(report.code.as_deref(), error);
        if finish::one(&mut tx, &claimed.held(), &ending).await? {
            tx.commit().await?;
        }
        Ok(())
    }
}

/// Does the work, but not longer than it may take and not after it was halted: then it is dropped,
/// and so cannot overlap with its own next attempt.
async fn until_ended(
    work: impl Future<Output = Result<Outcome, Failure>>,
    underway: &Underway,
    longest: Duration,
) -> Ended {
    let work = AssertUnwindSafe(work).catch_unwind();
    tokio::select! {
        biased;
        returned = timeout(longest, work) => match returned {
            Ok(Ok(result)) => Ended::Returned(result),
            Ok(Err(panic)) => Ended::Panicked(panic_message(&*panic)),
            Err(_) => Ended::TimedOut(longest),
        },
        halt = underway.halted() => Ended::Halted(halt),
    }
}

fn panic_message(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<&str>()
        .map(|message| (*message).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "without a message".to_owned())
}

fn span(name: &str, claimed: &Claimed) -> Span {
    let span = info_span!(
        "job",
        otel.name = name,
        otel.kind = "consumer",
        job.name = name,
        job.queue = claimed.queue,
        job.id = Empty,
        job.attempt = claimed.attempt,
        run.id = Empty,
        run.step = Empty,
        run.item = Empty,
        trace_id = Empty,
    );
    if !span.is_disabled() {
        span.record("job.id", tracing::field::display(claimed.held().job));
        if let Some(run) = claimed.run {
            span.record("run.id", tracing::field::display(crate::RunId(run)));
        }
        trace::follow(&span, claimed.traceparent.as_deref());
        let trace = claimed.traceparent.as_deref().and_then(trace::trace_id);
        span.record("trace_id", trace);
    }
    span
}
