//! Becoming somebody. The answers are the same whether an address has an account or not.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, types::Example};
use secrecy::ExposeSecret;
use studio::{Studio, accounts::registering};

use super::{
    Area,
    texts::{EmailText, MailedTokenText, NameText, PasswordText},
};
use crate::{
    Problem,
    answers::{Accepted, NoContent},
    auth::From,
    body::Body,
};

/// The resource.
pub struct Registration;

/// What one gives to register.
#[derive(Object)]
#[oai(example)]
struct Register {
    /// One's address. A mail proves it.
    email: EmailText,
    /// A password of 12 to 128 characters.
    password: PasswordText,
    /// What one wants to be called.
    display_name: NameText,
}

impl Example for Register {
    fn example() -> Self {
        Self {
            email: EmailText::example(),
            password: PasswordText::example(),
            display_name: NameText::example(),
        }
    }
}

/// The token of the mail.
#[derive(Object)]
#[oai(example)]
struct VerifyAddress {
    /// What stands after `token=` in the link.
    token: MailedTokenText,
}

impl Example for VerifyAddress {
    fn example() -> Self {
        Self { token: MailedTokenText::example() }
    }
}

/// Where to send the mail again.
#[derive(Object)]
#[oai(example)]
struct ResendVerification {
    /// The address that was registered.
    email: EmailText,
}

impl Example for ResendVerification {
    fn example() -> Self {
        Self { email: EmailText::example() }
    }
}

#[OpenApi(prefix_path = "/v1/auth", tag = "Area::Accounts")]
impl Registration {
    /// Register
    ///
    /// Always answered alike: a new address gets a mail with a link that proves it, an address that has an
    /// account gets a mail that says so.
    #[oai(path = "/register", method = "post", operation_id = "accounts.register")]
    async fn register(
        &self,
        studio: Data<&Studio>,
        from: From,
        body: Body<Register>,
    ) -> Result<Accepted, Problem> {
        let Register { email, password, display_name } = body.0;
        let registration = registering::Registration {
            email: email.0.parse()?,
            password: password.0,
            display_name: display_name.0.parse()?,
        };
        registering::register(&studio, registration, from.address()).await?;
        Ok(Accepted::Taken)
    }

    /// Prove an address
    ///
    /// With the token of the mail, which works once, for two days.
    #[oai(path = "/verify", method = "post", operation_id = "accounts.verify_address")]
    async fn verify_address(
        &self,
        studio: Data<&Studio>,
        from: From,
        body: Body<VerifyAddress>,
    ) -> Result<NoContent, Problem> {
        registering::verify_address(&studio, body.token.0.expose_secret(), from.address()).await?;
        Ok(NoContent::Done)
    }

    /// Ask for the mail again
    ///
    /// Always answered alike. Only the newest mail works.
    #[oai(path = "/verify/resend", method = "post", operation_id = "accounts.resend_verification")]
    async fn resend_verification(
        &self,
        studio: Data<&Studio>,
        from: From,
        body: Body<ResendVerification>,
    ) -> Result<Accepted, Problem> {
        registering::resend_verification(&studio, &body.email.0.parse()?, from.address()).await?;
        Ok(Accepted::Taken)
    }
}
