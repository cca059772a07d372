//! Why a request about uploads or contents is refused.

use crate::{Code, Kind};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $kind:ident, $title:literal, $action:literal;)*) => {
        $($(#[$doc])* pub static $name: Code = Code::new($code, Kind::$kind, $title, $action);)*
        /// Every code of this concept.
        pub static ALL: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    /// No such upload, or another creator's.
    UPLOAD_NOT_FOUND = "upload.not_found", NotFound,
        "There is no such upload.", "Check the id; your uploads are listed at /v1/uploads.";
    /// Zero bytes.
    UPLOAD_EMPTY = "upload.empty", Invalid,
        "The file is empty.", "Choose a file that has something in it.";
    /// Beyond 5 TiB.
    UPLOAD_TOO_LARGE = "upload.too_large", TooLarge,
        "The file is larger than 5 TiB.", "Export a smaller file, or cut it in two.";
    /// Neither video nor audio by its declared type.
    UPLOAD_UNSUPPORTED_TYPE = "upload.unsupported_type", UnsupportedMedia,
        "Only video and audio can be uploaded.", "Export the file as MP4 (video) or MP3 (audio), then upload that.";
    /// A name of nothing.
    UPLOAD_BAD_FILE_NAME = "upload.bad_file_name", Invalid,
        "The file has no usable name.", "Send the file's own name, without its folder.";
    /// Not 32 bytes in hexadecimal.
    UPLOAD_BAD_SHA256 = "upload.bad_sha256", Invalid,
        "This is not a SHA-256.", "Send 64 hexadecimal digits, or leave the field out.";
    /// No room.
    UPLOAD_NO_ROOM = "upload.no_room", Conflict,
        "There is not enough room for this file. Nothing was sent.", "Delete contents that you no longer need in the library, or ask for more room.";
    /// Zero, or beyond the last.
    UPLOAD_BAD_PART_NUMBER = "upload.bad_part_number", Invalid,
        "This upload has no part with this number.", "Number the parts from 1 to the upload's part_count.";
    /// The same number twice.
    UPLOAD_DUPLICATE_PART = "upload.duplicate_part", Invalid,
        "The same part is named twice.", "Name each part once.";
    /// More than 100, or none.
    UPLOAD_BAD_BATCH = "upload.bad_batch", Invalid,
        "Between 1 and 100 parts can be signed at once.", "Split the request.";
    /// Not 16 bytes in base64.
    UPLOAD_BAD_MD5 = "upload.bad_md5", Invalid,
        "This is not an MD5 in base64.", "Send the 16 bytes of the part's MD5 in standard base64 (24 characters).";
    /// Parts have not arrived.
    UPLOAD_PARTS_MISSING = "upload.parts_missing", Conflict,
        "Some parts have not arrived.", "Send the missing parts, then complete again.";
    /// Parts are there that nobody planned.
    UPLOAD_PARTS_EXTRA = "upload.parts_extra", Conflict,
        "There are more parts than the file has.", "Abort this upload and start again.";
    /// A part is too short or too long.
    UPLOAD_PART_SIZE = "upload.part_size", Conflict,
        "A part does not have the size that was planned.", "Send that part again, then complete again.";
    /// The list of the completion is not the list that was signed.
    UPLOAD_PART_CHANGED = "upload.part_changed", Conflict,
        "A part was sent with another checksum than the one given now.", "Send that part again, or choose the file that this upload began with.";
    /// Out of order.
    UPLOAD_NOT_SUBMITTED = "upload.not_submitted", Conflict,
        "The upload is still waiting for parts.", "Send the parts and complete the upload.";
    /// Out of order.
    UPLOAD_ALREADY_SUBMITTED = "upload.already_submitted", Conflict,
        "The upload was already completed.", "Wait until it is ready; nothing more needs to be sent.";
    /// Out of order.
    UPLOAD_ALREADY_ACCEPTED = "upload.already_accepted", Conflict,
        "The upload is done.", "Find its content in the library.";
    /// Out of order.
    UPLOAD_FAILED = "upload.failed", Conflict,
        "The upload could not be prepared. The original is safe.", "Retry its content instead of sending anything again.";
    /// Out of order.
    UPLOAD_REFUSED = "upload.refused", Conflict,
        "The file was refused.", "Read why on its content, then upload another file.";
    /// Out of order.
    UPLOAD_ABORTED = "upload.aborted", Conflict,
        "The upload was given up.", "Start a new upload.";
    /// Out of order.
    UPLOAD_EXPIRED = "upload.expired", Conflict,
        "The upload expired, because no part came for too long.", "Start a new upload.";
    /// Out of order.
    UPLOAD_NOT_FAILED = "upload.not_failed", Conflict,
        "Only what failed can be tried again.", "Look at the content's state.";
    /// No such content, or another creator's.
    CONTENT_NOT_FOUND = "content.not_found", NotFound,
        "There is no such content.", "Check the id; your contents are listed at /v1/contents.";
    /// Purged.
    CONTENT_PURGED = "content.purged", Gone,
        "The content was deleted for good.", "Upload the file again if you still have it.";
    /// Changed elsewhere.
    CONTENT_STALE = "content.stale", Stale,
        "The content changed elsewhere. Nothing was saved.", "Read it again, compare, and save with its present ETag.";
    /// No `If-Match`.
    CONTENT_VERSION_REQUIRED = "content.version_required", VersionRequired,
        "Say which version you are editing.", "Send the content's ETag as If-Match.";
    /// A title of nothing, or too long.
    CONTENT_BAD_TITLE = "content.bad_title", Invalid,
        "A title has 1 to 200 characters.", "Shorten the title, or give one.";
    /// Too long.
    CONTENT_BAD_DESCRIPTION = "content.bad_description", Invalid,
        "A description has at most 5,000 characters.", "Shorten the description.";
    /// Too many or too long.
    CONTENT_BAD_TAGS = "content.bad_tags", Invalid,
        "A content has at most 30 tags of 1 to 50 characters.", "Remove or shorten tags.";
    /// Not yet.
    CONTENT_NOT_READY = "content.not_ready", Conflict,
        "The content is not ready.", "Wait until it is ready, then try again.";
    /// Deleted.
    CONTENT_DELETED = "content.deleted", Conflict,
        "The content is deleted.", "Restore it first.";
    /// Not deleted.
    CONTENT_NOT_DELETED = "content.not_deleted", Conflict,
        "The content is not deleted.", "There is nothing to restore.";
    /// Its file is still arriving.
    CONTENT_UPLOADING = "content.uploading", Conflict,
        "The file of this content is still being uploaded.", "Abort the upload instead.";
    /// A filter that cannot be.
    CONTENT_BAD_FILTER = "content.bad_filter", Invalid,
        "This filter has an unknown value.", "Use one of the documented values.";
    /// A grant that we did not give, or whose time is over.
    PLAYBACK_EXPIRED = "playback.expired", Gone,
        "This playback address is no longer good.", "Ask for the content's playback address again.";
    /// No such rendition.
    PLAYBACK_NO_RENDITION = "playback.no_rendition", NotFound,
        "There is no such rendition.", "Start from the master playlist.";
    /// Not a number of ours.
    EVENTS_BAD_ID = "events.bad_last_event_id", Invalid,
        "This Last-Event-ID was not given out by this stream.", "Connect without it, and read the lists once.";
    /// Forged.
    WEBHOOK_BAD_SIGNATURE = "webhook.bad_signature", Unauthenticated,
        "The signature does not fit the body.", "Sign `<t>.<body>` with the shared secret.";
    /// Too old, or from the future.
    WEBHOOK_OUT_OF_TIME = "webhook.out_of_time", Unauthenticated,
        "The signature is older than five minutes, or from the future.", "Sign at the moment of sending; check the clock.";
    /// Not what the contract says.
    WEBHOOK_UNREADABLE = "webhook.unreadable", Invalid,
        "The body is not an event of the contract.", "See ops/vod/openapi.json.";
    /// About something that we never handed over.
    WEBHOOK_UNKNOWN_REFERENCE = "webhook.unknown_reference", NotFound,
        "Nothing was handed over under this reference.", "Check the reference.";
}
