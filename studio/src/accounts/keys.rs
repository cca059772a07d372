//! The keys of this installation: one Ed25519 key that signs access tokens, and what is derived from it.

use ed25519_dalek::{
    SigningKey,
    pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey, spki::der::pem::LineEnding},
};
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{DecodingKey, EncodingKey};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// The keys of one installation.
pub struct Keys {
    pub(super) signing: EncodingKey,
    pub(super) verifying: DecodingKey,
    /// Names the key in a token's header: the first 16 digits of the SHA-256 of its public half.
    pub(super) id: String,
    seed: [u8; 32],
}

impl Keys {
    /// Reads `CREATOR_STUDIO_TOKEN_KEY`: a PKCS#8 PEM, or the path of a file that holds one.
    ///
    /// # Errors
    /// It is neither.
    pub fn read(text: &SecretString) -> Result<Self> {
        let unreadable = |e| Error::internal("reading CREATOR_STUDIO_TOKEN_KEY", e);
        let text = text.expose_secret().trim();
        let pem = if text.starts_with("-----BEGIN") {
            text.to_owned()
        } else {
            std::fs::read_to_string(text).map_err(|e| unreadable(e.into()))?
        };
        let key = SigningKey::from_pkcs8_pem(&pem).map_err(|e| {
            unreadable(Box::<dyn std::error::Error + Send + Sync>::from(e.to_string()))
        })?;
        Self::of(&key)
    }

    fn of(key: &SigningKey) -> Result<Self> {
        let wrong =
            |e: &dyn std::fmt::Display| Error::internal("preparing the token key", e.to_string());
        let private = key.to_pkcs8_pem(LineEnding::LF).map_err(|e| wrong(&e))?;
        let public =
            key.verifying_key().to_public_key_pem(LineEnding::LF).map_err(|e| wrong(&e))?;
        let fingerprint = Sha256::digest(key.verifying_key().as_bytes());
        Ok(Self {
            signing: EncodingKey::from_ed_pem(private.as_bytes()).map_err(|e| wrong(&e))?,
            verifying: DecodingKey::from_ed_pem(public.as_bytes()).map_err(|e| wrong(&e))?,
            id: hex::encode(&fingerprint[..8]),
            seed: key.to_bytes(),
        })
    }

    /// What signs.
    pub(crate) fn signing(&self) -> &EncodingKey {
        &self.signing
    }

    /// What tells a signature of ours from another's.
    pub(crate) fn verifying(&self) -> &DecodingKey {
        &self.verifying
    }

    /// 32 bytes that only this installation can make from `about`. `purpose` keeps one use of the key
    /// from answering for another.
    pub fn derive(&self, purpose: &str, about: &[u8]) -> [u8; 32] {
        mac(&mac(&self.seed, purpose.as_bytes()), about)
    }
}

fn mac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    // HMAC pads a short key with zeros to the block of its hash, 64 bytes for SHA-256 (RFC 2104).
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn keys(seed: u8) -> Keys {
        Keys::of(&SigningKey::from_bytes(&[seed; 32])).unwrap()
    }

    #[test]
    fn what_is_derived_depends_on_key_purpose_and_subject() {
        let derived = keys(1).derive("mail", b"a");
        assert_eq!(derived, keys(1).derive("mail", b"a"));
        assert_ne!(derived, keys(2).derive("mail", b"a"));
        assert_ne!(derived, keys(1).derive("refresh", b"a"));
        assert_ne!(derived, keys(1).derive("mail", b"b"));
    }

    #[test]
    fn a_key_that_is_no_key_is_refused_with_the_name_of_its_variable() {
        let error = Keys::read(&"-----BEGIN NOTHING-----".into()).err().unwrap();
        assert!(error.to_string().contains("CREATOR_STUDIO_TOKEN_KEY"));
    }
}
