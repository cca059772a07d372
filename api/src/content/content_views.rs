//! What contents look like on the wire.

use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object, types::Example};
use studio::content::{self, details::NewDetails, listing, media_type, timeline};

use super::{
    bounded::{DescriptionText, TagList, TitleText},
    failure_view::FailureView,
};

/// Whether there is something to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
pub enum ContentKind {
    /// Moving pictures, with or without sound.
    Video,
    /// Sound alone.
    Audio,
}

/// A content's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
pub enum ContentStatus {
    /// Not ready.
    Processing,
    /// Ready, for its creator.
    Private,
    /// Ready, for everybody.
    Public,
}

/// A content's state, as its creator sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
pub enum ContentState {
    /// Parts are being sent.
    Uploading,
    /// The file is safe and being checked.
    Checking,
    /// It is being prepared.
    Transcoding,
    /// The original is safe, but it could not be prepared.
    Failed,
    /// The file cannot be used.
    Refused,
    /// Only its creator sees it.
    Private,
    /// It becomes public by itself.
    Scheduled,
    /// Everybody sees it.
    Public,
    /// Its file never came.
    Expired,
    /// In the bin, or gone.
    Deleted,
}

/// How far transcoding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
pub enum TranscodingStatus {
    /// Not done.
    Pending,
    /// Done.
    Completed,
    /// Given up.
    Failed,
}

/// How far a content is on its way.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Progress {
    /// What happens now: `uploading`, `checking`, `transcoding`.
    step: String,
    /// How far that is, 0 to 100, if it is known.
    percent: Option<f64>,
}

/// One work of a creator.
#[derive(Debug, Object)]
#[oai(rename = "Content", skip_serializing_if_is_none)]
pub struct ContentView {
    /// Its id (`cnt_…`).
    id: String,
    /// Whether there is something to see.
    kind: ContentKind,
    /// The title.
    title: String,
    /// The description.
    description: String,
    /// The tags.
    tags: Vec<String>,
    /// Its status.
    status: ContentStatus,
    /// Its state, as its creator sees it.
    state: ContentState,
    /// How far it is, while it is on its way.
    progress: Option<Progress>,
    /// The upload that it comes from (`upl_…`).
    upload_id: String,
    /// Its file's name.
    file_name: String,
    /// Its file's size in bytes.
    size_bytes: u64,
    /// How long it plays, in seconds.
    duration_seconds: Option<f64>,
    /// Pixels across.
    width: Option<u32>,
    /// Pixels down.
    height: Option<u32>,
    /// A short-lived address of its thumbnail.
    thumbnail_url: Option<String>,
    /// When its upload was begun.
    upload_date: DateTime<Utc>,
    /// When everybody could see it first.
    published_at: Option<DateTime<Utc>>,
    /// When it was put in the bin.
    deleted_at: Option<DateTime<Utc>>,
    /// Until when it can be taken out of the bin.
    restore_until: Option<DateTime<Utc>>,
    /// Why it failed or was refused.
    failure: Option<FailureView>,
    /// Its version; the same as in its ETag.
    version: i64,
    /// Whose it is (`acc_…`).
    creator_id: String,
    /// How far transcoding is.
    transcoding_status: TranscodingStatus,
}

/// A page of contents.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ContentPage {
    /// The contents.
    pub items: Vec<ContentView>,
    /// Where the next page begins; none at the end.
    pub next_cursor: Option<String>,
}

/// What is to be changed; what is not given stays.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct UpdateContent {
    /// The title, 1 to 200 characters.
    pub title: Option<TitleText>,
    /// The description, up to 5,000 characters.
    pub description: Option<DescriptionText>,
    /// All tags, up to 30 of up to 50 characters.
    pub tags: Option<TagList>,
}

