//! The way to the mail server.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
    transport::smtp::PoolConfig,
};
use secrecy::ExposeSecret;

use super::letter::Written;
use crate::{Dependency, Error, Result, config::Config, ids::MailId};

/// How long one conversation with the server may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many conversations one process holds at once.
const MOST_CONNECTIONS: u32 = 4;

/// Sends mails.
#[derive(Clone)]
pub struct Mailer {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// One mail that is to leave.
pub struct Outgoing<'a> {
    /// What its Message-ID is made of.
    pub id: MailId,
    /// The address.
    pub recipient: &'a str,
    /// The letter.
    pub letter: Written,
}

impl Mailer {
    /// The mailer of these settings. Needs no server yet.
    ///
    /// # Errors
    /// A setting that cannot be read.
    pub fn new(config: &Config) -> Result<Self> {
        let pool = PoolConfig::new().max_size(MOST_CONNECTIONS);
        let url = config.mail.smtp_url.expose_secret();
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|e| Error::internal("reading CREATOR_STUDIO_SMTP_URL", e))?;
        let from = config.mail.from.parse();
        Ok(Self {
            server: server.timeout(Some(PATIENCE)).pool_config(pool).build(),
            from: from.map_err(|e| Error::internal("reading CREATOR_STUDIO_MAIL_FROM", e))?,
        })
    }

    /// Hands a mail to the server.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where another attempt may help; [`Error::Internal`] where the server says
    /// that none will.
    pub async fn send(&self, mail: Outgoing<'_>) -> Result<()> {
        let message = self.message(mail)?;
        match self.server.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => {
                Err(Error::internal("the mail server refused a mail", error))
            }
            Err(error) => Err(Error::unavailable(Dependency::Mail, error)),
        }
    }

    /// Whether the server answers.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn reach(&self) -> Result<()> {
        match self.server.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::unavailable(Dependency::Mail, "the mail server hung up")),
            Err(error) => Err(Error::unavailable(Dependency::Mail, error)),
        }
    }

    fn message(&self, mail: Outgoing<'_>) -> Result<Message> {
        let unsendable =
            |e: Box<dyn std::error::Error + Send + Sync>| Error::internal("composing a mail", e);
        Message::builder()
            .from(self.from.clone())
            .to(mail.recipient.parse().map_err(|e| unsendable(Box::new(e)))?)
            .subject(mail.letter.subject)
            .message_id(Some(self.message_id(mail.id)))
            .multipart(MultiPart::alternative_plain_html(mail.letter.text, mail.letter.html))
            .map_err(|e| unsendable(Box::new(e)))
    }

    /// The same for every attempt at the same mail, so that a receiver can tell a repetition.
    fn message_id(&self, mail: MailId) -> String {
        format!("<{}@{}>", mail.0.simple(), self.from.email.domain())
    }
}
