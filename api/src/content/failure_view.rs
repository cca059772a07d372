//! Why a file did not become a content, on the wire.

use poem_openapi::Object;
use studio::content::failures;

/// Why a file could not be used or prepared.
#[derive(Debug, Object)]
#[oai(rename = "Failure")]
pub struct FailureView {
    /// A stable code.
    code: String,
    /// What happened and what it means.
    sentence: String,
    /// What can be done.
    what_to_do: String,
    /// Whether `contents.retry` may help.
    retryable: bool,
}

impl From<failures::Failure> for FailureView {
    fn from(failure: failures::Failure) -> Self {
        Self {
            code: failure.code,
            sentence: failure.sentence,
            what_to_do: failure.what_to_do.to_owned(),
            retryable: failure.retryable,
        }
    }
}
