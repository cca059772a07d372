//! One's own account.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, payload::Json, types::Example};
use studio::{
    Studio,
    accounts::{Account, profile},
    content::storage,
};

use super::{Area, texts::NameText, views::MeView};
use crate::{
    Problem,
    auth::{AccountRead, AccountWrite, Permit},
    body::Body,
};

/// The resource.
pub struct Me;

/// What is to change.
#[derive(Object)]
#[oai(example)]
struct UpdateMe {
    /// What one wants to be called.
    display_name: NameText,
}

impl Example for UpdateMe {
    fn example() -> Self {
        Self { display_name: NameText::example() }
    }
}

#[OpenApi(prefix_path = "/v1", tag = "Area::Me")]
impl Me {
    /// See who one is
    #[oai(path = "/me", method = "get", operation_id = "me.show")]
    async fn show(
        &self,
        auth: Permit<AccountRead>,
        studio: Data<&Studio>,
    ) -> Result<Json<MeView>, Problem> {
        with_room(&studio, profile::show(&studio, auth.account_id()).await?).await
    }

    /// Change what one is called
    #[oai(path = "/me", method = "patch", operation_id = "me.update")]
    async fn update(
        &self,
        auth: Permit<AccountWrite>,
        studio: Data<&Studio>,
        body: Body<UpdateMe>,
    ) -> Result<Json<MeView>, Problem> {
        let name = body.0.display_name.0.parse()?;
        with_room(&studio, profile::rename(&studio, auth.account_id(), &name).await?).await
    }
}

async fn with_room(studio: &Studio, account: Account) -> Result<Json<MeView>, Problem> {
    let mut db = studio.db.acquire().await.map_err(studio::Error::from)?;
    let room = storage::used(studio, &mut db, account.id).await?;
    Ok(Json(MeView::of(account, room)))
}
