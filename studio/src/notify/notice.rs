//! What can happen to somebody's works and account that they should know of, and the words for it.

use super::Letter;
use crate::ids::ContentId;

/// Who can see a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Its owner.
    Private,
    /// Everyone.
    Public,
}

/// Something that somebody should know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A work can be watched.
    ContentReady {
        /// Which.
        content: ContentId,
        /// What it is called.
        title: String,
        /// By whom.
        visibility: Visibility,
    },
    /// A work could not be prepared, or its file cannot be used.
    ContentFailed {
        /// Which.
        content: ContentId,
        /// What it is called.
        title: String,
        /// What happened, in the creator's words.
        sentence: String,
        /// What they can do.
        what_to_do: String,
    },
    /// A session was closed because its refresh token was used twice.
    SessionClosed,
}

/// A notice in words.
pub(super) struct Words {
    pub kind: &'static str,
    pub title: String,
    pub body: String,
    pub content: Option<ContentId>,
}

impl Notice {
    pub(super) fn words(&self) -> Words {
        match self {
            Self::ContentReady { content, title, visibility } => Words {
                kind: "content_ready",
                title: format!("“{title}” is ready"),
                body: match visibility {
                    Visibility::Private => "Only you see it. Make it public when you like.".into(),
                    Visibility::Public => "It is public now: everyone can see it.".into(),
                },
                content: Some(*content),
            },
            Self::ContentFailed { content, title, sentence, what_to_do } => Words {
                kind: "content_failed",
                title: format!("“{title}” needs you"),
                body: format!("{sentence} {what_to_do}"),
                content: Some(*content),
            },
            Self::SessionClosed => Words {
                kind: "session_closed",
                title: "We signed one of your devices out".into(),
                body: "Its session was used from two places. If you do not know why, change your password.".into(),
                content: None,
            },
        }
    }

    /// The letter that goes with it.
    pub(super) fn letter(&self, display_name: String) -> Letter {
        let Words { title, body, content, .. } = self.words();
        match (self, content) {
            (Self::SessionClosed, _) | (_, None) => Letter::SessionClosed { display_name },
            (_, Some(content)) => Letter::News {
                display_name,
                title,
                body,
                path: format!("/studio/library/{content}"),
                link: "Open it".into(),
            },
        }
    }
}
