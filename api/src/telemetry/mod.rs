//! What the API tells about itself: a span, a log line and a measurement for each request, and the
//! page loads that browsers report.

mod context;
mod labels;
pub mod page_loads;
mod pages;
pub mod recorder;
mod requests;

pub use context::{RequestId, request_id, trace_id};
pub use recorder::serve_metrics;
pub use requests::Requests;
