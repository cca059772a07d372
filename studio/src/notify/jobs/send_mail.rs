//! Hands one mail to the mail server.

use std::time::Duration;

use jobs::{Attempt, Failure, Job, Outcome, Policy, Queue, Tag, Unique};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Studio,
    accounts::mailed_token,
    ids::{AccountId, MailId},
    notify::{Outgoing, mail_store},
    queues,
};

/// Which mail. What it says and to whom stands in its row; a token in it is made while it is sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendMail {
    /// The mail.
    pub mail: MailId,
    /// Whose account it is about.
    pub account: Option<AccountId>,
}

impl Job<Studio> for SendMail {
    const NAME: &'static str = "notify.send_mail";
    const QUEUE: Queue = queues::MAIL;
    const ABOUT: &'static str = "Hands one mail to the mail server.";
    const RUNBOOK: &'static str = "ops/runbooks/send_mail.md";

    fn policy() -> Policy {
        Policy::attempts(14)
            .backoff(Duration::from_secs(2), Duration::from_mins(15))
            .timeout(Duration::from_mins(1))
    }

    fn unique(&self) -> Unique {
        Unique::by(self.mail)
    }

    fn tags(&self) -> Vec<Tag> {
        let account = self.account.map(|account| ("account", account.to_string()));
        [Some(("mail", self.mail.to_string())), account].into_iter().flatten().collect()
    }

    /// At least once at the last metre: a crash between the server's answer and our commit repeats the
    /// mail with the same Message-ID. Everywhere else once.
    async fn run(self, studio: &Studio, attempt: &Attempt) -> Result<Outcome, Failure> {
        let mut db = studio.db.acquire().await?;
        let Some(mail) = mail_store::find(&mut db, self.mail).await? else {
            return Ok(Outcome::Cancelled);
        };
        drop(db);
        if mail.sent {
            return Ok(Outcome::Done);
        }
        let token = mailed_token::in_mail(&studio.keys, self.mail);
        let letter = mail.letter.write(&studio.config.public_url, &token)?;
        let outgoing = Outgoing { id: self.mail, recipient: &mail.recipient, letter };
        studio.mailer.send(outgoing).await.map_err(failure)?;

        let mut tx = studio.db.begin().await?;
        mail_store::mark_sent(&mut tx, self.mail).await?;
        let done = attempt.complete(&mut tx).await?;
        tx.commit().await?;
        Ok(done)
    }
}

/// What the server refused for good, it will refuse again.
fn failure(error: Error) -> Failure {
    match error {
        Error::Internal { doing, source } => {
            Failure::permanent(format!("{doing}: {source}")).code("mail.refused")
        }
        other => other.into(),
    }
}
