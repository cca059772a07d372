//! Signing in and out, and the devices on which one is signed in.

use chrono::{DateTime, Utc};
use poem::web::Data;
use poem_openapi::{ApiResponse, Object, OpenApi, param::Path, payload::Json, types::Example};
use studio::{
    Studio,
    accounts::{self, sessions, signing_in},
    content::storage,
    ids::SessionId,
};

use super::{
    Area,
    texts::{EmailText, PasswordText},
    views::MeView,
};
use crate::{
    Problem,
    answers::NoContent,
    auth::{
        AccountRead, AccountWrite, From, OptionalRefreshCookie, Permit, RefreshCookie,
        refresh_cookie,
    },
    body::Body,
    ids,
};

/// The resource.
pub struct Sessions;

/// What one signs in with.
#[derive(Object)]
#[oai(example)]
struct SignIn {
    /// One's address.
    email: EmailText,
    /// One's password.
    password: PasswordText,
}

impl Example for SignIn {
    fn example() -> Self {
        Self { email: EmailText::example(), password: PasswordText::example() }
    }
}

/// One is signed in.
#[derive(Object)]
struct SignedIn {
    /// What the next requests carry as `Authorization: Bearer …`.
    access_token: String,
    /// Always `Bearer`.
    token_type: String,
    /// After how many seconds the access token ends; refresh before.
    expires_in_seconds: u64,
    /// Who one is.
    account: MeView,
}

#[derive(ApiResponse)]
enum SignedInAnswer {
    /// Signed in. The refresh token is in the cookie.
    #[oai(status = 200)]
    In(Json<SignedIn>, #[oai(header = "Set-Cookie")] String),
}

#[derive(ApiResponse)]
enum SignedOut {
    /// Signed out, or was so before.
    #[oai(status = 204)]
    Out(#[oai(header = "Set-Cookie")] String),
}

/// A device on which one is signed in.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct Session {
    /// Its id (`ses_…`).
    id: String,
    /// When one signed in there.
    created_at: DateTime<Utc>,
    /// When it was refreshed last.
    last_used_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    current: bool,
    /// What the browser or program calls itself.
    user_agent: Option<String>,
    /// The network that one signed in from, without the part that names one machine.
    ip_address: Option<String>,
}

/// The devices on which one is signed in.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct SessionPage {
    /// The sessions, the one used last first. At most 50: one more ends the one that was idle longest.
    items: Vec<Session>,
    /// Never there: all sessions fit on one page.
    next_cursor: Option<String>,
}

#[OpenApi(prefix_path = "/v1", tag = "Area::Sessions")]
impl Sessions {
    /// Sign in
    ///
    /// Gives an access token for 15 minutes and, as a cookie, a refresh token that continues the session.
    #[oai(path = "/auth/sessions", method = "post", operation_id = "sessions.create")]
    async fn create(
        &self,
        studio: Data<&Studio>,
        from: From,
        body: Body<SignIn>,
    ) -> Result<SignedInAnswer, Problem> {
        let SignIn { email, password } = body.0;
        let signed_in = signing_in::sign_in(&studio, &email.0.parse()?, password.0, from.0).await?;
        answer(&studio, signed_in).await
    }

    /// Continue a session
    ///
    /// Exchanges the cookie for a new one and a new access token. A refresh token works once: using an old
    /// one again closes the session, since somebody may have copied it. For 30 seconds the same exchange can
    /// be repeated, should its answer be lost.
    #[oai(path = "/auth/sessions/refresh", method = "post", operation_id = "sessions.refresh")]
    async fn refresh(
        &self,
        cookie: RefreshCookie,
        studio: Data<&Studio>,
        from: From,
    ) -> Result<SignedInAnswer, Problem> {
        answer(&studio, signing_in::refresh(&studio, cookie.token(), from.0).await?).await
    }

    /// Sign out here
    ///
    /// Closes the session of the cookie; its access tokens are refused from now on.
    #[oai(path = "/auth/sessions/current", method = "delete", operation_id = "sessions.sign_out")]
    async fn sign_out(
        &self,
        cookie: OptionalRefreshCookie,
        studio: Data<&Studio>,
    ) -> Result<SignedOut, Problem> {
        signing_in::sign_out(&studio, cookie.token()).await?;
        Ok(SignedOut::Out(refresh_cookie::removal(&studio.config)))
    }

    /// List the devices on which one is signed in
    #[oai(path = "/me/sessions", method = "get", operation_id = "sessions.list")]
    async fn list(
        &self,
        auth: Permit<AccountRead>,
        studio: Data<&Studio>,
    ) -> Result<Json<SessionPage>, Problem> {
        let open = sessions::list(&studio, auth.account_id()).await?;
        let items = open.into_iter().map(|session| Session::seen_from(auth.session(), session));
        Ok(Json(SessionPage { items: items.collect(), next_cursor: None }))
    }

    /// Sign one device out
    #[oai(path = "/me/sessions/:id", method = "delete", operation_id = "sessions.revoke")]
    async fn revoke(
        &self,
        auth: Permit<AccountWrite>,
        studio: Data<&Studio>,
        /// The session (`ses_…`).
        id: Path<String>,
    ) -> Result<NoContent, Problem> {
        sessions::revoke(&studio, auth.account_id(), ids::parse(&id, "id")?).await?;
        Ok(NoContent::Done)
    }

    /// Sign out everywhere
    ///
    /// This session too: all access tokens are refused from now on. API tokens go on working.
    #[oai(path = "/me/sessions", method = "delete", operation_id = "sessions.revoke_all")]
    async fn revoke_all(
        &self,
        auth: Permit<AccountWrite>,
        studio: Data<&Studio>,
    ) -> Result<NoContent, Problem> {
        sessions::revoke_all(&studio, auth.account_id()).await?;
        Ok(NoContent::Done)
    }
}

async fn answer(
    studio: &Studio,
    signed_in: signing_in::SignedIn,
) -> Result<SignedInAnswer, Problem> {
    let signing_in::SignedIn { account, access_token, refresh_token } = signed_in;
    let mut db = studio.db.acquire().await.map_err(studio::Error::from)?;
    let room = storage::used(studio, &mut db, account.id).await?;
    let body = SignedIn {
        access_token,
        token_type: "Bearer".to_owned(),
        expires_in_seconds: studio.config.accounts.access_token_seconds,
        account: MeView::of(account, room),
    };
    let cookie = refresh_cookie::carrying(&refresh_token, &studio.config);
    Ok(SignedInAnswer::In(Json(body), cookie))
}

impl Session {
    fn seen_from(here: Option<SessionId>, session: accounts::Session) -> Self {
        Self {
            current: here == Some(session.id),
            id: session.id.to_string(),
            created_at: session.created_at,
            last_used_at: session.last_used_at,
            user_agent: session.user_agent,
            ip_address: session.network,
        }
    }
}
