//! The codes of what HTTP itself refuses, and the list of all codes of the product.

use studio::{Code, Kind};

/// After how many seconds it is worth asking a server again that was down.
pub const RETRY_UNAVAILABLE_SECONDS: u64 = 2;

/// A defect of ours.
pub static INTERNAL: Code = Code::new(
    "internal",
    Kind::Invalid,
    "Something went wrong on our side.",
    "Try again. If it stays, tell us the request_id.",
);
/// A server that we need does not answer.
pub static UNAVAILABLE: Code = Code::new(
    "dependency.unavailable",
    Kind::Invalid,
    "A part of the service is not available right now.",
    "Nothing is lost. Send the same request again after `Retry-After` seconds.",
);
/// No such path.
pub static NO_SUCH_PATH: Code = Code::new(
    "request.no_such_path",
    Kind::NotFound,
    "There is nothing at this address.",
    "See /docs for the addresses that exist.",
);
/// The path exists, the method does not.
pub static METHOD_NOT_ALLOWED: Code = Code::new(
    "request.method_not_allowed",
    Kind::Invalid,
    "This address does not know this method.",
    "See /docs for the methods of each address.",
);
/// A parameter in path, query or header is missing or malformed.
pub static BAD_PARAMETER: Code = Code::new(
    "request.bad_parameter",
    Kind::Invalid,
    "A parameter is missing or malformed.",
    "Correct the parameter that `field` names.",
);
/// The body cannot be read as what it should be.
pub static BAD_BODY: Code = Code::new(
    "request.bad_body",
    Kind::Invalid,
    "The body of the request cannot be read.",
    "Send JSON with the fields that /docs describes.",
);
/// Another content type than the operation takes.
pub static UNSUPPORTED_MEDIA: Code = Code::new(
    "request.unsupported_media_type",
    Kind::UnsupportedMedia,
    "This content type is not accepted here.",
    "Send the body as `Content-Type: application/json`.",
);
/// More bytes than a request may have.
pub static TOO_LARGE: Code = Code::new(
    "request.too_large",
    Kind::TooLarge,
    "The body of the request is too large.",
    "Send less in one request. Files go to the addresses that `uploads.sign_parts` gives.",
);
/// Anything else that HTTP refuses.
pub static BAD_REQUEST: Code = Code::new(
    "request.bad",
    Kind::Invalid,
    "This request cannot be understood.",
    "See /docs for what is expected.",
);

static OWN: &[&Code] = &[
    &INTERNAL,
    &UNAVAILABLE,
    &NO_SUCH_PATH,
    &METHOD_NOT_ALLOWED,
    &BAD_PARAMETER,
    &BAD_BODY,
    &UNSUPPORTED_MEDIA,
    &TOO_LARGE,
    &BAD_REQUEST,
    &studio::page::BAD_CURSOR,
];

/// Every code that an answer can carry. A concept that has refusals is listed here, once.
pub fn all() -> impl Iterator<Item = &'static Code> {
    let concepts = [
        OWN,
        studio::idempotency::ALL,
        studio::accounts::refusals::ALL,
        studio::analytics::refusals::ALL,
        studio::operations::refusals::ALL,
        studio::content::refusals::ALL,
        studio::notify::refusals::ALL,
    ];
    concepts.into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    #[test]
    fn one_code_means_one_thing() {
        let mut seen = HashSet::new();
        for code in super::all() {
            assert!(seen.insert(code.code), "`{}` is declared twice", code.code);
        }
    }
}
