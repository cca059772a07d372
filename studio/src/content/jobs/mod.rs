//! What nobody waits for, one file a job.

mod discard_renditions;
mod discard_upload;
mod expire_uploads;
mod forget_webhooks;
mod poll_transcode;
mod purge_content;
mod purge_deleted;
mod sweep_orphans;
mod write_document;

pub use discard_renditions::DiscardRenditions;
pub use discard_upload::DiscardUpload;
pub use expire_uploads::ExpireUploads;
pub use forget_webhooks::ForgetWebhooks;
pub use poll_transcode::PollTranscode;
pub use purge_content::PurgeContent;
pub use purge_deleted::PurgeDeleted;
pub use sweep_orphans::SweepOrphans;
pub use write_document::WriteDocument;
