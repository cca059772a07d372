//! What becomes of a job after an attempt: pure, so that every case can be read and tested.

use std::time::Duration;

use super::running::Halt;
use crate::{Failure, Outcome, Policy, outcome::Until};

/// The code of a job whose attempts all took their process with them.
pub(crate) const PROCESS_LOST: &str = "process.lost";
/// The code of an attempt that panicked.
pub(crate) const PANICKED: &str = "job.panicked";
/// The code of an attempt that took too long.
pub(crate) const TIMED_OUT: &str = "job.timed_out";

/// How an attempt ended.
#[derive(Debug)]
pub(crate) enum Ended {
    Returned(Result<Outcome, Failure>),
    Panicked(String),
    TimedOut(Duration),
    Halted(Halt),
}

/// What becomes of the job.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Completed,
    Cancelled,
    Dead(Report),
    /// Back to the queue.
    Again {
        until: Until,
        outcome: &'static str,
        counts: bool,
        report: Report,
    },
    /// Its own transaction has finished it.
    AlreadyAcked,
    /// It is someone else's now.
    LetGo,
}

/// What went wrong, as it is recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Report {
    pub code: Option<String>,
    pub error: Option<String>,
}

/// Decides, for the `number`-th attempt that counts.
pub(crate) fn judge(ended: Ended, policy: &Policy, number: u16) -> Verdict {
    match ended {
        Ended::Returned(Ok(Outcome::Done)) => Verdict::Completed,
        Ended::Returned(Ok(Outcome::Acked(_))) => Verdict::AlreadyAcked,
        Ended::Returned(Ok(Outcome::Cancelled)) | Ended::Halted(Halt::Cancelled) => {
            Verdict::Cancelled
        }
        Ended::Returned(Ok(Outcome::Snooze(until))) => {
            Verdict::Again { until, outcome: "snoozed", counts: false, report: Report::default() }
        }
        Ended::Halted(Halt::LeaseLost) => Verdict::LetGo,
        Ended::Halted(Halt::Interrupted) => Verdict::Again {
            until: Until::In(Duration::ZERO),
            outcome: "interrupted",
            counts: false,
            report: Report::default(),
        },
        Ended::Returned(Err(failure)) => failed(&failure, policy, number),
        Ended::Panicked(message) => {
            failed(&Failure::retry(format!("panicked: {message}")).code(PANICKED), policy, number)
        }
        Ended::TimedOut(limit) => {
            let error = format!("the attempt took longer than {} s", limit.as_secs_f64());
            failed(&Failure::retry(error).code(TIMED_OUT), policy, number)
        }
    }
}

fn failed(failure: &Failure, policy: &Policy, number: u16) -> Verdict {
    let report = Report { code: failure.code.clone(), error: Some(failure.chain()) };
    if failure.is_permanent() || number >= policy.attempts {
        return Verdict::Dead(report);
    }
    let wait = failure.after.unwrap_or_else(|| policy.backoff.wait(number));
    Verdict::Again { until: Until::In(wait), outcome: "failed", counts: true, report }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn policy(attempts: u16) -> Policy {
        Policy::attempts(attempts).backoff(Duration::from_secs(1), Duration::from_mins(1))
    }

    fn any_ended() -> impl Strategy<Value = fn() -> Ended> {
        prop_oneof![
            Just((|| Ended::Returned(Ok(Outcome::Done))) as fn() -> Ended),
            Just((|| Ended::Returned(Ok(Outcome::Cancelled))) as fn() -> Ended),
            Just(
                (|| Ended::Returned(Ok(Outcome::snooze(Duration::from_secs(5))))) as fn() -> Ended
            ),
            Just((|| Ended::Returned(Err(Failure::retry("no")))) as fn() -> Ended),
            Just((|| Ended::Returned(Err(Failure::permanent("never")))) as fn() -> Ended),
            Just((|| Ended::Panicked("oh".into())) as fn() -> Ended),
            Just((|| Ended::TimedOut(Duration::from_secs(1))) as fn() -> Ended),
            Just((|| Ended::Halted(Halt::Interrupted)) as fn() -> Ended),
            Just((|| Ended::Halted(Halt::Cancelled)) as fn() -> Ended),
            Just((|| Ended::Halted(Halt::LeaseLost)) as fn() -> Ended),
        ]
    }

    proptest! {
        #[test]
        fn a_job_never_gets_more_attempts_than_its_policy_allows(
            limit in 1u16..50, steps in prop::collection::vec(any_ended(), 1..300),
        ) {
            let policy = policy(limit);
            let mut number = 1;
            let mut counted = 0;
            for step in steps {
                match judge(step(), &policy, number) {
                    Verdict::Again { counts: true, until, .. } => {
                        counted += 1;
                        number += 1;
                        prop_assert!(matches!(until, Until::In(wait) if !wait.is_zero()));
                    }
                    Verdict::Again { counts: false, .. } => {}
                    _ => break,
                }
                prop_assert!(counted < limit);
            }
        }

        #[test]
        fn the_last_failure_is_final(limit in 1u16..50) {
            let last = judge(Ended::Panicked("oh".into()), &policy(limit), limit);
            prop_assert!(matches!(last, Verdict::Dead(report) if report.code.as_deref() == Some(PANICKED)));
        }
    }

    #[test]
    fn a_permanent_failure_is_final_at_once() {
        let verdict =
            judge(Ended::Returned(Err(Failure::permanent("no").code("x"))), &policy(9), 1);
        let report = Report { code: Some("x".into()), error: Some("no".into()) };
        assert_eq!(verdict, Verdict::Dead(report));
    }

    #[test]
    fn a_failure_may_ask_for_its_own_wait() {
        let failure = Failure::retry("busy").after(Duration::from_secs(17));
        let verdict = judge(Ended::Returned(Err(failure)), &policy(9), 1);
        assert!(
            matches!(verdict, Verdict::Again { until: Until::In(wait), .. } if wait.as_secs() == 17)
        );
    }
}
