//! What staff may see and do.
//!
//! Every action of staff goes through [`act`], which writes the action and its row of the audit log
//! in one transaction: what a [`StaffAction`] does it does through [`Acting`], which nothing but
//! `act` can make.

mod action;
mod audit;
mod audit_store;
mod fresh;
pub mod health;
pub mod inspecting;
mod measuring;
pub mod people;
mod reason;
pub mod refusals;
mod staff;
pub mod steering;

pub use action::{Acting, Change, StaffAction, act};
pub use audit::{AuditCursor, AuditEntry, AuditFilter, audit_log, first_broken_seal};
pub use measuring::{measure_analytics, measure_queues, measure_streams};
pub use reason::Reason;
pub use staff::Staff;
