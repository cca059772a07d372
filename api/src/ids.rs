//! Ids as they come in: text that must be an id of the right kind.

use std::str::FromStr;

use studio::{Refusal, ids::NotAnId};

use crate::codes;

/// Reads an id that stands in the request at `field`.
///
/// # Errors
/// [`codes::BAD_PARAMETER`].
pub fn parse<T: FromStr<Err = NotAnId>>(text: &str, field: &str) -> Result<T, Refusal> {
    text.parse().map_err(|e: NotAnId| {
        let words = e.to_string();
        let mut letters = words.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        let sentence: String = first.into_iter().chain(letters).chain(['.']).collect();
        codes::BAD_PARAMETER.because(sentence).at(field)
    })
}
