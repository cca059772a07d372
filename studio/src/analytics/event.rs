//! An engagement event: what a viewer did with a content, and when.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::ids::{AccountId, ContentId};

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $label:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// As it stands on the wire and in the database.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// Reads what [`Self::label`] writes.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.label() == text)
            }
        }
    };
}

labels! {
    /// What the viewer did.
    Kind {
        /// Began to play.
        View = "view",
        /// Watched a stretch since the report before.
        WatchProgress = "watch_progress",
        /// Liked.
        Like = "like",
        /// Took a like back.
        Unlike = "unlike",
        /// Passed the content on.
        Share = "share",
        /// Subscribed to its creator.
        Subscribe = "subscribe",
    }
}

labels! {
    /// On what.
    Device {
        /// A phone.
        Phone = "phone",
        /// A tablet.
        Tablet = "tablet",
        /// A computer.
        Computer = "computer",
        /// A television.
        Tv = "tv",
        /// A game console.
        Console = "console",
        /// A program that says so.
        Bot = "bot",
        /// Something else.
        Other = "other",
        /// Nobody knows.
        Unknown = "unknown",
    }
}

labels! {
    /// How the viewer came to the content.
    Source {
        /// By searching.
        Search = "search",
        /// From a front page or list.
        Browse = "browse",
        /// Suggested beside another content.
        Suggested = "suggested",
        /// From elsewhere.
        External = "external",
        /// From what they subscribed to.
        Subscriptions = "subscriptions",
        /// From a playlist.
        Playlist = "playlist",
        /// Another way.
        Other = "other",
        /// Nobody knows.
        Unknown = "unknown",
    }
}

labels! {
    /// How old the viewer is, where the platform knows.
    AgeGroup {
        /// 13 to 17.
        From13 = "13-17",
        /// 18 to 24.
        From18 = "18-24",
        /// 25 to 34.
        From25 = "25-34",
        /// 35 to 44.
        From35 = "35-44",
        /// 45 to 54.
        From45 = "45-54",
        /// 55 to 64.
        From55 = "55-64",
        /// 65 and older.
        From65 = "65+",
        /// Nobody knows.
        Unknown = "unknown",
    }
}

labels! {
    /// The viewer's gender, where the platform knows.
    Gender {
        /// Male.
        Male = "male",
        /// Female.
        Female = "female",
        /// Another.
        Other = "other",
        /// Nobody knows.
        Unknown = "unknown",
    }
}

/// A country by ISO 3166-1 alpha-2; [`Country::UNKNOWN`] where nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// "ZZ", which ISO leaves to its users.
    pub const UNKNOWN: Self = Self(*b"ZZ");

    /// Two capital letters.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 2] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// Its letters.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// When an event happened, as its id says: a `UUIDv7` begins with the milliseconds since 1970 (RFC 9562, 5.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The UTC day.
    pub day: NaiveDate,
    /// Milliseconds since the day began.
    pub day_ms: i32,
}

impl Moment {
    /// Of an event; `None` when the id is no `UUIDv7`.
    pub fn of(id: Uuid) -> Option<Self> {
        let (seconds, nanoseconds) =
            id.get_timestamp().filter(|_| id.get_version_num() == 7)?.to_unix();
        let at = DateTime::<Utc>::from_timestamp(i64::try_from(seconds).ok()?, nanoseconds)?;
        let day_ms = i32::try_from(at.timestamp_millis().rem_euclid(86_400_000)).ok()?;
        Some(Self { day: at.date_naive(), day_ms })
    }

    /// As a point in time.
    pub fn at(self) -> DateTime<Utc> {
        self.day.and_time(chrono::NaiveTime::MIN).and_utc()
            + chrono::TimeDelta::milliseconds(i64::from(self.day_ms))
    }
}

/// A stretch that was watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// How much was watched since the report before, in milliseconds.
    pub watched_ms: i32,
    /// Where in the content it ended, in milliseconds from the beginning.
    pub position_ms: i32,
}

/// An event that is right by itself; whether its content exists is not known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draft {
    /// Its id, made by whoever saw it happen.
    pub id: Uuid,
    /// When.
    pub moment: Moment,
    /// What it happened to.
    pub content: ContentId,
    /// The pseudonym of who did it.
    pub viewer: Uuid,
    /// The sitting in which.
    pub session: Uuid,
    /// What was done.
    pub kind: Kind,
    /// What was watched; of a [`Kind::WatchProgress`] alone.
    pub stretch: Option<Stretch>,
    /// Where.
    pub country: Country,
    /// On what.
    pub device: Device,
    /// From where.
    pub source: Source,
    /// By whom.
    pub age_group: AgeGroup,
    /// By whom.
    pub gender: Gender,
}

/// An event whose content is known: a row to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// What was reported.
    pub draft: Draft,
    /// Whose content it is.
    pub creator: AccountId,
    /// The hundredths of the content in which the stretch began and ended.
    pub percent: Option<(i16, i16)>,
}

impl Event {
    /// An event of `creator`'s content, which plays for `duration_ms`.
    pub fn new(draft: Draft, creator: AccountId, duration_ms: i64) -> Self {
        let percent = draft.stretch.map(|stretch| percent_of(stretch, duration_ms));
        Self { draft, creator, percent }
    }
}

fn percent_of(stretch: Stretch, duration_ms: i64) -> (i16, i16) {
    let end = i64::from(stretch.position_ms);
    let hundredth = |ms: i64| {
        let percent = ms.max(0).saturating_mul(100) / duration_ms.max(1);
        i16::try_from(percent.min(100)).unwrap_or(100)
    };
    (hundredth(end - i64::from(stretch.watched_ms)), hundredth(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_says_when_its_event_happened() {
        let moment = Moment::of("019a7f2e-9c00-7000-8000-000000000001".parse().unwrap()).unwrap();
        assert_eq!(moment.at().timestamp_millis(), 0x019a_7f2e_9c00);
        assert_eq!(Moment::of(Uuid::nil()), None);
        assert_eq!(Moment::of("019a7f2e-9c00-4000-8000-000000000001".parse().unwrap()), None);
    }

    #[test]
    fn a_stretch_is_placed_in_hundredths_of_the_content() {
        let stretch = |watched_ms, position_ms| Stretch { watched_ms, position_ms };
        assert_eq!(percent_of(stretch(10_000, 30_000), 100_000), (20, 30));
        assert_eq!(percent_of(stretch(10_000, 5_000), 100_000), (0, 5));
        assert_eq!(percent_of(stretch(10_000, 900_000), 100_000), (100, 100));
        assert_eq!(percent_of(stretch(1, 1), 0), (0, 100));
    }

    #[test]
    fn a_country_is_two_capital_letters() {
        assert_eq!(Country::parse("DE").unwrap().as_bytes(), b"DE");
        assert!(Country::parse("de").is_none() && Country::parse("DEU").is_none());
    }
}