impl Example for UpdateContent {
    fn example() -> Self {
        Self {
            title: Some(TitleText("A day at the beach".to_owned())),
            description: Some(DescriptionText("Filmed in one take.".to_owned())),
            tags: Some(TagList(vec!["beach".to_owned(), "summer".to_owned()])),
        }
    }
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
pub enum ContentSort {
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
    /// By title.
    Title,
    /// The longest first.
    Longest,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
pub enum StepStanding {
    /// Not begun.
    Pending,
    /// Under way.
    Running,
    /// Done.
    Done,
    /// It stopped here.
    Failed,
}

/// One step of what becomes of a file.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct TimelineStep {
    /// Its stable name.
    step: String,
    /// What happens in it.
    words: String,
    /// Where it stands.
    state: StepStanding,
    /// When it began.
    started_at: Option<DateTime<Utc>>,
    /// When it ended.
    finished_at: Option<DateTime<Utc>>,
    /// What more there is to say.
    detail: Option<String>,
}

/// What has become of a file so far.
#[derive(Debug, Object)]
pub struct Timeline {
    /// The steps, in order.
    pub items: Vec<TimelineStep>,
}

impl From<content::Content> for ContentView {
    fn from(content: content::Content) -> Self {
        let content::Content { record, document, thumbnail_url, restore_until } = content;
        Self {
            id: record.id.to_string(),
            kind: record.kind.into(),
            title: document.title,
            description: document.description,
            tags: document.tags,
            status: record.status().into(),
            state: record.state().into(),
            progress: progress(&record),
            upload_id: record.upload_id.to_string(),
            size_bytes: record.size_bytes.cast_unsigned(),
            duration_seconds: record.duration_seconds(),
            width: record.width.map(i32::cast_unsigned),
            height: record.height.map(i32::cast_unsigned),
            thumbnail_url: thumbnail_url.map(Into::into),
            upload_date: record.created_at,
            published_at: record.published_at,
            deleted_at: record.deleted_at,
            restore_until,
            version: record.version,
            creator_id: record.owner.to_string(),
            transcoding_status: record.transcoding_status().into(),
            file_name: record.file_name,
            failure: record.failure.map(Into::into),
        }
    }
}

fn progress(record: &content::ContentRecord) -> Option<Progress> {
    let step = match record.state() {
        content::State::Uploading => "uploading",
        content::State::Checking => "checking",
        content::State::Transcoding => "transcoding",
        _ => return None,
    };
    Some(Progress { step: step.to_owned(), percent: record.percent() })
}

impl From<media_type::Kind> for ContentKind {
    fn from(kind: media_type::Kind) -> Self {
        match kind {
            media_type::Kind::Video => Self::Video,
            media_type::Kind::Audio => Self::Audio,
        }
    }
}

impl From<ContentKind> for media_type::Kind {
    fn from(kind: ContentKind) -> Self {
        match kind {
            ContentKind::Video => Self::Video,
            ContentKind::Audio => Self::Audio,
        }
    }
}

impl From<content::Status> for ContentStatus {
    fn from(status: content::Status) -> Self {
        match status {
            content::Status::Processing => Self::Processing,
            content::Status::Private => Self::Private,
            content::Status::Public => Self::Public,
        }
    }
}

impl From<ContentStatus> for content::Status {
    fn from(status: ContentStatus) -> Self {
        match status {
            ContentStatus::Processing => Self::Processing,
            ContentStatus::Private => Self::Private,
            ContentStatus::Public => Self::Public,
        }
    }
}

impl From<content::State> for ContentState {
    fn from(state: content::State) -> Self {
        match state {
            content::State::Uploading => Self::Uploading,
            content::State::Checking => Self::Checking,
            content::State::Transcoding => Self::Transcoding,
            content::State::Failed => Self::Failed,
            content::State::Refused => Self::Refused,
            content::State::Private => Self::Private,
            content::State::Public => Self::Public,
            content::State::Expired => Self::Expired,
            content::State::Deleted => Self::Deleted,
        }
    }
}

impl From<content::TranscodingStatus> for TranscodingStatus {
    fn from(status: content::TranscodingStatus) -> Self {
        match status {
            content::TranscodingStatus::Pending => Self::Pending,
            content::TranscodingStatus::Completed => Self::Completed,
            content::TranscodingStatus::Failed => Self::Failed,
        }
    }
}

impl From<ContentSort> for listing::Sort {
    fn from(sort: ContentSort) -> Self {
        match sort {
            ContentSort::Newest => Self::Newest,
            ContentSort::Oldest => Self::Oldest,
            ContentSort::Title => Self::Title,
            ContentSort::Longest => Self::Longest,
        }
    }
}

impl From<UpdateContent> for NewDetails {
    fn from(update: UpdateContent) -> Self {
        Self {
            title: update.title.map(|text| text.0),
            description: update.description.map(|text| text.0),
            tags: update.tags.map(|tags| tags.0),
        }
    }
}

impl From<timeline::TimelineStep> for TimelineStep {
    fn from(step: timeline::TimelineStep) -> Self {
        Self {
            step: step.step.to_owned(),
            words: step.words.to_owned(),
            state: match step.standing {
                timeline::Standing::Pending => StepStanding::Pending,
                timeline::Standing::Running => StepStanding::Running,
                timeline::Standing::Done => StepStanding::Done,
                timeline::Standing::Failed => StepStanding::Failed,
            },
            started_at: step.started_at,
            finished_at: step.finished_at,
            detail: step.detail,
        }
    }
}
