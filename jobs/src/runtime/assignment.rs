use std::{sync::Arc, time::Duration};

use super::{Claimed, slots::Slot};
use crate::catalogue::Entry;

/// A fetched job on its way to its handler: the task that apalis sees.
pub(crate) struct Assignment<S> {
    pub claimed: Arc<Claimed>,
    pub entry: Arc<Entry<S>>,
    /// How long it was due before it was fetched.
    pub waited: Duration,
    pub slot: Slot,
}
