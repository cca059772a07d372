//! Other people's accounts and roles, for admins.

use chrono::{DateTime, Utc};
use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use studio::{
    Studio,
    accounts::Account,
    ids::AccountId,
    operations::{Reason, people},
};

use super::{Area, staff};
use crate::{
    Problem,
    accounts::Role,
    auth::{AdminAct, Permit},
    body::Body,
    ids,
};

/// The resource.
pub struct People;

/// Somebody's account, as an admin sees it.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct Person {
    /// Its id (`acc_…`).
    id: String,
    /// The address.
    email: String,
    /// What its owner wants to be called.
    display_name: String,
    /// What its owner is to the product.
    roles: Vec<Role>,
    /// When the address was proven.
    verified_at: Option<DateTime<Utc>>,
    /// When they registered.
    created_at: DateTime<Utc>,
}

impl From<Account> for Person {
    fn from(account: Account) -> Self {
        Self {
            id: account.id.to_string(),
            email: account.email,
            display_name: account.display_name,
            roles: account.roles.into_iter().map(Role::from).collect(),
            verified_at: account.verified_at,
            created_at: account.created_at,
        }
    }
}

/// The accounts that were found.
#[derive(Debug, Object)]
struct PersonPage {
    /// The account of the address; empty when there is none.
    items: Vec<Person>,
}

/// A role to give, and why.
#[derive(Debug, Object)]
#[oai(example)]
struct GrantRole {
    /// The role.
    role: Role,
    /// The reason, for the audit log.
    #[oai(validator(min_length = 1, max_length = 500))]
    reason: String,
}

impl poem_openapi::types::Example for GrantRole {
    fn example() -> Self {
        Self { role: Role::Ops, reason: "Joins the people on call.".to_owned() }
    }
}

/// Why a role is taken away.
#[derive(Debug, Object)]
#[oai(example)]
struct RevokeRole {
    /// The reason, for the audit log.
    #[oai(validator(min_length = 1, max_length = 500))]
    reason: String,
}

impl poem_openapi::types::Example for RevokeRole {
    fn example() -> Self {
        Self { reason: "Left the people on call.".to_owned() }
    }
}

#[OpenApi(prefix_path = "/v1/admin", tag = "Area::People")]
impl People {
    /// Find an account by its address
    #[oai(path = "/accounts", method = "get", operation_id = "people.find")]
    async fn find(
        &self,
        _auth: Permit<AdminAct>,
        studio: Data<&Studio>,
        /// The address; case does not matter.
        #[oai(validator(min_length = 3, max_length = 254))]
        email: Query<String>,
    ) -> Result<Json<PersonPage>, Problem> {
        let found = people::find_account(&studio, &email).await?;
        Ok(Json(PersonPage { items: found.into_iter().map(Person::from).collect() }))
    }

    /// Show an account
    #[oai(path = "/accounts/:id", method = "get", operation_id = "people.show")]
    async fn show(
        &self,
        _auth: Permit<AdminAct>,
        studio: Data<&Studio>,
        /// Its id (`acc_…`).
        id: Path<String>,
    ) -> Result<Json<Person>, Problem> {
        Ok(Json(people::show_account(&studio, account(&id)?).await?.into()))
    }

    /// Give somebody a role
    ///
    /// Signs them out everywhere, so that their next sign-in carries it. Finance is given by two people
    /// together and not here.
    #[oai(path = "/accounts/:id/roles", method = "post", operation_id = "roles.grant")]
    async fn grant(
        &self,
        auth: Permit<AdminAct>,
        studio: Data<&Studio>,
        /// The account (`acc_…`).
        id: Path<String>,
        grant: Body<GrantRole>,
    ) -> Result<Json<Person>, Problem> {
        let (account, reason) = (account(&id)?, Reason::parse(&grant.reason)?);
        let role = grant.0.role.into();
        let person = people::grant_role(&studio, &staff(&auth), account, role, &reason).await?;
        Ok(Json(person.into()))
    }

    /// Take a role away from somebody
    ///
    /// Signs them out everywhere, so that no token of theirs still carries it.
    #[oai(
        path = "/accounts/:id/roles/:role/revoke",
        method = "post",
        operation_id = "roles.revoke"
    )]
    async fn revoke(
        &self,
        auth: Permit<AdminAct>,
        studio: Data<&Studio>,
        /// The account (`acc_…`).
        id: Path<String>,
        /// The role.
        role: Path<Role>,
        revoke: Body<RevokeRole>,
    ) -> Result<Json<Person>, Problem> {
        let (account, reason) = (account(&id)?, Reason::parse(&revoke.reason)?);
        let role = role.0.into();
        let person = people::revoke_role(&studio, &staff(&auth), account, role, &reason).await?;
        Ok(Json(person.into()))
    }
}

fn account(id: &str) -> Result<AccountId, Problem> {
    Ok(ids::parse(id, "id")?)
}
