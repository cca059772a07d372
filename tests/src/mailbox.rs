//! What the SMTP server caught for one address.

use serde::Deserialize;

/// A mail as it arrived.
#[derive(Debug, Clone, Deserialize)]
pub struct Mail {
    /// The subject.
    pub subject: String,
    /// The plain text.
    #[serde(default)]
    pub text: String,
    /// The HTML part.
    #[serde(default)]
    pub html: String,
    /// The Message-ID, without angle brackets.
    #[serde(rename = "messageId", default)]
    pub message_id: String,
    to: Vec<Address>,
}

#[derive(Debug, Clone, Deserialize)]
struct Address {
    address: String,
}

impl Mail {
    /// The value of `token=` in the first link of the mail.
    pub fn token(&self) -> String {
        let (_, rest) = self.text.split_once("token=").expect("the mail has a link with a token");
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_.~".contains(*c)).collect()
    }
}

/// The mails to `address`, oldest first.
pub async fn of(address: &str) -> Vec<Mail> {
    let url = format!("{}/email", super::servers::mail_web());
    let all: Vec<Mail> = reqwest::get(url)
        .await
        .expect("the SMTP server shows what it caught")
        .json()
        .await
        .expect("a list of mails");
    all.into_iter().filter(|mail| mail.to.iter().any(|to| to.address == address)).collect()
}
