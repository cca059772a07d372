//! The `Idempotency-Key` header. A creating operation declares it so:
//!
//! ```ignore
//! /// Names the request, so that repeating it does nothing more.
//! #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
//! ```
//!
//! and hands `idempotency::name(&key, auth.account_id(), "uploads.create", &body.0)?` to its use case.

use poem_openapi::{param::Header, types::ToJSON};
use studio::{Result, idempotency::NamedRequest, ids::AccountId};

/// The header, if it was sent.
pub type IdempotencyKey = Header<Option<String>>;

/// Names a request by the key that came with it; nothing without one.
///
/// # Errors
/// [`studio::idempotency::BAD_KEY`].
pub fn name(
    key: &IdempotencyKey,
    account: AccountId,
    operation: &'static str,
    body: &impl ToJSON,
) -> Result<Option<NamedRequest>> {
    let key = key.0.as_deref();
    key.map(|key| NamedRequest::new(account, operation, key, &body.to_json())).transpose()
}
