//! What viewers do, counted so that creators can trust it: events in, days counted exactly, figures out that say how
//! far they are complete.

pub mod audience;
pub mod business;
pub mod dashboard;
mod day_store;
pub mod demo;
pub mod engagement_token;
pub mod event;
pub mod export;
mod export_store;
mod exporting;
pub mod figures;
mod figures_store;
pub mod fresh;
pub mod freshness;
pub mod intake;
pub mod jobs;
pub mod keeping;
pub mod overview;
pub mod pipeline;
mod pipeline_store;
pub mod range;
pub mod realtime;
pub mod refusals;
pub mod rejection;
pub mod reporting;
pub mod retention;
pub mod right_now;
pub mod rollup;
pub mod rules;
mod scope;
pub mod shard;
mod titles;
pub mod top;
pub mod wire;

pub use export_store::ExportRow;
pub use figures_store::{Cell, TopBy};
pub use freshness::Freshness;
pub use scope::Scope;
