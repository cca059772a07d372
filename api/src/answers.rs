//! The answers that many operations share.

use poem_openapi::{ApiResponse, payload::Json, types::ToJSON};

/// Something was made.
#[derive(ApiResponse)]
pub enum Created<T: ToJSON> {
    /// Made.
    #[oai(status = 201)]
    New(Json<T>),
}

/// It will be done.
#[derive(ApiResponse)]
pub enum Accepted {
    /// Taken; the rest happens by itself.
    #[oai(status = 202)]
    Taken,
}

/// It is done, and there is nothing to say.
#[derive(ApiResponse)]
pub enum NoContent {
    /// Done.
    #[oai(status = 204)]
    Done,
}
