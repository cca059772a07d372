//! [`Fields`]: the fields of an event as they came, each of any type.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// What stands in an event; fields that are not ours are passed over.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields<'a> {
    #[serde(borrow)]
    pub id: Field<'a>,
    pub content: Field<'a>,
    pub viewer: Field<'a>,
    pub session: Field<'a>,
    pub kind: Field<'a>,
    pub watched_seconds: Field<'a>,
    pub position_seconds: Field<'a>,
    pub country: Field<'a>,
    pub device: Field<'a>,
    pub source: Field<'a>,
    pub age_group: Field<'a>,
    pub gender: Field<'a>,
}

/// One of them. Nothing is copied but texts with escapes: millions are read an hour.
#[derive(Debug, Default)]
pub(super) enum Field<'a> {
    /// Not there, or null.
    #[default]
    Missing,
    /// A text.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// A truth value, a list or an object: no field of ours.
    Other,
}

impl<'de: 'a, 'a> Deserialize<'de> for Field<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Field<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Field::Missing)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Field::Other)
    }

    #[allow(clippy::cast_precision_loss, reason = "numbers of JSON are floating point")]
    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Field::Number(number as f64))
    }

    #[allow(clippy::cast_precision_loss, reason = "numbers of JSON are floating point")]
    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Field::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Field::Number(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Field::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Field::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Field::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Field::Other)
    }
}
