//! What a step is given, and what it gives back.

use std::{collections::HashMap, sync::Arc};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use sqlx::PgConnection;

use super::{
    advance,
    fan_out::{self, ItemKey},
    outline::Outline,
};
use crate::{
    Attempt, CompleteError, Failure, Item, RunId, WorkflowInput,
    outcome::{Acked, Until},
};

/// One attempt at a step of a run; where a step fans out, at its work for the item `T`.
pub struct Step<S, I, T = ()> {
    pub(super) state: Arc<S>,
    pub(super) input: Arc<I>,
    pub(super) run: RunId,
    pub(super) name: &'static str,
    pub(super) outputs: Arc<HashMap<String, Value>>,
    pub(super) outline: Arc<Outline>,
    pub(super) attempt: Attempt,
    pub(super) key: Option<ItemKey>,
    pub(super) item: Arc<T>,
}

impl<S, I, T> Clone for Step<S, I, T> {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
            input: self.input.clone(),
            run: self.run,
            name: self.name,
            outputs: self.outputs.clone(),
            outline: self.outline.clone(),
            attempt: self.attempt.clone(),
            key: self.key.clone(),
            item: self.item.clone(),
        }
    }
}

impl<S, I> Step<S, I> {
    /// The same, about one item.
    pub(super) fn at<T>(self, key: ItemKey, item: T) -> Step<S, I, T> {
        Step {
            state: self.state,
            input: self.input,
            run: self.run,
            name: self.name,
            outputs: self.outputs,
            outline: self.outline,
            attempt: self.attempt,
            key: Some(key),
            item: Arc::new(item),
        }
    }
}

/// What an item handed on, as the step's output holds it.
#[derive(Deserialize)]
struct Joined<T> {
    key: String,
    output: T,
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

impl<S, I: WorkflowInput, T: Item> Step<S, I, T> {
    /// The item that this attempt is about.
    #[must_use]
    pub fn item(&self) -> &T {
        &self.item
    }
}

impl<S, I: WorkflowInput, T> Step<S, I, T> {
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
    /// permanent failure when there is none or it does not fit `O`.
    pub fn output<O: DeserializeOwned>(&self, step: &str) -> Result<O, Failure> {
        let value = self.outputs.get(step).ok_or_else(|| {
            Failure::permanent(format!("step `{step}` has no output to read in `{}`", self.name))
                .code("workflow.no_output")
        })?;
        O::deserialize(value).map_err(|error| {
            Failure::permanent(format!("the output of step `{step}` cannot be read: {error}"))
                .code("workflow.unreadable_output")
        })
    }

    /// What each item of an earlier step that fanned out handed on, by its key, in the order of
    /// the items. A permanent failure as with [`Step::output`].
    pub fn outputs_of<O: DeserializeOwned>(&self, step: &str) -> Result<Vec<(String, O)>, Failure> {
        let joined: Vec<Joined<O>> = self.output(step)?;
        Ok(joined.into_iter().map(|item| (item.key, item.output)).collect())
    }

    /// Completes the step inside the caller's transaction and enqueues what follows, so that the
    /// step's effect and its end are committed together. Return the answer after committing:
    ///
    /// ```ignore
    /// let done = step.complete(&mut tx, &facts).await?;
    /// tx.commit().await?;
    /// Ok(done)
    /// ```
    ///
    /// Where a step fans out this completes the attempt's item. It takes the run's lock, for which
    /// the other items wait: let it be the last that the transaction does.
    pub async fn complete(
        &self,
        tx: &mut PgConnection,
        output: &impl Serialize,
    ) -> Result<StepOutput, CompleteError> {
        let output = serde_json::to_value(output).map_err(CompleteError::Output)?;
        let (held, run, name) = (self.attempt.held(), self.run, self.name);
        let completed = match &self.key {
            None => advance::complete(tx, held, run, name, &output, &self.outline).await?,
            Some(key) => {
                fan_out::complete(tx, held, run, name, key, &output, &self.outline).await?
            }
        };
        if completed {
            Ok(StepOutput(Ended::Acked(Acked { _only_the_engine_makes_one: () })))
        } else {
            Err(CompleteError::Fenced)
        }
    }
}
