//! The keys of all objects, in one place.

use crate::ids::{ContentId, UploadId};
use uuid::Uuid;

/// What the keys of all originals begin with.
pub const ORIGINALS: &str = "originals/";

/// Where the bytes of an upload are.
pub fn original(content: ContentId, upload: UploadId) -> String {
    format!("{ORIGINALS}{content}/{upload}/original")
}

/// The upload whose original this is. `key` stands without the store's prefix.
pub fn upload_of(key: &str) -> Option<UploadId> {
    let mut parts = key.strip_prefix(ORIGINALS)?.split('/');
    let (_content, upload, name) = (parts.next()?, parts.next()?, parts.next()?);
    (name == "original" && parts.next().is_none()).then(|| upload.parse().ok()).flatten()
}

/// Where one rendition of one hand-off is.
pub fn rendition(content: ContentId, handoff: Uuid, name: &str) -> String {
    format!("renditions/{content}/{}/{name}.mp4", handoff.simple())
}

/// Where the thumbnail of one hand-off is.
pub fn thumbnail(content: ContentId, handoff: Uuid) -> String {
    format!("renditions/{content}/{}/thumbnail.jpg", handoff.simple())
}

/// What the keys of everything of one content begin with.
pub fn of_content(content: ContentId) -> [String; 2] {
    [format!("{ORIGINALS}{content}/"), format!("renditions/{content}/")]
}

/// What the keys of what one hand-off brought back begin with.
pub fn of_handoff(content: ContentId, handoff: Uuid) -> String {
    format!("renditions/{content}/{}/", handoff.simple())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_original_names_its_upload() {
        let upload = UploadId::new();
        assert_eq!(upload_of(&original(ContentId::new(), upload)), Some(upload));
        assert_eq!(upload_of("originals/somebody/else"), None);
    }
}
