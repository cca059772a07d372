//! ETag and If-Match: the version of a content that an edit speaks of.

use poem_openapi::param::Header;
use studio::{Refusal, content::refusals};

/// A version as an ETag.
pub fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

/// The version that the caller is editing.
///
/// # Errors
/// `content.version_required` without the header, `content.stale` for one that was never given out.
pub fn version(header: &Header<Option<String>>) -> Result<i64, Refusal> {
    let Some(text) = &header.0 else {
        return Err(refusals::CONTENT_VERSION_REQUIRED.refuse().at("If-Match"));
    };
    let tag = text.trim().trim_start_matches("W/").trim_matches('"');
    tag.parse().map_err(|_| refusals::CONTENT_STALE.refuse().at("If-Match"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: Option<&str>) -> Result<i64, &'static str> {
        version(&Header(text.map(ToOwned::to_owned))).map_err(|refusal| refusal.code.code)
    }

    #[test]
    fn an_etag_reads_back_weak_or_strong() {
        assert_eq!(read(Some(&etag(7))), Ok(7));
        assert_eq!(read(Some("W/\"7\"")), Ok(7));
    }

    #[test]
    fn an_edit_has_to_say_what_it_edits() {
        assert_eq!(read(None), Err("content.version_required"));
        assert_eq!(read(Some("\"something\"")), Err("content.stale"));
        assert_eq!(read(Some("*")), Err("content.stale"));
    }
}
