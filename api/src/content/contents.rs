//! One's works.

use poem::web::Data;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::{Header, Path, Query},
    payload::Json,
};
use studio::{
    Studio,
    analytics::engagement_token,
    content::{Content, curating, listing, playback, timeline},
    page::PageRequest,
};

use super::{
    Area,
    content_views::{
        ContentKind, ContentPage, ContentSort, ContentStatus, ContentView, Timeline, UpdateContent,
    },
    if_match,
    viewer::Viewer,
};
use crate::{
    Problem,
    auth::{ContentRead, ContentWrite, Permit},
    body::Body,
    ids,
};

/// The resource.
pub struct Contents;

/// A content, with the version that an edit has to name.
#[derive(ApiResponse)]
enum Versioned {
    /// As it is now.
    #[oai(status = 200)]
    Now(
        Json<ContentView>,
        /// What an edit sends as If-Match.
        #[oai(header = "ETag")]
        String,
    ),
}

/// It will be prepared once more.
#[derive(ApiResponse)]
enum Retried {
    /// Taken; the rest happens by itself.
    #[oai(status = 202)]
    Taken(
        Json<ContentView>,
        /// What an edit sends as If-Match.
        #[oai(header = "ETag")]
        String,
    ),
}

impl From<Content> for Retried {
    fn from(content: Content) -> Self {
        let etag = if_match::etag(content.record.version);
        Self::Taken(Json(content.into()), etag)
    }
}

impl From<Content> for Versioned {
    fn from(content: Content) -> Self {
        let etag = if_match::etag(content.record.version);
        Self::Now(Json(content.into()), etag)
    }
}

/// Where and how long a content can be played.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct Playback {
    /// The HLS master playlist. Whoever has this address can play the content until it expires.
    hls_url: String,
    /// A still picture.
    poster_url: Option<String>,
    /// How long it plays, in seconds.
    duration_seconds: f64,
    /// Until when these addresses are good.
    expires_at: chrono::DateTime<chrono::Utc>,
    /// What lets a player report what the viewer does (`engagement.report`); none for creators who look at
    /// their own work.
    engagement_token: Option<String>,
}

#[OpenApi(prefix_path = "/v1/contents", tag = "Area::Contents")]
impl Contents {
    /// List one's contents
    #[oai(path = "/", method = "get", operation_id = "contents.list")]
    #[allow(clippy::too_many_arguments, reason = "each is a parameter of the query")]
    async fn list(
        &self,
        auth: Permit<ContentRead>,
        studio: Data<&Studio>,
        /// Only those with this status.
        status: Query<Option<ContentStatus>>,
        /// Only those of this kind.
        kind: Query<Option<ContentKind>>,
        /// Only those with this tag, in any spelling of its letters.
        #[oai(validator(max_length = 50))]
        tag: Query<Option<String>>,
        /// Only those with all of these words in title, description or tags.
        #[oai(validator(max_length = 200))]
        q: Query<Option<String>>,
        /// In which order; the newest first if nothing is said.
        sort: Query<Option<ContentSort>>,
        /// Those in the bin instead.
        deleted: Query<Option<bool>>,
        /// From the page before, of a list in the same order.
        cursor: Query<Option<String>>,
        /// The most items, up to 100.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<ContentPage>, Problem> {
        let filter = listing::Filter {
            status: status.0.map(Into::into),
            kind: kind.0.map(Into::into),
            tag: tag.0,
            text: q.0,
            deleted: deleted.0.unwrap_or(false),
            sort: sort.0.map(Into::into).unwrap_or_default(),
        };
        let page = PageRequest::parse(cursor.as_deref(), limit.0)?;
        let page = listing::list(&studio, auth.account_id(), &filter, &page).await?.map(Into::into);
        Ok(Json(ContentPage { items: page.items, next_cursor: page.next_cursor }))
    }

    /// Show a content
    #[oai(path = "/:id", method = "get", operation_id = "contents.show")]
    async fn show(
        &self,
        auth: Permit<ContentRead>,
        studio: Data<&Studio>,
        /// The content (`cnt_…`).
        id: Path<String>,
    ) -> Result<Versioned, Problem> {
        Ok(curating::show(&studio, auth.account_id(), ids::parse(&id, "id")?).await?.into())
    }

