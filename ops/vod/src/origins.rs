//! Which addresses this service may call.
//!
//! Source and callback come from the client, and a client could have been talked into naming an
//! address inside our network. So only listed origins are called, and redirects are never followed.

use std::str::FromStr;

use url::Url;

/// `scheme://host:port`; a port of `*` stands for any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    scheme: String,
    host: String,
    port: Option<u16>,
}

#[derive(Debug, thiserror::Error)]
#[error("an origin looks like https://media.example.com or http://127.0.0.1:*")]
pub struct NotAnOrigin;

impl FromStr for Origin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let any_port = text.strip_suffix(":*");
        let url = Url::parse(any_port.unwrap_or(text)).map_err(|_| NotAnOrigin)?;
        let bare = url.path() == "/" && url.query().is_none() && url.username().is_empty();
        let host = url.host_str().filter(|_| bare).ok_or(NotAnOrigin)?;
        let port = match any_port {
            Some(_) => None,
            None => Some(url.port_or_known_default().ok_or(NotAnOrigin)?),
        };
        Ok(Self { scheme: url.scheme().to_owned(), host: host.to_owned(), port })
    }
}

impl Origin {
    fn covers(&self, url: &Url) -> bool {
        url.scheme() == self.scheme
            && url.host_str() == Some(&self.host)
            && self.port.is_none_or(|port| url.port_or_known_default() == Some(port))
    }
}

/// Whether one of the origins covers `url`.
pub fn allow(origins: &[Origin], url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && origins.iter().any(|origin| origin.covers(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(url: &str) -> bool {
        let origins = ["http://127.0.0.1:*", "https://media.example.com"];
        let origins = origins.map(|origin| origin.parse().unwrap());
        allow(&origins, &Url::parse(url).unwrap())
    }

    #[test]
    fn only_listed_origins_are_called() {
        assert!(allowed("http://127.0.0.1:9000/bucket/key?X-Amz-Signature=1"));
        assert!(allowed("https://media.example.com/key"));
        for other in [
            "https://127.0.0.1:9000/",
            "http://media.example.com/",
            "https://media.example.com:8443/",
            "https://media.example.com@evil.test/",
            "http://169.254.169.254/latest/meta-data",
            "http://localhost:9000/",
            "file:///etc/passwd",
        ] {
            assert!(!allowed(other), "{other}");
        }
    }

    #[test]
    fn what_is_not_an_origin_is_no_setting() {
        for text in ["", "media.example.com", "https://host/path", "https://user@host", "data:x"] {
            assert!(text.parse::<Origin>().is_err(), "{text}");
        }
    }
}
