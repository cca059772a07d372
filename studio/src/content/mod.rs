//! Works of creators: files on their way in, what becomes of them, and who may see them.
//!
//! - a file arrives: [`upload`], [`part_plan`], [`uploading`]
//! - it becomes a content: [`publishing`], [`failures`], [`handoff`], [`vod`]
//! - the content itself: [`Content`], [`document`], [`curating`], [`listing`], [`timeline`]
//! - it is played: [`playback`], [`playlist`], [`grant`]
//! - it is watched while it changes: [`live`]; the platform is told: `announcing`
//! - bytes: [`objects`]; room: [`storage`]; what nobody waits for: [`jobs`]
//!
//! Transactions lock in one order, so that none waits for another in a circle: upload, content, room
//! ([`storage`]), and then writes, each of which takes the owner's change number.

mod announcing;
mod arrived_parts;
pub(crate) mod content_store;
pub mod curating;
pub mod demo;
pub mod details;
pub mod document;
pub(crate) mod document_store;
pub mod failures;
pub mod file_name;
pub mod grant;
pub mod handoff;
mod handoff_store;
pub mod jobs;
pub mod listing;
pub mod live;
pub mod media_type;
pub mod objects;
pub mod part_plan;
pub mod playback;
pub mod playlist;
pub mod publishing;
pub mod purging;
mod record;
pub mod refusals;
pub mod rendition;
mod rendition_store;
mod stage;
pub mod storage;
pub mod timeline;
pub mod upload;
mod upload_store;
pub mod uploading;
pub mod vod;

pub use record::{Content, ContentRecord};
pub use stage::{Stage, State, Status, TranscodingStatus, Visibility};
