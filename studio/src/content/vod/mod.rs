//! The platform's VOD service: it prepares originals for playing. Its contract is in `ops/vod/openapi.json`;
//! a platform can put a service of its own behind it.

mod client;
pub mod messages;
pub mod signature;
mod webhook;

pub use client::VodClient;
pub use webhook::receive;
