//! What one was told in the portal.

use chrono::{DateTime, Utc};
use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Query, payload::Json, types::Example};
use studio::{
    Refusal, Studio,
    notify::{self, Which, refusals},
    page::PageRequest,
};

use super::Area;
use crate::{
    Problem,
    answers::NoContent,
    auth::{AccountRead, AccountWrite, Permit},
    body::Body,
    ids,
};

/// The resource.
pub struct Notifications;

/// One thing that one was told.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Notification {
    /// Its id (`ntf_…`).
    id: String,
    /// What kind of thing: `content_ready`, `content_failed`, `session_closed`.
    kind: String,
    /// What happened.
    title: String,
    /// What it means, and what can be done.
    body: String,
    /// The work that it is about (`cnt_…`).
    content_id: Option<String>,
    /// When.
    created_at: DateTime<Utc>,
    /// Whether it was read.
    read: bool,
}

/// A page of what one was told.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct NotificationPage {
    /// The notifications, the newest first.
    items: Vec<Notification>,
    /// Where the next page begins; none at the end.
    next_cursor: Option<String>,
}

/// Which were read: one of the two.
#[derive(Object)]
#[oai(skip_serializing_if_is_none, example)]
struct MarkRead {
    /// This one and everything before it (`ntf_…`).
    up_to: Option<String>,
    /// These.
    ids: Option<Vec<String>>,
}

impl Example for MarkRead {
    fn example() -> Self {
        Self { up_to: Some("ntf_0198f2c04a7b7c3e9d5f6a7b8c9d0e1f".to_owned()), ids: None }
    }
}

#[OpenApi(prefix_path = "/v1/me", tag = "Area::Notifications")]
impl Notifications {
    /// List what one was told
    #[oai(path = "/notifications", method = "get", operation_id = "notifications.list")]
    async fn list(
        &self,
        auth: Permit<AccountRead>,
        studio: Data<&Studio>,
        /// From the page before.
        cursor: Query<Option<String>>,
        /// The most items, up to 100.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<NotificationPage>, Problem> {
        let page = PageRequest::parse(cursor.as_deref(), limit.0)?;
        let page = notify::list(&studio, auth.account_id(), page).await?.map(Notification::from);
        Ok(Json(NotificationPage { items: page.items, next_cursor: page.next_cursor }))
    }

    /// Mark as read
    ///
    /// Those that are not one's own, or are gone, are passed over.
    #[oai(path = "/notifications/read", method = "post", operation_id = "notifications.mark_read")]
    async fn mark_read(
        &self,
        auth: Permit<AccountWrite>,
        studio: Data<&Studio>,
        body: Body<MarkRead>,
    ) -> Result<NoContent, Problem> {
        notify::mark_read(&studio, auth.account_id(), which(body.0)?).await?;
        Ok(NoContent::Done)
    }
}

fn which(body: MarkRead) -> Result<Which, Refusal> {
    match body {
        MarkRead { up_to: Some(newest), ids: None } => {
            Ok(Which::Newest(ids::parse(&newest, "up_to")?))
        }
        MarkRead { up_to: None, ids: Some(these) } => {
            let these = these.iter().enumerate();
            let these = these.map(|(at, id)| ids::parse(id, &format!("ids[{at}]")));
            Ok(Which::These(these.collect::<Result<_, _>>()?))
        }
        MarkRead { .. } => Err(refusals::WHICH.refuse()),
    }
}

impl From<notify::Notification> for Notification {
    fn from(told: notify::Notification) -> Self {
        Self {
            id: told.id.to_string(),
            kind: told.kind,
            title: told.title,
            body: told.body,
            content_id: told.content.map(|id| id.to_string()),
            created_at: told.created_at,
            read: told.read,
        }
    }
}
