//! Somebody asked for a mail to an address. Whether the address has an account is looked up here and not
//! in the request, which so takes the same time for every address.

use std::net::IpAddr;

use jobs::{Attempt, Failure, Job, Outcome, Policy, Queue};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::{
    Result, Studio,
    accounts::{
        Account, Email, account_store, limits,
        mailed_token::{self, Purpose},
        registering,
    },
    notify::Letter,
    queues,
};

/// For which address, and what for.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailWhatIsNeeded {
    email: String,
    purpose: Purpose,
}

impl MailWhatIsNeeded {
    /// Takes the request.
    pub(in crate::accounts) async fn request(
        studio: &Studio,
        email: &Email,
        purpose: Purpose,
        from: Option<IpAddr>,
    ) -> Result<()> {
        studio.limits.take(&limits::MAIL_FROM_NETWORK, &limits::network_of(from)).await?;
        studio.limits.take(&limits::MAIL_TO_ADDRESS, &email.key()).await?;
        let job = Self { email: email.as_str().to_owned(), purpose };
        jobs::enqueue(&mut *studio.db.acquire().await?, &job).await?;
        studio.waker.wake(Self::QUEUE);
        Ok(())
    }
}

impl Job<Studio> for MailWhatIsNeeded {
    const NAME: &'static str = "accounts.mail_what_is_needed";
    const QUEUE: Queue = queues::MAIL;
    const ABOUT: &'static str =
        "Posts the verification or reset mail that somebody asked for, if the address needs one.";
    const RUNBOOK: &'static str = "ops/runbooks/mail_what_is_needed.md";

    fn policy() -> Policy {
        Policy::attempts(8)
    }

    async fn run(self, studio: &Studio, attempt: &Attempt) -> Result<Outcome, Failure> {
        let email: Email = self.email.parse().map_err(crate::Error::from)?;
        let mut tx = studio.db.begin().await?;
        if let Some(found) = account_store::find_by_email(&mut tx, &email).await? {
            post_what_is_needed(studio, &mut tx, found.account, self.purpose).await?;
        }
        let done = attempt.complete(&mut tx).await?;
        tx.commit().await?;
        studio.waker.wake(queues::MAIL);
        Ok(done)
    }
}

async fn post_what_is_needed(
    studio: &Studio,
    tx: &mut PgConnection,
    account: Account,
    purpose: Purpose,
) -> Result<()> {
    let Account { id, email, display_name, verified_at, .. } = account;
    let letter = match purpose {
        Purpose::VerifyAddress if verified_at.is_some() => return Ok(()),
        Purpose::VerifyAddress => Letter::VerifyAddress { display_name },
        Purpose::ResetPassword => Letter::ResetPassword { display_name },
    };
    // Only the newest mail works.
    mailed_token::withdraw(tx, id, purpose).await?;
    registering::post_with_token(studio, tx, (id, &email), letter, purpose).await
}
