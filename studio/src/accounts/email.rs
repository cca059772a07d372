//! An e-mail address, checked for its form. Whether it exists is proven by a mail.

use std::{fmt, str::FromStr};

use super::refusals;
use crate::Refusal;

/// The longest address that SMTP carries (RFC 5321, 4.5.3.1.3, without the angle brackets).
const LONGEST: usize = 254;

/// What marks the forms that the standard allows and mail servers turn away: a quoted name, and a
/// network address for a domain. A mail to one would be a dead job that any stranger can cause.
const UNREACHABLE: [char; 2] = ['"', '['];

/// An e-mail address as its owner writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// As its owner writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What makes two spellings the same address; as Postgres makes it in `accounts.email_key`.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Email {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let reachable = text.len() <= LONGEST && text.is_ascii() && !text.contains(UNREACHABLE);
        if reachable && text.parse::<lettre::Address>().is_ok() {
            Ok(Self(text.to_owned()))
        } else {
            Err(refusals::BAD_EMAIL.refuse().at("email"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_of_one_address_are_one_address() {
        let written: Email = " Ana@Example.org ".parse().unwrap();
        assert_eq!(
            (written.as_str(), written.key().as_str()),
            ("Ana@Example.org", "ana@example.org")
        );
    }

    #[test]
    fn what_no_mail_can_reach_is_refused() {
        let long = format!("{}@example.org", "a".repeat(250));
        for bad in [
            "",
            "ana",
            "@example.org",
            "a na@example.org",
            "ana@example.org\r\nBcc: x@y.z",
            "\"ana@home\"@example.org",
            "ana@[127.0.0.1]",
            &long,
        ] {
            assert_eq!(
                bad.parse::<Email>().unwrap_err().code.code,
                "accounts.bad_email",
                "{bad:?}"
            );
        }
    }
}
