//! Giving and taking roles.

use std::collections::BTreeSet;

use serde_json::json;

use super::role_store;
use crate::{
    Refusal, Result, Studio,
    accounts::{Account, Permission, Role},
    ids::AccountId,
    operations::{Acting, Change, Reason, Staff, StaffAction, act, refusals},
};

/// Gives somebody a role. Giving a role that they have changes nothing, and is on record all the same.
///
/// # Errors
/// [`refusals::SECOND_PERSON_NEEDED`] for finance, [`refusals::NO_SUCH_ACCOUNT`].
pub async fn grant_role(
    studio: &Studio,
    staff: &Staff,
    account: AccountId,
    role: Role,
    reason: &Reason,
) -> Result<Account> {
    change(studio, staff, account, reason, GrantRole { account, role }).await
}

/// Takes a role away from somebody.
///
/// # Errors
/// [`refusals::ROLE_NOT_HELD`], [`refusals::OWN_ADMIN_ROLE`], [`refusals::NO_SUCH_ACCOUNT`].
pub async fn revoke_role(
    studio: &Studio,
    staff: &Staff,
    account: AccountId,
    role: Role,
    reason: &Reason,
) -> Result<Account> {
    change(studio, staff, account, reason, RevokeRole { account, role }).await
}

/// Does it, and signs the person out everywhere, so that no token of theirs still says the old roles.
async fn change<A: StaffAction>(
    studio: &Studio,
    staff: &Staff,
    account: AccountId,
    reason: &Reason,
    action: A,
) -> Result<Account> {
    let mut tx = studio.db.begin().await?;
    act(&mut tx, staff, Some(reason), action).await?;
    // Before the commit, so that roles do not change while sessions cannot be closed; and after it,
    // for whoever signed in between.
    studio.sessions.close_all(account, None).await?;
    tx.commit().await?;
    studio.sessions.close_all(account, None).await?;
    super::show_account(studio, account).await
}

struct GrantRole {
    account: AccountId,
    role: Role,
}

impl StaffAction for GrantRole {
    const NAME: &'static str = "role.grant";
    const NEEDS: Permission = Permission::AdminAct;
    type Done = ();

    fn target(&self) -> String {
        self.account.to_string()
    }

    async fn perform(self, acting: &mut Acting<'_>) -> Result<Change<()>> {
        if self.role == Role::Finance {
            return Err(refusals::SECOND_PERSON_NEEDED.refuse().at("role").into());
        }
        let before = roles(acting, self.account).await?;
        let by = acting.staff().account();
        role_store::grant(acting, self.account, self.role, by).await?;
        let mut after = before.clone();
        after.insert(self.role);
        Change::new(json!({ "roles": before }), json!({ "roles": after }), ())
    }
}

struct RevokeRole {
    account: AccountId,
    role: Role,
}

impl RevokeRole {
    fn check(&self, held: &BTreeSet<Role>, staff: &Staff) -> Result<(), Refusal> {
        if self.role == Role::Admin && staff.account() == Some(self.account) {
            return Err(refusals::OWN_ADMIN_ROLE.refuse().at("role"));
        }
        if !held.contains(&self.role) {
            return Err(refusals::ROLE_NOT_HELD.refuse().at("role"));
        }
        Ok(())
    }
}

impl StaffAction for RevokeRole {
    const NAME: &'static str = "role.revoke";
    const NEEDS: Permission = Permission::AdminAct;
    type Done = ();

    fn target(&self) -> String {
        self.account.to_string()
    }

    async fn perform(self, acting: &mut Acting<'_>) -> Result<Change<()>> {
        let before = roles(acting, self.account).await?;
        self.check(&before, acting.staff())?;
        role_store::revoke(acting, self.account, self.role).await?;
        let mut after = before.clone();
        after.remove(&self.role);
        Change::new(json!({ "roles": before }), json!({ "roles": after }), ())
    }
}

async fn roles(acting: &mut Acting<'_>, account: AccountId) -> Result<BTreeSet<Role>> {
    let roles = role_store::lock(acting, account).await?;
    Ok(roles.ok_or_else(|| refusals::NO_SUCH_ACCOUNT.refuse())?)
}