    /// Change title, description or tags
    #[oai(path = "/:id", method = "patch", operation_id = "contents.update")]
    async fn update(
        &self,
        auth: Permit<ContentWrite>,
        studio: Data<&Studio>,
        /// The content (`cnt_…`).
        id: Path<String>,
        /// The ETag of what is being edited. Required: without it nothing is saved.
        #[oai(name = "If-Match")]
        if_match: Header<Option<String>>,
        body: Body<UpdateContent>,
    ) -> Result<Versioned, Problem> {
        let version = if_match::version(&if_match)?;
        let id = ids::parse(&id, "id")?;
        Ok(curating::edit(&studio, auth.account_id(), id, version, body.0.into()).await?.into())
    }

    /// Let everybody see a content
    #[oai(path = "/:id/publish", method = "post", operation_id = "contents.publish")]
    async fn publish(
        &self,
        auth: Permit<ContentWrite>,
        studio: Data<&Studio>,
        /// The content (`cnt_…`).
        id: Path<String>,
    ) -> Result<Versioned, Problem> {
        Ok(curating::publish(&studio, auth.account_id(), ids::parse(&id, "id")?).await?.into())
    }

    /// Let only oneself see a content
    #[oai(path = "/:id/unpublish", method = "post", operation_id = "contents.unpublish")]
    async fn unpublish(
        &self,
        auth: Permit<ContentWrite>,
        studio: Data<&Studio>,
        /// The content (`cnt_…`).
        id: Path<String>,
    ) -> Result<Versioned, Problem> {
        Ok(curating::unpublish(&studio, auth.account_id(), ids::parse(&id, "id")?).await?.into())
    }

    /// Put a content in the bin
    ///
    /// Nobody else sees it any more. It can be restored until `restore_until`.
    #[oai(path = "/:id", method = "delete", operation_id = "contents.delete")]
    async fn delete(
        &self,
        auth: Permit<ContentWrite>,
        studio: Data<&Studio>,
        /// The content (`cnt_…`).
        id: Path<String>,
    ) -> Result<Versioned, Problem> {
        Ok(curating::delete(&studio, auth.account_id(), ids::parse(&id, "id")?).await?.into())
    }

    /// Take a content out of the bin
    #[oai(path = "/:id/restore", method = "post", operation_id = "contents.restore")]
    async fn restore(
        &self,
        auth: Permit<ContentWrite>,
        studio: Data<&Studio>,
        /// The content (`cnt_…`).
        id: Path<String>,
    ) -> Result<Versioned, Problem> {
        Ok(curating::restore(&studio, auth.account_id(), ids::parse(&id, "id")?).await?.into())
    }

    /// Prepare a content once more that could not be
    #[oai(path = "/:id/retry", method = "post", operation_id = "contents.retry")]
    async fn retry(
        &self,
        auth: Permit<ContentWrite>,
        studio: Data<&Studio>,
        /// The content (`cnt_…`).
        id: Path<String>,
    ) -> Result<Retried, Problem> {
        Ok(curating::retry(&studio, auth.account_id(), ids::parse(&id, "id")?).await?.into())
    }

    /// Get addresses to play a content
    ///
    /// For its creator, and for everybody when it is public: then no sign-in is needed.
    #[oai(path = "/:id/playback", method = "get", operation_id = "contents.playback")]
    async fn playback(
        &self,
        viewer: Viewer,
        studio: Data<&Studio>,
        /// The content (`cnt_…`).
        id: Path<String>,
    ) -> Result<Json<Playback>, Problem> {
        let id = ids::parse(&id, "id")?;
        let found = playback::playback(&studio, viewer.account, id).await?;
        let engagement_token = if found.own {
            None
        } else {
            Some(engagement_token::of_viewer(&studio, viewer.account, id, found.expires_at)?)
        };
        Ok(Json(Playback {
            engagement_token,
            hls_url: found.hls_url.into(),
            poster_url: found.poster_url.map(Into::into),
            duration_seconds: found.duration_seconds,
            expires_at: found.expires_at,
        }))
    }

    /// Show what has become of a content's file so far
    #[oai(path = "/:id/timeline", method = "get", operation_id = "contents.timeline")]
    async fn timeline(
        &self,
        auth: Permit<ContentRead>,
        studio: Data<&Studio>,
        /// The content (`cnt_…`).
        id: Path<String>,
    ) -> Result<Json<Timeline>, Problem> {
        let id = ids::parse(&id, "id")?;
        let steps = timeline::timeline(&studio, auth.account_id(), id).await?;
        Ok(Json(Timeline { items: steps.into_iter().map(Into::into).collect() }))
    }
}
