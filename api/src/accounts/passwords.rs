//! Changing a password, and setting a new one by mail.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, types::Example};
use secrecy::ExposeSecret;
use studio::{Studio, accounts::passwords};

use super::{
    Area,
    texts::{EmailText, MailedTokenText, PasswordText},
};
use crate::{
    Problem,
    answers::{Accepted, NoContent},
    auth::{AccountWrite, From, Permit},
    body::Body,
};

/// The resource.
pub struct Passwords;

/// Where to send the mail.
#[derive(Object)]
#[oai(example)]
struct RequestReset {
    /// One's address.
    email: EmailText,
}

impl Example for RequestReset {
    fn example() -> Self {
        Self { email: EmailText::example() }
    }
}

/// The token of the mail, and what the password is to be.
#[derive(Object)]
#[oai(example)]
struct ResetPassword {
    /// What stands after `token=` in the link.
    token: MailedTokenText,
    /// A password of 12 to 128 characters.
    new_password: PasswordText,
}

impl Example for ResetPassword {
    fn example() -> Self {
        Self { token: MailedTokenText::example(), new_password: PasswordText::example() }
    }
}

/// What the password is, and what it is to be.
#[derive(Object)]
#[oai(example)]
struct ChangePassword {
    /// The present password.
    current_password: PasswordText,
    /// A password of 12 to 128 characters.
    new_password: PasswordText,
}

impl Example for ChangePassword {
    fn example() -> Self {
        let new_password = PasswordText("another four words instead".to_owned().into());
        Self { current_password: PasswordText::example(), new_password }
    }
}

#[OpenApi(prefix_path = "/v1", tag = "Area::Passwords")]
impl Passwords {
    /// Ask for a mail that sets a new password
    ///
    /// Always answered alike, whether the address has an account or not. Only the newest mail works.
    #[oai(
        path = "/auth/password-resets",
        method = "post",
        operation_id = "passwords.request_reset"
    )]
    async fn request_reset(
        &self,
        studio: Data<&Studio>,
        from: From,
        body: Body<RequestReset>,
    ) -> Result<Accepted, Problem> {
        passwords::request_reset(&studio, &body.email.0.parse()?, from.address()).await?;
        Ok(Accepted::Taken)
    }

    /// Set a new password
    ///
    /// With the token of the mail, which works once, for one hour. Signs all devices out, and proves the
    /// address too.
    #[oai(
        path = "/auth/password-resets/complete",
        method = "post",
        operation_id = "passwords.reset"
    )]
    async fn reset(
        &self,
        studio: Data<&Studio>,
        from: From,
        body: Body<ResetPassword>,
    ) -> Result<NoContent, Problem> {
        let ResetPassword { token, new_password } = body.0;
        let token = token.0.expose_secret();
        passwords::reset(&studio, token, new_password.0, from.address()).await?;
        Ok(NoContent::Done)
    }

    /// Change the password
    ///
    /// Signs the other devices out.
    #[oai(path = "/me/password", method = "post", operation_id = "passwords.change")]
    async fn change(
        &self,
        auth: Permit<AccountWrite>,
        studio: Data<&Studio>,
        body: Body<ChangePassword>,
    ) -> Result<NoContent, Problem> {
        let ChangePassword { current_password: current, new_password: new } = body.0;
        passwords::change(&studio, auth.account_id(), auth.session(), current.0, new.0).await?;
        Ok(NoContent::Done)
    }
}
