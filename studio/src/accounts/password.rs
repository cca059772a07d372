//! A password as a person gives it, and how it is hashed: Argon2id, off the async threads, a few at a time.

use std::{
    sync::{Arc, LazyLock},
    thread,
    time::Duration,
};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use super::{Email, refusals};
use crate::{Error, Refusal, Result};

/// The shortest password, in characters.
pub const SHORTEST: usize = 12;
/// The longest, in characters: more would only make us hash for longer.
pub const LONGEST: usize = 128;
/// How long somebody waits for their turn to be hashed.
const PATIENCE: Duration = Duration::from_secs(5);

/// A password that a person chose.
#[derive(Debug, Clone)]
pub struct Password(SecretString);

impl Password {
    /// Takes a new password: long enough, not one character over and over, and not the address it
    /// protects. No rule asks for digits or signs (NIST SP 800-63B, section 5.1.1.2).
    ///
    /// # Errors
    /// [`refusals::WEAK_PASSWORD`] at `field`.
    pub fn choose(text: SecretString, email: Option<&Email>, field: &str) -> Result<Self, Refusal> {
        let chosen = text.expose_secret();
        let length = chosen.chars().count();
        let weak = |why: &str| Err(refusals::WEAK_PASSWORD.because(why).at(field));
        if !(SHORTEST..=LONGEST).contains(&length) {
            return weak(&format!("A password has {SHORTEST} to {LONGEST} characters."));
        }
        let kinds: std::collections::HashSet<char> = chosen.chars().collect();
        if kinds.len() < 5 {
            return weak("The same few characters over and over are easy to guess.");
        }
        let lower = chosen.to_lowercase();
        if email.is_some_and(|email| lower.contains(&email.key())) {
            return weak("It must not contain your address.");
        }
        Ok(Self(text))
    }

    /// Takes a password that is to be compared. Nothing is said about it but whether it is right.
    pub fn presented(text: SecretString) -> Self {
        Self(text)
    }
}

/// Hashes and compares passwords, a few at a time: each takes 19 MiB and a core for a while.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = thread::available_parallelism().map_or(2, Into::into);
        Self { turns: Arc::new(Semaphore::new(cores)) }
    }
}

impl Passwords {
    /// Hashes a password that was chosen.
    ///
    /// # Errors
    /// [`refusals::TOO_MANY_ATTEMPTS`] while more people wait than can be served.
    pub async fn hash(&self, password: Password) -> Result<String> {
        self.in_turn(move || hash(&password)).await?
    }

    /// Whether the password is the one that was hashed. Without a hash there is as much to do as with
    /// one, and the answer is no.
    ///
    /// # Errors
    /// As [`Self::hash`].
    pub async fn matches(&self, password: Password, hash: Option<String>) -> Result<bool> {
        self.in_turn(move || {
            let known = hash.is_some();
            let text = hash.unwrap_or_else(|| DECOY.clone());
            let parsed = PasswordHash::new(&text).map_err(|e| broken(&e))?;
            let right =
                Argon2::default().verify_password(password.0.expose_secret().as_bytes(), &parsed);
            Ok(known && right.is_ok())
        })
        .await?
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let busy = || refusals::TOO_MANY_ATTEMPTS.refuse().retry_after(PATIENCE);
        let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned());
        let turn = turn.await.map_err(|_| busy())?.map_err(|e| Error::internal("hashing", e))?;
        // The turn ends with the work, also when nobody waits for it any more.
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        work.await.map_err(|e| Error::internal("hashing", e))
    }
}

/// The hash that is compared with when an address is unknown.
static DECOY: LazyLock<String> =
    LazyLock::new(|| hash(&Password("nobody has this password".into())).unwrap_or_default());

/// Argon2id with 19 MiB, two passes and one lane, as OWASP advises; the parameters are in the hash.
fn hash(password: &Password) -> Result<String> {
    let hash = Argon2::default().hash_password(password.0.expose_secret().as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|e| broken(&e))
}

fn broken(error: &dyn std::fmt::Display) -> Error {
    Error::internal("hashing a password", error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(text: &str) -> Result<Password, Refusal> {
        Password::choose(text.into(), Some(&"ana@example.org".parse().unwrap()), "password")
    }

    #[test]
    fn a_password_is_long_and_not_its_own_address() {
        assert!(choose("four words are enough").is_ok());
        for weak in ["short", "aaaaaaaaaaaaaaaa", "ANA@example.org!!", &"long".repeat(40)] {
            let refusal = choose(weak).unwrap_err();
            assert_eq!(refusal.code.code, "passwords.weak", "{weak}");
            assert_eq!(refusal.field.as_deref(), Some("password"));
        }
    }

    #[tokio::test]
    async fn only_the_password_that_was_hashed_matches() {
        let passwords = Passwords::default();
        let hash = passwords.hash(choose("four words are enough").unwrap()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        let right = Password::presented("four words are enough".into());
        let wrong = Password::presented("five words are enough".into());
        assert!(passwords.matches(right.clone(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.matches(wrong, Some(hash)).await.unwrap());
        assert!(!passwords.matches(right, None).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_matches_the_decoy_not_even_by_its_own_words() {
        let decoy = Password::presented("nobody has this password".into());
        assert!(!Passwords::default().matches(decoy, None).await.unwrap());
    }
}
