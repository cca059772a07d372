//! Finding one's own contents: filter, search, order, one page at a time.
//!
//! Postgres filters, searches and sorts; MongoDB is then asked for the documents of one page, by id. The
//! words that are searched stand beside the row and are written in the edit's own transaction. A search
//! reads only the rows of its owner, found by index: thousands at most, whoever else has how many
//! millions, so neither a text index in MongoDB nor trigrams over everybody's rows are needed.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{Postgres, QueryBuilder};

use super::{
    Content, ContentRecord, Status,
    content_store::{COLUMNS, Row, kind_name},
    details::tag_key,
    document::ContentDocument,
    document_store,
    media_type::Kind,
};
use crate::{
    Result, Studio,
    ids::{AccountId, ContentId},
    page::{Page, PageRequest},
};

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// By title.
    Title,
    /// The longest first.
    Longest,
}

/// What is asked for; what is none does not matter.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// With this status.
    pub status: Option<Status>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// With this tag.
    pub tag: Option<String>,
    /// With all of these words in title, description or tags.
    pub text: Option<String>,
    /// In the bin instead of the library.
    pub deleted: bool,
    /// In which order.
    pub sort: Sort,
}

/// Where a page ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListCursor {
    sort: Sort,
    title: Option<String>,
    duration_ms: Option<i64>,
    id: ContentId,
}

/// The owner's contents.
///
/// # Errors
/// `page.bad_cursor` for a cursor of a list in another order; MongoDB or Postgres is away.
pub async fn list(
    studio: &Studio,
    owner: AccountId,
    filter: &Filter,
    page: &PageRequest<ListCursor>,
) -> Result<Page<Content>> {
    if page.after.as_ref().is_some_and(|after| after.sort != filter.sort) {
        return Err(crate::page::BAD_CURSOR.refuse().at("cursor").into());
    }
    let mut query = select(owner, filter);
    begin_after(&mut query, page.after.as_ref());
    order(&mut query, filter.sort, page.rows());
    let rows: Vec<Row> = query.build_query_as().fetch_all(&studio.db).await?;
    let rows = rows.into_iter().map(ContentRecord::from).collect();
    let page = Page::from_rows(rows, page.limit, |record| cursor(filter.sort, record));
    let items = with_documents(studio, page.items).await?;
    Ok(Page { items, next_cursor: page.next_cursor })
}

/// Puts documents and thumbnail addresses to records: one question to MongoDB, none to the object store.
pub(super) async fn with_documents(
    studio: &Studio,
    records: Vec<ContentRecord>,
) -> Result<Vec<Content>> {
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ContentId> = records.iter().map(|record| record.id).collect();
    let mut documents = document_store::find(studio, &ids).await?;
    let mut contents = Vec::with_capacity(records.len());
    for record in records {
        let document = documents.remove(&record.id);
        contents.push(with_document(studio, record, document).await?);
    }
    Ok(contents)
}

async fn with_document(
    studio: &Studio,
    record: ContentRecord,
    document: Option<ContentDocument>,
) -> Result<Content> {
    let settings = &studio.config.content;
    let thumbnail_url = match &record.thumbnail_key {
        Some(key) => {
            let valid_for = Duration::from_secs(settings.signed_url_seconds);
            Some(studio.objects.sign_view(key, valid_for).await?.url)
        }
        None => None,
    };
    let restore_until: Option<DateTime<Utc>> = record.restore_until(settings.retention_days);
    let document = document.unwrap_or_else(|| ContentDocument::unwritten(&record));
    Ok(Content { record, document, thumbnail_url, restore_until })
}

fn cursor(sort: Sort, record: &ContentRecord) -> ListCursor {
    ListCursor {
        sort,
        title: (sort == Sort::Title).then(|| record.sort_title.clone()),
        duration_ms: (sort == Sort::Longest).then(|| record.duration_ms.unwrap_or(-1)),
        id: record.id,
    }
}

fn select(owner: AccountId, filter: &Filter) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("select ");
    query
        .push(COLUMNS)
        .push(" from contents c join uploads u on u.id = c.upload_id where c.owner = ");
    query.push_bind(owner).push(" and c.purged_at is null and c.deleted_at is ");
    query.push(if filter.deleted { "not null" } else { "null" });
    match filter.status {
        Some(Status::Processing) => query.push(" and c.stage <> 'ready'"),
        Some(Status::Private) => query.push(" and c.stage = 'ready' and c.visibility = 'private'"),
        Some(Status::Public) => query.push(" and c.stage = 'ready' and c.visibility = 'public'"),
        None => &mut query,
    };
    if let Some(kind) = filter.kind {
        query.push(" and c.kind = ").push_bind(kind_name(kind));
    }
    if let Some(tag) = &filter.tag {
        query.push(" and c.tags @> array[").push_bind(tag_key(tag)).push("]");
    }
    for word in filter.text.iter().flat_map(|text| text.split_whitespace()).take(10) {
        query.push(" and strpos(c.search_text, ").push_bind(word.to_lowercase()).push(") > 0");
    }
    query
}

fn begin_after(query: &mut QueryBuilder<Postgres>, after: Option<&ListCursor>) {
    let Some(after) = after else { return };
    match after.sort {
        Sort::Newest => query.push(" and c.id < ").push_bind(after.id),
        Sort::Oldest => query.push(" and c.id > ").push_bind(after.id),
        Sort::Title => {
            query
                .push(" and (c.sort_title, c.id) > (")
                .push_bind(after.title.clone().unwrap_or_default());
            query.push(", ").push_bind(after.id).push(")")
        }
        Sort::Longest => {
            query.push(" and (coalesce(c.duration_ms, -1), c.id) < (");
            query
                .push_bind(after.duration_ms.unwrap_or(-1))
                .push(", ")
                .push_bind(after.id)
                .push(")")
        }
    };
}

fn order(query: &mut QueryBuilder<Postgres>, sort: Sort, rows: i64) {
    query.push(match sort {
        Sort::Newest => " order by c.id desc",
        Sort::Oldest => " order by c.id",
        Sort::Title => " order by c.sort_title, c.id",
        Sort::Longest => " order by coalesce(c.duration_ms, -1) desc, c.id desc",
    });
    query.push(" limit ").push_bind(rows);
}
