//! What a person is to the product.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A role. A person may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Uploads and publishes. Everyone who registers is one.
    Creator,
    /// Pays creators.
    Finance,
    /// Runs the product: watches and replays its jobs.
    Ops,
    /// Sees all areas and gives roles; approves no payment alone.
    Admin,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Creator, Self::Finance, Self::Ops, Self::Admin];

    /// Its name in stores and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Creator => "creator",
            Self::Finance => "finance",
            Self::Ops => "ops",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that names no role.
#[derive(Debug, thiserror::Error)]
#[error("there is no role `{0}`")]
pub struct UnknownRole(String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(word: &str) -> Result<Self, UnknownRole> {
        Self::ALL
            .into_iter()
            .find(|role| role.name() == word)
            .ok_or_else(|| UnknownRole(word.to_owned()))
    }
}
