//! Events as players and the platform send them, and what makes one readable.
//!
//! An event is read leniently first and judged field by field, so that one bad event is answered by itself and the
//! rest of its batch goes on.

mod fields;

use serde::Deserialize as _;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use fields::{Field, Fields};

use super::{
    event::{AgeGroup, Country, Device, Draft, Gender, Kind, Moment, Source, Stretch},
    rejection::{self, Rejection},
    rules,
};
use crate::ids::ContentId;

/// The longest pseudonym of a viewer, in bytes.
const LONGEST_VIEWER: usize = 128;
/// Further than this into a content nobody plays, in seconds.
const LONGEST_CONTENT_SECONDS: f64 = 604_800.0;

/// What is known of whoever reports, and so need not stand in each event.
#[derive(Debug, Clone)]
pub struct Reporter {
    /// The content that they play.
    pub content: ContentId,
    /// Their pseudonym.
    pub viewer: Uuid,
    /// Their country, if the platform knows it.
    pub country: Option<Country>,
    /// How old they are, if the platform knows.
    pub age_group: AgeGroup,
    /// Their gender, if the platform knows.
    pub gender: Gender,
}

/// Reads a message of the platform's stream: one event with all of its fields.
///
/// # Errors
/// What is wrong with it.
pub fn read_message(bytes: &[u8]) -> Result<Draft, Rejection> {
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(no_object());
    }
    let fields: Fields<'_> = serde_json::from_slice(bytes)
        .map_err(|error| rejection::UNREADABLE.because(format!("This is no event: {error}.")))?;
    let reporter = Reporter {
        content: content(&fields.content)?,
        viewer: viewer(&fields.viewer)?,
        country: None,
        age_group: choice(&fields.age_group, "age_group", AgeGroup::parse)?
            .unwrap_or(AgeGroup::Unknown),
        gender: choice(&fields.gender, "gender", Gender::parse)?.unwrap_or(Gender::Unknown),
    };
    read(&fields, &reporter)
}

/// Reads an event that a player reports.
///
/// # Errors
/// What is wrong with it.
pub fn read_report(value: &Value, reporter: &Reporter) -> Result<Draft, Rejection> {
    if !value.is_object() {
        return Err(no_object());
    }
    let fields = Fields::deserialize(value)
        .map_err(|error| rejection::UNREADABLE.because(format!("This is no event: {error}.")))?;
    read(&fields, reporter)
}

fn read(fields: &Fields<'_>, reporter: &Reporter) -> Result<Draft, Rejection> {
    let id = uuid(&fields.id, "id")?;
    let kind = choice(&fields.kind, "kind", Kind::parse)?.ok_or_else(|| missing("kind"))?;
    Ok(Draft {
        id,
        moment: Moment::of(id).ok_or_else(|| rejection::BAD_ID.reject())?,
        content: reporter.content,
        viewer: reporter.viewer,
        session: uuid(&fields.session, "session")?,
        kind,
        stretch: if kind == Kind::WatchProgress { Some(stretch(fields)?) } else { None },
        country: choice(&fields.country, "country", Country::parse)?
            .or(reporter.country)
            .unwrap_or(Country::UNKNOWN),
        device: choice(&fields.device, "device", Device::parse)?.unwrap_or(Device::Unknown),
        source: choice(&fields.source, "source", Source::parse)?.unwrap_or(Source::Unknown),
        age_group: reporter.age_group,
        gender: reporter.gender,
    })
}

/// The id that a value claims, if any: so that an answer can name it.
pub fn claimed_id(value: &Value) -> Option<String> {
    value.get("id")?.as_str().map(|id| id.chars().take(64).collect())
}

fn content(field: &Field<'_>) -> Result<ContentId, Rejection> {
    let text = text(field, "content")?.ok_or_else(|| missing("content"))?;
    text.parse().map_err(|_| bad("content", "it is not the id of a content (`cnt_…`)"))
}

/// Pseudonyms may have any form; what is kept is their hash, in which nobody reads a name.
fn viewer(field: &Field<'_>) -> Result<Uuid, Rejection> {
    let text = text(field, "viewer")?.ok_or_else(|| missing("viewer"))?;
    if text.is_empty() || text.len() > LONGEST_VIEWER {
        return Err(bad("viewer", "it has no characters, or more than 128 bytes"));
    }
    Ok(pseudonym(text.as_bytes()))
}

