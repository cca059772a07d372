//! What happens around every request, outermost first: a name and a span, safe headers, problems in one
//! form, a limit on the body.

mod allowed_methods;
mod body_limit;
pub mod problems;
mod security_headers;

pub use allowed_methods::AllowedMethods;
pub use body_limit::BodyLimit;
pub use problems::Problems;
// The name and the span are telemetry's.
pub use crate::telemetry::{RequestId, Requests};
pub use security_headers::SecurityHeaders;
