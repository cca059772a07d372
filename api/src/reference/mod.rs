//! What we say about ourselves: `/openapi.json`, the reference page at `/docs` and the list of problem
//! codes at `/docs/problems`. Nothing is fetched from elsewhere.

mod document;
mod pages;
mod problem_answers;

pub use document::document;
pub use pages::Pages;
