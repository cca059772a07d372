//! Every way in which a request about accounts can be refused.

use crate::{Code, Kind};

/// No proof at all.
pub static UNAUTHENTICATED: Code = Code::new(
    "auth.required",
    Kind::Unauthenticated,
    "You are not signed in.",
    "Sign in, or send an API token as `Authorization: Bearer …`.",
);
/// A proof that is not, or no longer, good.
pub static BAD_TOKEN: Code = Code::new(
    "auth.token_invalid",
    Kind::Unauthenticated,
    "This access token or API token is not valid.",
    "Refresh the session, sign in again, or use a token that has not been revoked.",
);
/// An access token past its time.
pub static TOKEN_EXPIRED: Code = Code::new(
    "auth.token_expired",
    Kind::Unauthenticated,
    "This token has expired.",
    "Refresh the session, or make a new API token.",
);
/// The session was closed.
pub static SESSION_ENDED: Code = Code::new(
    "auth.session_ended",
    Kind::Unauthenticated,
    "This session has ended.",
    "Sign in again.",
);
/// Not one of the caller's roles.
pub static FORBIDDEN: Code = Code::new(
    "auth.forbidden",
    Kind::Forbidden,
    "This is not available to your account.",
    "Ask an administrator for the role that this needs.",
);
/// The token was made without the scope.
pub static SCOPE_MISSING: Code = Code::new(
    "auth.scope_missing",
    Kind::Forbidden,
    "This token may not do that.",
    "Make a token with the scope that is named in the detail.",
);
/// Only a person may.
pub static SIGN_IN_NEEDED: Code = Code::new(
    "auth.sign_in_needed",
    Kind::Forbidden,
    "API tokens cannot do this.",
    "Sign in with your password and do it from there.",
);
/// A cookie sent by another site.
pub static CROSS_SITE: Code = Code::new(
    "auth.cross_site",
    Kind::Forbidden,
    "This request came from another site.",
    "Open the portal itself and try again.",
);
/// Wrong address or wrong password: never said which.
pub static BAD_CREDENTIALS: Code = Code::new(
    "sessions.bad_credentials",
    Kind::Unauthenticated,
    "The address or the password is wrong.",
    "Check both, or reset your password.",
);
/// The password was right, the address is not proven yet.
pub static UNVERIFIED: Code = Code::new(
    "sessions.address_unverified",
    Kind::Forbidden,
    "Your address is not verified yet.",
    "Open the link in the mail that we sent you, or ask for another one.",
);
/// No cookie, or one that is not good any more.
pub static BAD_REFRESH: Code = Code::new(
    "sessions.refresh_invalid",
    Kind::Unauthenticated,
    "This session cannot be continued.",
    "Sign in again.",
);
/// A refresh token was used twice: somebody else may have it.
pub static REUSED_REFRESH: Code = Code::new(
    "sessions.refresh_reused",
    Kind::Unauthenticated,
    "This session was closed because its refresh token was used twice.",
    "Sign in again. If this was not you, change your password.",
);
/// No such session of the caller's.
pub static NO_SESSION: Code = Code::new(
    "sessions.not_found",
    Kind::NotFound,
    "There is no such session.",
    "List your sessions to see which are open.",
);
/// Not an address that mail can be sent to.
pub static BAD_EMAIL: Code = Code::new(
    "accounts.bad_email",
    Kind::Invalid,
    "This is not an e-mail address.",
    "Give an address such as name@example.org.",
);
/// No name, or too long a one.
pub static BAD_NAME: Code = Code::new(
    "accounts.bad_display_name",
    Kind::Invalid,
    "A display name has 1 to 80 characters and no control characters.",
    "Choose another name.",
);
/// Too short, too long, or one that everybody tries first.
pub static WEAK_PASSWORD: Code = Code::new(
    "passwords.weak",
    Kind::Invalid,
    "This password is not strong enough.",
    "Use at least 10 characters that are hard to guess: several words work well.",
);
/// The current password is not that.
pub static WRONG_PASSWORD: Code = Code::new(
    "passwords.wrong",
    Kind::Forbidden,
    "The current password is wrong.",
    "Try again, or reset it by mail.",
);
/// A mailed token that is unknown, used or too old.
pub static BAD_MAILED_TOKEN: Code = Code::new(
    "accounts.mailed_token_invalid",
    Kind::Invalid,
    "This link has expired or was used already.",
    "Ask for a new mail and open the link in it.",
);
/// A scope that does not exist or cannot be given.
pub static BAD_SCOPE: Code = Code::new(
    "tokens.bad_scope",
    Kind::Invalid,
    "A token cannot have this scope.",
    "Use scopes that your own roles allow; the detail lists them.",
);
/// No name, or too long a one.
pub static BAD_TOKEN_NAME: Code = Code::new(
    "tokens.bad_name",
    Kind::Invalid,
    "A token's name has 1 to 80 characters.",
    "Say what the token is for.",
);
/// An expiry out of range.
pub static BAD_EXPIRY: Code = Code::new(
    "tokens.bad_expiry",
    Kind::Invalid,
    "A token expires after 1 to 3650 days.",
    "Choose a number of days in that range, or none.",
);
/// Enough is enough.
pub static TOO_MANY_TOKENS: Code = Code::new(
    "tokens.too_many",
    Kind::Conflict,
    "You have 50 API tokens already.",
    "Revoke one that nobody uses.",
);
/// No such token of the caller's.
pub static NO_TOKEN: Code = Code::new(
    "tokens.not_found",
    Kind::NotFound,
    "There is no such API token.",
    "List your tokens to see which there are.",
);
/// Too many attempts.
pub static TOO_MANY_ATTEMPTS: Code = Code::new(
    "auth.too_many_attempts",
    Kind::TooMany,
    "Too many attempts.",
    "Wait for as long as `Retry-After` says, then try again.",
);
/// Demo accounts are for demonstrations.
pub static DEMO_ONLY: Code = Code::new(
    "accounts.demo_only",
    Kind::Forbidden,
    "Demo accounts work only in development.",
    "Register an account of your own.",
);

/// All of them, for the API's document.
pub static ALL: &[&Code] = &[
    &UNAUTHENTICATED,
    &BAD_TOKEN,
    &TOKEN_EXPIRED,
    &SESSION_ENDED,
    &FORBIDDEN,
    &SCOPE_MISSING,
    &SIGN_IN_NEEDED,
    &CROSS_SITE,
    &BAD_CREDENTIALS,
    &UNVERIFIED,
    &BAD_REFRESH,
    &REUSED_REFRESH,
    &NO_SESSION,
    &BAD_EMAIL,
    &BAD_NAME,
    &WEAK_PASSWORD,
    &WRONG_PASSWORD,
    &BAD_MAILED_TOKEN,
    &BAD_SCOPE,
    &BAD_TOKEN_NAME,
    &BAD_EXPIRY,
    &TOO_MANY_TOKENS,
    &NO_TOKEN,
    &TOO_MANY_ATTEMPTS,
    &DEMO_ONLY,
];
