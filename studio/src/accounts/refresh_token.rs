//! Refresh tokens: which session, which generation, and a MAC that only this installation can make.
//!
//! The token of a generation is a function of the session and the generation. So an answer that was lost
//! can be given again, an old token can be told from an invented one, and the store keeps nothing that
//! could be stolen from it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::Keys;
use crate::ids::{AccountId, SessionId};

const PREFIX: &str = "csr_";
const PURPOSE: &str = "refresh token";
/// Account, session, generation.
const SUBJECT: usize = 16 + 16 + 4;

/// What a refresh token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefreshToken {
    /// Whose session.
    pub account: AccountId,
    /// Which session.
    pub session: SessionId,
    /// How often the session was refreshed before this token was given out.
    pub generation: u32,
}

impl RefreshToken {
    /// The first token of a session.
    pub fn first(account: AccountId, session: SessionId) -> Self {
        Self { account, session, generation: 0 }
    }

    /// The token that this one is exchanged for.
    #[must_use]
    pub fn successor(self) -> Self {
        Self { generation: self.generation.wrapping_add(1), ..self }
    }

    /// As the cookie carries it.
    pub fn write(&self, keys: &Keys) -> String {
        let subject = self.subject();
        let mac = keys.derive(PURPOSE, &subject);
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode([&subject[..], &mac[..]].concat()))
    }

    /// Reads a token that this installation wrote; none for anything else.
    pub fn read(keys: &Keys, text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(PREFIX)?).ok()?;
        let (subject, mac) = bytes.split_at_checked(SUBJECT)?;
        let authentic: bool = keys.derive(PURPOSE, subject).ct_eq(mac).into();
        authentic.then_some(())?;
        Some(Self {
            account: Uuid::from_slice(&subject[..16]).ok()?.into(),
            session: Uuid::from_slice(&subject[16..32]).ok()?.into(),
            generation: u32::from_be_bytes(subject[32..].try_into().ok()?),
        })
    }

    fn subject(&self) -> [u8; SUBJECT] {
        let mut subject = [0; SUBJECT];
        subject[..16].copy_from_slice(self.account.0.as_bytes());
        subject[16..32].copy_from_slice(self.session.0.as_bytes());
        subject[32..].copy_from_slice(&self.generation.to_be_bytes());
        subject
    }
}

#[cfg(test)]
mod tests {
    use super::{super::keys::tests::keys, *};

    fn token() -> RefreshToken {
        RefreshToken::first(AccountId::new(), SessionId::new()).successor()
    }

    #[test]
    fn a_token_reads_back_as_what_was_written() {
        let token = token();
        assert_eq!(RefreshToken::read(&keys(1), &token.write(&keys(1))), Some(token));
    }

    #[test]
    fn a_token_with_any_byte_changed_is_no_token() {
        let written = token().write(&keys(1));
        for at in 0..written.len() {
            let mut bytes = written.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8(bytes).unwrap();
            assert_eq!(RefreshToken::read(&keys(1), &forged), None, "changed at {at}");
        }
    }

    #[test]
    fn a_token_of_another_installation_is_no_token() {
        assert_eq!(RefreshToken::read(&keys(2), &token().write(&keys(1))), None);
    }
}
