//! Every way in which a request about notifications can be refused.

use crate::{Code, Kind};

/// More ids at once than a page has.
pub static TOO_MANY_IDS: Code = Code::new(
    "notifications.too_many",
    Kind::Invalid,
    "At most 100 notifications can be marked at once.",
    "Send fewer ids, or `up_to`.",
);
/// Neither the one nor the other, or both.
pub static WHICH: Code = Code::new(
    "notifications.which",
    Kind::Invalid,
    "Say which notifications were read: `ids` or `up_to`, and not both.",
    "Send one of the two.",
);

/// All of them, for the API's document.
pub static ALL: &[&Code] = &[&TOO_MANY_IDS, &WHICH];
