//! Why a request about figures or engagement is refused.

use crate::{Code, Kind};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $kind:ident, $title:literal, $action:literal;)*) => {
        $($(#[$doc])* pub static $name: Code = Code::new($code, Kind::$kind, $title, $action);)*
        /// Every code of this concept.
        pub static ALL: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    /// A range that ends before it begins, or is too long.
    BAD_RANGE = "analytics.bad_range", Invalid,
        "These days are no range.", "Let `from` be no later than `to`, and ask for at most 400 days.";
    /// No such content, or another creator's.
    NO_SUCH_CONTENT = "analytics.no_such_content", NotFound,
        "There is no such content.", "Check the id; your contents are listed at /v1/contents.";
    /// No such export, or another creator's.
    NO_SUCH_EXPORT = "analytics.no_such_export", NotFound,
        "There is no such export.", "Check the id; your exports are listed at /v1/analytics/exports.";
    /// A token that was signed by nobody that we know.
    ENGAGEMENT_BAD_TOKEN = "engagement.bad_token", Unauthenticated,
        "This engagement token is no good.", "Send the token that came with the playback address, as `Authorization: Bearer`.";
    /// Its time is over.
    ENGAGEMENT_EXPIRED = "engagement.token_expired", Unauthenticated,
        "The engagement token has expired.", "Ask for the playback address again, and send the same events with the new token.";
    /// Nothing, or too much, at once.
    ENGAGEMENT_BAD_BATCH = "engagement.bad_batch", Invalid,
        "A batch has 1 to 500 events.", "Send `{\"events\": […]}` with at most 500 events; split larger batches.";
    /// More than can be written.
    ENGAGEMENT_BUSY = "engagement.busy", TooMany,
        "More events come in than can be taken just now.", "Keep the events and send the same batch again after `Retry-After` seconds.";
}
