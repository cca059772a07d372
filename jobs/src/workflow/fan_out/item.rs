use std::sync::Arc;

use serde::{Serialize, de::DeserializeOwned};

/// One of the things that a step is done for: see [`Workflow::fan_out`](crate::Workflow::fan_out).
pub trait Item: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What tells it from the step's other items, for good: staff see it, and later steps find its
    /// output by it. At most 200 bytes.
    fn key(&self) -> String;
}

/// The key of the item that an attempt is about.
pub(crate) type ItemKey = Arc<str>;
