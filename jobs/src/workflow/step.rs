//! What a step is given, and what it gives back.

use std::{collections::HashMap, sync::Arc};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use sqlx::PgConnection;

use super::{advance, outline::Outline};
use crate::{
    Attempt, CompleteError, Failure, RunId, WorkflowInput,
    outcome::{Acked, Until},
};

/// One attempt at a step of a run.
pub struct Step<S, I> {
    pub(super) state: Arc<S>,
    pub(super) input: Arc<I>,
    pub(super) run: RunId,
    pub(super) name: &'static str,
    pub(super) outputs: Arc<HashMap<String, Value>>,
    pub(super) outline: Arc<Outline>,
    pub(super) attempt: Attempt,
}

impl<S, I> Clone for Step<S, I> {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
            input: self.input.clone(),
            run: self.run,
            name: self.name,
            outputs: self.outputs.clone(),
            outline: self.outline.clone(),
            attempt: self.attempt.clone(),
        }
    }
}

/// How a step ended that did not fail.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct StepOutput(pub(super) Ended);

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ended {
    Done(Value),
    Snooze(Until),
    Acked(Acked),
}

impl StepOutput {
    /// The step is done and hands nothing on.
    pub const fn none() -> Self {
        Self(Ended::Done(Value::Null))
    }

    /// The step is done; later steps read `output` by this step's name.
    pub fn of(output: &impl Serialize) -> Result<Self, serde_json::Error> {
        Ok(Self(Ended::Done(serde_json::to_value(output)?)))
    }

    /// Not yet: try this step again later; the attempt does not count.
    pub fn snooze(until: impl Into<Until>) -> Self {
        Self(Ended::Snooze(until.into()))
    }
}

impl<S, I: WorkflowInput> Step<S, I> {
    /// The state that the process hands to every job.
    #[must_use]
    pub fn state(&self) -> &S {
        &self.state
    }

    /// What the run was started with.
    #[must_use]
    pub fn input(&self) -> &I {
        &self.input
    }

    /// The run.
    #[must_use]
    pub fn run_id(&self) -> RunId {
        self.run
    }

    /// The step's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The attempt: its number, and whether it is the last.
    #[must_use]
    pub fn attempt(&self) -> &Attempt {
        &self.attempt
    }

    /// What an earlier step handed on, or the payload of the signal that a wait received. A
    /// permanent failure when there is none or it does not fit `T`.
    pub fn output<T: DeserializeOwned>(&self, step: &str) -> Result<T, Failure> {
        let value = self.outputs.get(step).ok_or_else(|| {
            Failure::permanent(format!("step `{step}` has no output to read in `{}`", self.name))
                .code("workflow.no_output")
        })?;
        T::deserialize(value).map_err(|error| {
            Failure::permanent(format!("the output of step `{step}` cannot be read: {error}"))
                .code("workflow.unreadable_output")
        })
    }

    /// Completes the step inside the caller's transaction and enqueues what follows, so that the
    /// step's effect and its end are committed together. Return the answer after committing:
    ///
    /// ```ignore
    /// let done = step.complete(&mut tx, &facts).await?;
    /// tx.commit().await?;
    /// Ok(done)
    /// ```
    pub async fn complete(
        &self,
        tx: &mut PgConnection,
        output: &impl Serialize,
    ) -> Result<StepOutput, CompleteError> {
        let output = serde_json::to_value(output).map_err(CompleteError::Output)?;
        let completed =
            advance::complete(tx, self.attempt.held(), self.run, self.name, &output, &self.outline);
        if completed.await? {
            Ok(StepOutput(Ended::Acked(Acked { _only_the_engine_makes_one: () })))
        } else {
            Err(CompleteError::Fenced)
        }
    }
}
