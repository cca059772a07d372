//! The multi-step stories of the product: which steps, in which order, with how much patience. What a
//! step does is told in `studio`; here it is wrapped into the transaction that completes the step.

mod publish_upload;
mod roll_up_day;

pub use publish_upload::publish_upload;
pub use roll_up_day::roll_up_day;
