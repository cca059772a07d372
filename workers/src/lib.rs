//! Pools: which job runs where, with what concurrency, and when by itself.
//!
//! [`catalogue`] is the one visible list of everything that runs outside a request; [`pools`] says who
//! serves which queue. A job whose queue nobody serves fails a test here.

mod catalogue;
mod pools;
mod running;

pub use catalogue::catalogue;
pub use pools::{UnknownPool, pools, pools_named};
pub use running::{run, run_until_idle};
