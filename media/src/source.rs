//! Where media is read from.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use url::Url;

use crate::{MediaError, allowlist};

/// A file on this machine, or an `http(s)` address (a presigned GET, say) that answers ranges.
#[derive(Clone, Debug)]
pub enum Source {
    /// A local file; read without any network.
    File(PathBuf),
    /// A remote object. The address is a capability: it is kept out of errors and logs.
    Url(Url),
}

impl Source {
    /// The protocols that ffmpeg may use to read this source.
    pub(crate) fn protocols(&self) -> &'static str {
        match self {
            Self::File(_) => allowlist::FILE_PROTOCOLS,
            Self::Url(_) => allowlist::URL_PROTOCOLS,
        }
    }

    /// The argument after `-i`. Local paths are absolute and carry `file:`, so that no file name can be
    /// read as an option or as another protocol.
    pub(crate) fn argument(&self) -> Result<OsString, MediaError> {
        match self {
            Self::File(path) => {
                let mut argument = OsString::from("file:");
                argument.push(std::path::absolute(path)?);
                Ok(argument)
            }
            Self::Url(url) if matches!(url.scheme(), "http" | "https") => Ok(url.as_str().into()),
            Self::Url(url) => Err(MediaError::SourceUnavailable {
                reason: format!("the scheme {} is not http or https", url.scheme()),
            }),
        }
    }

    /// `text` without this source's address.
    pub(crate) fn redact(&self, text: &str) -> String {
        match self {
            Self::File(path) => text.replace(&path.display().to_string(), "<file>"),
            Self::Url(url) => text.replace(url.as_str(), "<source>"),
        }
    }
}

impl From<&Path> for Source {
    fn from(path: &Path) -> Self {
        Self::File(path.to_owned())
    }
}

impl From<Url> for Source {
    fn from(url: Url) -> Self {
        Self::Url(url)
    }
}
