//! The resources of works: files on their way in, contents, playing them, and news of all of it.

mod bounded;
mod content_views;
mod contents;
mod events;
mod failure_view;
mod if_match;
mod live_event;
mod playback;
mod raw_json;
mod upload_views;
mod uploads;
mod viewer;
mod webhooks;

pub(crate) use content_views::ContentKind;
pub use contents::Contents;
pub use events::Events;
pub use playback::Playlists;
pub use uploads::Uploads;
pub use webhooks::Webhooks;

/// The resources, for the service.
pub type Resources = (Uploads, Contents, Playlists, Events, Webhooks);

/// All of them.
pub const RESOURCES: Resources = (Uploads, Contents, Playlists, Events, Webhooks);

/// The areas of the document.
#[derive(poem_openapi::Tags)]
pub(crate) enum Area {
    /// Files on their way in.
    Uploads,
    /// One's works.
    Contents,
    /// Playlists for players.
    Playback,
    /// What changes, as it changes.
    Events,
    /// Reports of services beside this one.
    Webhooks,
}
