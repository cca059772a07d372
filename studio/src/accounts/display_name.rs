//! What a person wants to be called.

use std::str::FromStr;

use super::refusals;
use crate::Refusal;

const LONGEST: usize = 80;

/// A name of 1 to 80 characters on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayName(String);

impl DisplayName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DisplayName {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let fits = (1..=LONGEST).contains(&text.chars().count());
        if fits && !text.chars().any(char::is_control) {
            Ok(Self(text.to_owned()))
        } else {
            Err(refusals::BAD_NAME.refuse().at("display_name"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_anything_readable_on_one_line() {
        assert_eq!(" Žofia 🎬 ".parse::<DisplayName>().unwrap().as_str(), "Žofia 🎬");
        for bad in ["", "   ", "two\nlines", &"n".repeat(81)] {
            assert!(bad.parse::<DisplayName>().is_err(), "{bad:?}");
        }
    }
}
