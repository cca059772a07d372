//! The multi-step stories of the product: which steps, in which order, with how much patience. What a
//! step does is told in `studio`; here it is wrapped into the transaction that completes the step.

mod publish_upload;

pub use publish_upload::publish_upload;
