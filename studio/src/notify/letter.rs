//! The letters we write, and their words. One variant a letter; its fields are what the template names.

use askama::Template;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{Error, Result};

/// A letter before it is written out. Holds no token: a letter that carries one gets it when it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    /// Proves a new address.
    VerifyAddress {
        /// Who registered.
        display_name: String,
    },
    /// Somebody registered an address that has an account.
    AlreadyRegistered {
        /// Whose account it is.
        display_name: String,
    },
    /// Sets a new password.
    ResetPassword {
        /// Who asked.
        display_name: String,
    },
    /// The password is a new one.
    PasswordChanged {
        /// Whose.
        display_name: String,
    },
    /// A session was closed because its refresh token was used twice.
    SessionClosed {
        /// Whose.
        display_name: String,
    },
    /// Something happened to a work, or needs somebody.
    News {
        /// Whose work.
        display_name: String,
        /// What happened, as the subject.
        title: String,
        /// What it means and what to do.
        body: String,
        /// The page of the portal to open, from its root.
        path: String,
        /// What the link says.
        link: String,
    },
}

/// A letter, written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The subject.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

impl Letter {
    /// Writes the letter out. `token` is the mail's own; only letters that need one use it.
    ///
    /// # Errors
    /// Never for templates that compiled.
    pub fn write(&self, portal: &Url, token: &str) -> Result<Written> {
        let body = self.body(portal, token);
        let broken = |e: askama::Error| Error::internal("writing a letter", e);
        Ok(Written {
            subject: body.subject.clone(),
            text: Text { body: &body }.render().map_err(broken)?,
            html: Html { body: &body }.render().map_err(broken)?,
        })
    }

    fn body(&self, portal: &Url, token: &str) -> Body {
        let to = |path: &str| format!("{}{path}", portal.as_str().trim_end_matches('/'));
        match self {
            Self::VerifyAddress { display_name } => Body {
                subject: "Verify your address".into(),
                greeting: display_name.clone(),
                before: vec!["Welcome to Creator Studio. Open this link to prove that this address is yours:".into()],
                link: to(&format!("/verify?token={token}")),
                button: "Verify my address".into(),
                after: vec![
                    "The link works once, for two days.".into(),
                    "If you did not register, you need not do anything.".into(),
                ],
            },
            Self::AlreadyRegistered { display_name } => Body {
                subject: "You have an account already".into(),
                greeting: display_name.clone(),
                before: vec![
                    "Somebody, perhaps you, tried to register this address with Creator Studio. It has an account already, and nothing was changed.".into(),
                    "If it was you, sign in. If you forgot your password, the sign-in page helps:".into(),
                ],
                link: to("/sign-in"),
                button: "Sign in".into(),
                after: vec!["If it was not you, you need not do anything.".into()],
            },
            Self::ResetPassword { display_name } => Body {
                subject: "Set a new password".into(),
                greeting: display_name.clone(),
                before: vec!["Somebody, hopefully you, asked to set a new password. Open this link to choose one:".into()],
                link: to(&format!("/reset-password?token={token}")),
                button: "Choose a new password".into(),
                after: vec![
                    "The link works once, for one hour. All your devices will be signed out.".into(),
                    "If it was not you, you need not do anything: your password stays as it is.".into(),
                ],
            },
            Self::PasswordChanged { display_name } => Body {
                subject: "Your password was changed".into(),
                greeting: display_name.clone(),
                before: vec![
                    "Your password was changed, and your other devices were signed out.".into(),
                    "If it was not you, set a new password now:".into(),
                ],
                link: to("/forgot-password"),
                button: "Set a new password".into(),
                after: Vec::new(),
            },
            Self::SessionClosed { display_name } => Body {
                subject: "We signed one of your devices out".into(),
                greeting: display_name.clone(),
                before: vec![
                    "The key that keeps one of your devices signed in was used from two places. It may have been copied, so we closed that session.".into(),
                    "If you do not know why, change your password:".into(),
                ],
                link: to("/settings"),
                button: "Open my settings".into(),
                after: Vec::new(),
            },
            Self::News { display_name, title, body, path, link } => Body {
                subject: title.clone(),
                greeting: display_name.clone(),
                before: vec![body.clone()],
                link: to(path),
                button: link.clone(),
                after: Vec::new(),
            },
        }
    }
}

/// What all our letters are made of.
struct Body {
    subject: String,
    greeting: String,
    before: Vec<String>,
    link: String,
    button: String,
    after: Vec<String>,
}

#[derive(Template)]
#[template(path = "mail/letter.txt", escape = "none")]
struct Text<'a> {
    body: &'a Body,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Html<'a> {
    body: &'a Body,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(letter: &Letter) -> Written {
        letter.write(&"https://studio.example/".parse().unwrap(), "t0ken").unwrap()
    }

    #[test]
    fn a_letter_with_a_token_links_to_the_page_that_takes_it() {
        let letter = written(&Letter::ResetPassword { display_name: "Ana".into() });
        let link = "https://studio.example/reset-password?token=t0ken";
        assert!(letter.text.contains(link) && letter.html.contains(link), "{letter:?}");
        assert!(letter.text.starts_with("Hello Ana,"));
    }

    #[test]
    fn a_letter_that_needs_no_token_carries_none() {
        let letter = written(&Letter::PasswordChanged { display_name: "Ana".into() });
        assert!(!letter.text.contains("t0ken") && !letter.html.contains("t0ken"));
    }

    #[test]
    fn a_hostile_name_stays_text() {
        let letter = written(&Letter::VerifyAddress { display_name: "<b>Ana</b>".into() });
        assert!(!letter.html.contains("<b>") && letter.text.contains("<b>Ana</b>"));
    }
}
