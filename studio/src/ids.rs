//! Identifiers: a UUIDv7 in every store, a typed prefix on the wire (`cnt_0198…`), so that an id of one
//! kind can never be taken for another and a pasted id says what it is.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// A text that is not an id of the kind that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an id that starts with {prefix} followed by 32 hexadecimal digits")]
pub struct NotAnId {
    /// The prefix of the kind that was asked for, with its underscore.
    pub prefix: &'static str,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::Type)]
        #[sqlx(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The prefix on the wire.
            pub const PREFIX: &'static str = $prefix;

            /// A new id; ids made later sort after it.
            #[allow(clippy::new_without_default, reason = "two calls never give the same id")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                parse($prefix, text).map(Self)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(
    /// A person's account.
    AccountId,
    "acc_"
);
id!(
    /// One signed-in device.
    SessionId,
    "ses_"
);
id!(
    /// A token that a program signs in with.
    ApiTokenId,
    "tok_"
);
id!(
    /// One work of a creator.
    ContentId,
    "cnt_"
);
id!(
    /// One file on its way in.
    UploadId,
    "upl_"
);
id!(
    /// One thing a person is told in the portal.
    NotificationId,
    "ntf_"
);
id!(
    /// One mail.
    MailId,
    "mal_"
);
id!(
    /// One file of figures.
    ExportId,
    "exp_"
);
id!(
    /// One thing that the rest of the platform is told.
    PlatformEventId,
    "evt_"
);
id!(
    /// One row of the audit log.
    AuditId,
    "aud_"
);

fn parse(prefix: &'static str, text: &str) -> Result<Uuid, NotAnId> {
    text.strip_prefix(prefix)
        .filter(|digits| digits.len() == 32 && !digits.bytes().any(|b| b.is_ascii_uppercase()))
        .and_then(|digits| Uuid::try_parse(digits).ok())
        .ok_or(NotAnId { prefix })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_what_was_written() {
        let id = ContentId::new();
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let upload = UploadId::new().to_string();
        assert_eq!(upload.parse::<ContentId>(), Err(NotAnId { prefix: "cnt_" }));
    }

    #[test]
    fn one_id_has_one_spelling() {
        let id = UploadId::new();
        let upper = format!("upl_{}", id.0.simple().to_string().to_uppercase());
        let dashed = format!("upl_{}", id.0);
        assert!(upper.parse::<UploadId>().is_err() || upper == id.to_string());
        assert!(dashed.parse::<UploadId>().is_err());
    }
}
