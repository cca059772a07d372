//! The secret half of an API token: `cst_` and 256 random bits. Shown once; we keep its SHA-256.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

const PREFIX: &str = "cst_";

/// A new API token, before anybody has seen it.
pub struct ApiSecret(SecretString);

impl ApiSecret {
    /// Makes one.
    pub fn generate() -> Self {
        let random: [u8; 32] = rand::random();
        Self(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(random)).into())
    }

    /// Whether a text claims to be one.
    pub fn looks_like(text: &str) -> bool {
        text.starts_with(PREFIX)
    }

    /// What the store keeps of it.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.expose_secret()).into()
    }

    /// To show it, once.
    pub fn reveal(self) -> String {
        self.0.expose_secret().to_owned()
    }
}
