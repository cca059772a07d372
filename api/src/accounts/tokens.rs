//! API tokens for programs.

use chrono::{DateTime, Utc};
use poem::web::Data;
use poem_openapi::{Enum, Object, OpenApi, param::Path, payload::Json, types::Example};
use studio::{
    Studio,
    accounts::{self, Permission, api_tokens},
};

use super::{Area, texts::NameText};
use crate::{
    Problem,
    answers::{Created, NoContent},
    auth::{AccountRead, AccountWrite, Permit},
    body::Body,
    idempotency::{self, IdempotencyKey},
    ids,
};

/// The resource.
pub struct Tokens;

/// What a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
enum Scope {
    /// See one's own uploads and content.
    #[oai(rename = "content:read")]
    ContentRead,
    /// Upload, edit, publish and delete one's own content.
    #[oai(rename = "content:write")]
    ContentWrite,
    /// See one's own figures.
    #[oai(rename = "analytics:read")]
    AnalyticsRead,
    /// See one's own account, sessions, tokens and notifications.
    #[oai(rename = "account:read")]
    AccountRead,
    /// See queues, jobs, runs, workers and the audit log.
    #[oai(rename = "ops:read")]
    OpsRead,
    /// Retry and cancel.
    #[oai(rename = "ops:act")]
    OpsAct,
}

/// A token that is to be made.
#[derive(Object)]
#[oai(skip_serializing_if_is_none, example)]
struct CreateToken {
    /// What it is for.
    name: NameText,
    /// What it may do: at most what one may do oneself.
    #[oai(validator(min_items = 1, max_items = 10))]
    scopes: Vec<Scope>,
    /// After how many days it ends, 1 to 3650; never, if it is not given.
    #[oai(validator(minimum(value = "1"), maximum(value = "3650")))]
    expires_in_days: Option<u32>,
}

impl Example for CreateToken {
    fn example() -> Self {
        Self {
            name: NameText("backup".to_owned()),
            scopes: vec![Scope::ContentRead],
            expires_in_days: Some(90),
        }
    }
}

/// A token, as one sees it after it was made.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct ApiToken {
    /// Its id (`tok_…`).
    id: String,
    /// What it is for.
    name: String,
    /// What it may do.
    scopes: Vec<Scope>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it ends; never, if it is not there.
    expires_at: Option<DateTime<Utc>>,
    /// When it was used last, to the minute.
    last_used_at: Option<DateTime<Utc>>,
}

/// A token that was just made.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct CreatedApiToken {
    /// The token.
    #[oai(flatten)]
    made: ApiToken,
    /// What the program sends as `Authorization: Bearer …`. Shown this once: the answer to a repeated
    /// request does not have it.
    token: Option<String>,
}

/// One's tokens.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct ApiTokenPage {
    /// The tokens, the newest first. At most 50: there are no more.
    items: Vec<ApiToken>,
    /// Never there: all tokens fit on one page.
    next_cursor: Option<String>,
}

#[OpenApi(prefix_path = "/v1/me", tag = "Area::Tokens")]
impl Tokens {
    /// List one's API tokens
    #[oai(path = "/tokens", method = "get", operation_id = "tokens.list")]
    async fn list(
        &self,
        auth: Permit<AccountRead>,
        studio: Data<&Studio>,
    ) -> Result<Json<ApiTokenPage>, Problem> {
        let tokens = api_tokens::list(&studio, auth.account_id()).await?;
        let items = tokens.into_iter().map(ApiToken::from).collect();
        Ok(Json(ApiTokenPage { items, next_cursor: None }))
    }

    /// Make an API token
    ///
    /// The answer is the only one that shows it.
    #[oai(path = "/tokens", method = "post", operation_id = "tokens.create")]
    async fn create(
        &self,
        auth: Permit<AccountWrite>,
        studio: Data<&Studio>,
        /// Names the request, so that repeating it makes no second token.
        #[oai(name = "Idempotency-Key")]
        key: IdempotencyKey,
        body: Body<CreateToken>,
    ) -> Result<Created<CreatedApiToken>, Problem> {
        let request = idempotency::name(&key, auth.account_id(), "tokens.create", &body.0)?;
        let CreateToken { name, scopes, expires_in_days } = body.0;
        let scopes: Vec<Permission> = scopes.into_iter().map(Permission::from).collect();
        let new = api_tokens::NewApiToken::parse(auth.caller(), &name.0, &scopes, expires_in_days)?;
        let made = api_tokens::create(&studio, auth.account_id(), new, request).await?;
        Ok(Created::New(Json(made.into())))
    }

    /// Revoke an API token
    ///
    /// It is refused from now on.
    #[oai(path = "/tokens/:id", method = "delete", operation_id = "tokens.revoke")]
    async fn revoke(
        &self,
        auth: Permit<AccountWrite>,
        studio: Data<&Studio>,
        /// The token (`tok_…`).
        id: Path<String>,
    ) -> Result<NoContent, Problem> {
        api_tokens::revoke(&studio, auth.account_id(), ids::parse(&id, "id")?).await?;
        Ok(NoContent::Done)
    }
}

impl From<Scope> for Permission {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::ContentRead => Self::ContentRead,
            Scope::ContentWrite => Self::ContentWrite,
            Scope::AnalyticsRead => Self::AnalyticsRead,
            Scope::AccountRead => Self::AccountRead,
            Scope::OpsRead => Self::OpsRead,
            Scope::OpsAct => Self::OpsAct,
        }
    }
}

impl Scope {
    /// The scope of a permission, if a token can carry it.
    fn of(permission: Permission) -> Option<Self> {
        let all = [
            Self::ContentRead,
            Self::ContentWrite,
            Self::AnalyticsRead,
            Self::AccountRead,
            Self::OpsRead,
            Self::OpsAct,
        ];
        all.into_iter().find(|scope| Permission::from(*scope) == permission)
    }
}

impl From<accounts::ApiToken> for ApiToken {
    fn from(token: accounts::ApiToken) -> Self {
        Self {
            id: token.id.to_string(),
            name: token.name,
            scopes: token.scopes.into_iter().filter_map(Scope::of).collect(),
            created_at: token.created_at,
            expires_at: token.expires_at,
            last_used_at: token.last_used_at,
        }
    }
}

impl From<api_tokens::MadeApiToken> for CreatedApiToken {
    fn from(made: api_tokens::MadeApiToken) -> Self {
        Self { made: made.token.into(), token: made.secret }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_that_a_token_can_carry_has_a_scope_on_the_wire() {
        use poem_openapi::types::ToJSON;
        for permission in Permission::all() {
            let scope = Scope::of(permission).and_then(|scope| scope.to_json());
            let name = permission.is_token_scope().then(|| permission.name().into());
            assert_eq!(scope, name);
        }
    }
}