/// The pseudonym under which somebody's events are kept.
pub fn pseudonym(who: &[u8]) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(who)[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

fn stretch(fields: &Fields<'_>) -> Result<Stretch, Rejection> {
    let most = f64::from(rules::MOST_WATCHED_MS) / 1000.0;
    Ok(Stretch {
        watched_ms: milliseconds(&fields.watched_seconds, "watched_seconds", most)?,
        position_ms: milliseconds(
            &fields.position_seconds,
            "position_seconds",
            LONGEST_CONTENT_SECONDS,
        )?,
    })
}

fn milliseconds(field: &Field<'_>, name: &'static str, most: f64) -> Result<i32, Rejection> {
    let seconds = match field {
        Field::Missing => return Err(missing(name)),
        Field::Number(seconds) => *seconds,
        Field::Text(_) | Field::Other => return Err(bad(name, "it is not a number")),
    };
    if !(0.0..=most).contains(&seconds) {
        return Err(bad(name, &format!("it is not between 0 and {most} seconds")));
    }
    #[allow(clippy::cast_possible_truncation, reason = "checked to be at most a week")]
    Ok((seconds * 1000.0).round() as i32)
}

fn uuid(field: &Field<'_>, name: &'static str) -> Result<Uuid, Rejection> {
    let text = text(field, name)?.ok_or_else(|| missing(name))?;
    Uuid::try_parse(text).map_err(|_| match name {
        "id" => rejection::BAD_ID.reject(),
        _ => bad(name, "it is not a UUID"),
    })
}

fn choice<T>(
    field: &Field<'_>,
    name: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Rejection> {
    let Some(text) = text(field, name)? else { return Ok(None) };
    parse(text).map(Some).ok_or_else(|| bad(name, "it is none of the documented values"))
}

fn text<'a>(field: &'a Field<'_>, name: &'static str) -> Result<Option<&'a str>, Rejection> {
    match field {
        Field::Missing => Ok(None),
        Field::Text(text) => Ok(Some(text)),
        Field::Number(_) | Field::Other => Err(bad(name, "it is not a text")),
    }
}

fn no_object() -> Rejection {
    rejection::UNREADABLE.because("An event is a JSON object.")
}

fn missing(field: &'static str) -> Rejection {
    rejection::BAD_VALUE.because(format!("`{field}` is missing."))
}

fn bad(field: &'static str, why: &str) -> Rejection {
    rejection::BAD_VALUE.because(format!("`{field}` cannot be used: {why}."))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn message(change: impl Fn(&mut Value)) -> Vec<u8> {
        let mut value = json!({
            "id": Uuid::now_v7(), "content": ContentId::new(), "viewer": "v-1", "session": Uuid::now_v7(),
            "kind": "watch_progress", "watched_seconds": 10, "position_seconds": 30.5, "country": "DE",
            "device": "tv", "source": "search", "age_group": "25-34", "gender": "female",
        });
        change(&mut value);
        value.to_string().into_bytes()
    }

    fn refused(change: impl Fn(&mut Value)) -> Rejection {
        read_message(&message(change)).unwrap_err()
    }

    #[test]
    fn a_whole_message_is_read() {
        let draft = read_message(&message(|_| {})).unwrap();
        assert_eq!(draft.stretch, Some(Stretch { watched_ms: 10_000, position_ms: 30_500 }));
        assert_eq!((draft.device, draft.age_group), (Device::Tv, AgeGroup::From25));
    }

    #[test]
    fn each_fault_is_named() {
        assert_eq!(refused(|e| e["id"] = json!("no")).code, "event.bad_id");
        assert_eq!(refused(|e| e["id"] = json!(Uuid::nil())).code, "event.bad_id");
        assert!(refused(|e| e["kind"] = json!("stare")).detail.contains("`kind`"));
        assert!(refused(|e| e["watched_seconds"] = json!(121)).detail.contains("120 seconds"));
        assert!(refused(|e| e["viewer"] = Value::Null).detail.contains("`viewer` is missing"));
        assert!(refused(|e| e["device"] = json!(["tv"])).detail.contains("`device`"));
        assert!(refused(|e| e["watched_seconds"] = json!("10")).detail.contains("not a number"));
    }

    #[test]
    fn what_is_no_object_is_unreadable() {
        for bytes in [&b"{"[..], b"[]", b"7", b"", b"{\"id\":1,\"id\":2}", b"{\"id\":\"\xff\"}"] {
            assert_eq!(read_message(bytes).unwrap_err().code, "event.unreadable", "{bytes:?}");
        }
    }

    #[test]
    fn fields_that_are_not_ours_are_passed_over() {
        let draft = read_message(&message(|e| e["player"] = json!({ "version": [1, null] })));
        assert!(draft.is_ok());
    }

    #[test]
    fn who_it_was_cannot_be_read_from_what_is_kept() {
        let draft = read_message(&message(|e| e["viewer"] = json!("ana@example.org"))).unwrap();
        assert_eq!(draft.viewer, pseudonym(b"ana@example.org"));
        assert_ne!(draft.viewer, pseudonym(b"ben@example.org"));
    }

    proptest! {
        #[test]
        fn whatever_comes_is_read_or_rejected(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read_message(&bytes);
        }
    }
}
