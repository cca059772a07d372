//! A refusal: the caller asked for something that cannot be done, and can be told why and what to do.
//!
//! Every refusal carries a [`Code`] that never changes its meaning, so that clients may depend on it.
//! Each concept lists its codes in its own `refusals.rs`; the API documents all of them.

use std::time::Duration;

/// The nature of a refusal. The API maps it, once, to a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The request itself is wrong: a field is missing, malformed or out of range.
    Invalid,
    /// Nobody is signed in, or the proof of it is no longer good.
    Unauthenticated,
    /// Signed in, but not allowed to do this.
    Forbidden,
    /// There is no such thing, or it is not the caller's to see.
    NotFound,
    /// The thing exists, but its present state does not allow this.
    Conflict,
    /// The caller's `If-Match` names an older version.
    Stale,
    /// The caller must say which version is meant.
    VersionRequired,
    /// It was there and is gone for good.
    Gone,
    /// Larger than what is accepted.
    TooLarge,
    /// A media type that is not accepted.
    UnsupportedMedia,
    /// Too many attempts; the refusal says when to come back.
    TooMany,
}

/// A stable name for one way in which a request can be refused, with the words that go with it.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The stable code, `concept.reason`.
    pub code: &'static str,
    /// Its nature.
    pub kind: Kind,
    /// What happened, in one short sentence.
    pub title: &'static str,
    /// What the caller can do about it.
    pub action: &'static str,
}

impl Code {
    /// Declares a code.
    pub const fn new(
        code: &'static str,
        kind: Kind,
        title: &'static str,
        action: &'static str,
    ) -> Self {
        Self { code, kind, title, action }
    }

    /// A refusal with this code, explained by its title alone.
    pub fn refuse(&'static self) -> Refusal {
        Refusal { code: self, detail: None, field: None, retry_after: None }
    }

    /// A refusal with this code that explains this very case.
    pub fn because(&'static self, detail: impl Into<String>) -> Refusal {
        Refusal { detail: Some(detail.into()), ..self.refuse() }
    }
}

/// One refused request.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}: {}", .code.code, .detail.as_deref().unwrap_or(.code.title))]
pub struct Refusal {
    /// Which refusal this is.
    pub code: &'static Code,
    /// What is particular to this case, in words; never a secret.
    pub detail: Option<String>,
    /// The field that is at fault, as the caller named it (`parts[3].md5`).
    pub field: Option<String>,
    /// When it is worth trying again.
    pub retry_after: Option<Duration>,
}

impl Refusal {
    /// Names the field at fault.
    #[must_use]
    pub fn at(self, field: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..self }
    }

    /// Says when it is worth trying again.
    #[must_use]
    pub fn retry_after(self, wait: Duration) -> Self {
        Self { retry_after: Some(wait), ..self }
    }
}
