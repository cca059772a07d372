//! Finished files: where they lie, and the signed, short-lived links to them.

use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use crate::signature::Secret;

/// The results' folder and what makes their links.
pub struct Results {
    pub folder: PathBuf,
    pub base: Url,
    pub secret: Secret,
    pub valid_for: TimeDelta,
}

impl Results {
    /// The folder of one transcode's files.
    pub fn of(&self, id: &str) -> PathBuf {
        self.folder.join(id)
    }

    /// A link to the file `name` of transcode `id`, valid from `now` on for a while.
    pub fn link(&self, id: &str, name: &str, now: DateTime<Utc>) -> Url {
        let expires = (now + self.valid_for).timestamp().to_string();
        let path = format!("/v1/files/{id}/{name}");
        let mut url = self.base.clone();
        url.set_path(&path);
        url.query_pairs_mut()
            .clear()
            .append_pair("expires", &expires)
            .append_pair("signature", &self.mac(&path, &expires));
        url
    }

    /// The file behind a link, if its signature and time are right.
    pub fn behind(&self, link: &Link<'_>, now: DateTime<Utc>) -> Option<PathBuf> {
        let Link { id, name, expires, signature } = link;
        let path = format!("/v1/files/{id}/{name}");
        let proven =
            self.secret.proves(&[b"link.", path.as_bytes(), b".", expires.as_bytes()], signature);
        let in_time = expires.parse().is_ok_and(|expires: i64| now.timestamp() <= expires);
        // Only names that were signed get here; even so, a name is never a path.
        let plain =
            [id, name].into_iter().all(|part| Path::new(part).file_name() == Some(part.as_ref()));
        (proven && in_time && plain).then(|| self.of(id).join(name))
    }

    fn mac(&self, path: &str, expires: &str) -> String {
        self.secret.mac(&[b"link.", path.as_bytes(), b".", expires.as_bytes()])
    }
}

/// The parts of a link.
pub struct Link<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub expires: &'a str,
    pub signature: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results() -> Results {
        Results {
            folder: "/results".into(),
            base: Url::parse("http://127.0.0.1:18090").unwrap(),
            secret: Secret::new("secret"),
            valid_for: TimeDelta::minutes(60),
        }
    }

    fn opened(url: &Url, name: &str, now: DateTime<Utc>) -> Option<PathBuf> {
        let query: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
        let link =
            Link { id: "trc_1", name, expires: &query["expires"], signature: &query["signature"] };
        results().behind(&link, now)
    }

    #[test]
    fn a_link_opens_its_own_file_until_it_expires() {
        let now = Utc::now();
        let url = results().link("trc_1", "720p.mp4", now);
        assert_eq!(opened(&url, "720p.mp4", now), Some("/results/trc_1/720p.mp4".into()));
        assert_eq!(opened(&url, "360p.mp4", now), None);
        assert_eq!(opened(&url, "720p.mp4", now + TimeDelta::minutes(61)), None);
    }

    #[test]
    fn a_link_never_leads_out_of_the_folder() {
        let now = Utc::now();
        let url = results().link("trc_1", "..", now);
        assert_eq!(opened(&url, "..", now), None);
    }
}
