//! Why an event is not counted. The codes are part of the contract with players and the platform.

/// One reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// Its stable code.
    pub code: &'static str,
    /// What it means, and what to do.
    pub sentence: &'static str,
}

/// An event that was rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The reason's code.
    pub code: &'static str,
    /// What is wrong with this very event.
    pub detail: String,
}

impl Reason {
    /// Rejects in its own words.
    pub fn reject(self) -> Rejection {
        self.because(self.sentence)
    }

    /// Rejects in words for this very event.
    pub fn because(self, detail: impl Into<String>) -> Rejection {
        Rejection { code: self.code, detail: detail.into() }
    }
}

/// Not JSON, or no object.
pub const UNREADABLE: Reason = Reason {
    code: "event.unreadable",
    sentence: "This is not an event. Send one JSON object for each event.",
};
/// Its id tells no time.
pub const BAD_ID: Reason = Reason {
    code: "event.bad_id",
    sentence: "`id` is no UUIDv7. Make it when the event happens: its time is the event's.",
};
/// A field is missing or has a value that it cannot have.
pub const BAD_VALUE: Reason = Reason {
    code: "event.bad_value",
    sentence: "A field is missing or cannot be used. See the event's documentation.",
};
/// It comes after its day was let go.
pub const TOO_OLD: Reason = Reason {
    code: "event.too_old",
    sentence: "The event is older than events are kept. Its day is final; do not send it again.",
};
/// By its id, it has not happened yet.
pub const FROM_THE_FUTURE: Reason = Reason {
    code: "event.from_the_future",
    sentence: "By its id the event has not happened yet. Check the clock, and send it again later.",
};
/// Nothing that can be watched has this id.
pub const UNKNOWN_CONTENT: Reason = Reason {
    code: "event.unknown_content",
    sentence: "There is no such content. Check `content`; do not send the event again.",
};

/// All reasons.
pub const ALL: [Reason; 6] =
    [UNREADABLE, BAD_ID, BAD_VALUE, TOO_OLD, FROM_THE_FUTURE, UNKNOWN_CONTENT];
