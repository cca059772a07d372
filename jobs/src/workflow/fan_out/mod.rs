//! A step that is done once for each of a list of items.
//!
//! ```text
//! the step's job ── items() ─▶ one transaction: a row and a job for each item
//! an item's job ── work() ──▶ its effect, its output and its end in one transaction
//! the last to end ─────────▶ moves the run on, in that same transaction
//! ```
//!
//! Items end under the run's lock, taken last, and count themselves off `step.items_open`: exactly
//! one finds that it was the last, whatever the isolation of its transaction. When items failed,
//! the last to end leaves the verdict to the step's job, which fails the run and calls its hook: a
//! hook that errs takes no item's effect with it.

mod again;
mod ending;
mod execute;
mod item;
mod spread;
mod store;

use std::sync::Arc;

use futures::future::BoxFuture;
use serde_json::Value;

pub use self::item::Item;
pub(crate) use self::{again::redo_unfinished, store::is_incomplete};
pub(super) use self::{ending::complete, item::ItemKey};
use super::step::Step;
use crate::{Failure, StepOutput, WorkflowInput, catalogue::UNDECODABLE};

type ItemsFn<S, I> =
    Box<dyn Fn(Step<S, I>) -> BoxFuture<'static, Result<Vec<NewItem>, Failure>> + Send + Sync>;
type WorkFn<S, I> = Box<
    dyn Fn(Step<S, I>, ItemKey, Value) -> BoxFuture<'static, Result<StepOutput, Failure>>
        + Send
        + Sync,
>;

/// What a step that fans out does, with the items' type erased.
pub(super) struct FanOut<S, I> {
    items: ItemsFn<S, I>,
    work: WorkFn<S, I>,
}

/// An item as it goes into the table.
#[derive(Debug)]
struct NewItem {
    key: String,
    value: Value,
}

impl<S: Send + Sync + 'static, I: WorkflowInput> FanOut<S, I> {
    pub fn new<T, F, L, W, R>(items: F, work: W) -> Self
    where
        T: Item,
        F: Fn(Step<S, I>) -> L + Send + Sync + 'static,
        L: Future<Output = Result<Vec<T>, Failure>> + Send + 'static,
        W: Fn(Step<S, I, T>) -> R + Send + Sync + 'static,
        R: Future<Output = Result<StepOutput, Failure>> + Send + 'static,
    {
        let work = Arc::new(work);
        Self {
            items: Box::new(move |step| {
                let items = items(step);
                Box::pin(async move { items.await?.iter().map(NewItem::of).collect() })
            }),
            work: Box::new(move |step, key, value| {
                let work = work.clone();
                Box::pin(async move {
                    let item = serde_json::from_value(value)
                        .map_err(|error| Failure::permanent(error).code(UNDECODABLE))?;
                    work(step.at(key, item)).await
                })
            }),
        }
    }
}

impl NewItem {
    fn of<T: Item>(item: &T) -> Result<Self, Failure> {
        let value = serde_json::to_value(item).map_err(|error| {
            Failure::permanent(format!("an item cannot be written as JSON: {error}"))
                .code("workflow.unwritable_item")
        })?;
        Ok(Self { key: item.key(), value })
    }
}
