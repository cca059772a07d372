//! Pools: which job runs where, with what concurrency, and when by itself.
//!
//! [`catalogue`] is the one visible list of everything that runs outside a request; [`pools`] says who
//! serves which queue. A job whose queue nobody serves fails a test here. Beside the pools run the
//! [`streams`]: events from Kafka and to it.

mod catalogue;
mod pools;
mod running;
pub mod streams;

pub use catalogue::catalogue;
pub use pools::{UnknownPool, Work, pools};
pub use running::{run, run_until_idle};
