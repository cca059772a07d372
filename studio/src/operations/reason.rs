//! Why a member of staff acts, in their own words.

use super::refusals;
use crate::Refusal;

/// A reason: 1 to 500 characters on record with the action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// The longest reason, in characters.
    pub const MAX_CHARACTERS: usize = 500;

    /// Reads what was given.
    ///
    /// # Errors
    /// [`refusals::BAD_REASON`] for an empty one or one that is too long.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        match text.chars().count() {
            1..=Self::MAX_CHARACTERS if !text.contains('\0') => Ok(Self(text.to_owned())),
            _ => Err(refusals::BAD_REASON.refuse().at("reason")),
        }
    }

    /// Reads a reason that need not be given.
    ///
    /// # Errors
    /// As [`Reason::parse`].
    pub fn parse_optional(text: Option<&str>) -> Result<Option<Self>, Refusal> {
        text.map(Self::parse).transpose()
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_of_blanks_is_no_reason() {
        assert_eq!(Reason::parse(" \n ").unwrap_err().code, &refusals::BAD_REASON);
    }

    #[test]
    fn a_reason_may_have_500_characters_and_not_one_more() {
        assert!(Reason::parse(&"ü".repeat(500)).is_ok());
        assert!(Reason::parse(&"ü".repeat(501)).is_err());
    }
}
