//! Texts of requests, documented with their bounds and checked by the domain, whose refusals say more than
//! a validator would.

use std::borrow::Cow;

use poem_openapi::{
    registry::{MetaSchema, MetaSchemaRef},
    types::{Example, ParseError, ParseFromJSON, ParseResult, ToJSON, Type},
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

/// An e-mail address.
pub struct EmailText(pub String);

/// A password. Never printed.
pub struct PasswordText(pub SecretString);

/// The single-use token of a link in a mail. Never printed.
pub struct MailedTokenText(pub SecretString);

/// A name that people read.
pub struct NameText(pub String);

/// Makes a type that holds a text known to the document, with what its schema says.
macro_rules! documented_text {
    ($name:ident, $format:expr, $shortest:expr, $longest:expr, $example:expr, $show:expr) => {
        impl Type for $name {
            const IS_REQUIRED: bool = true;

            type RawValueType = Self;
            type RawElementValueType = Self;

            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn schema_ref() -> MetaSchemaRef {
                MetaSchemaRef::Inline(Box::new(MetaSchema {
                    format: $format,
                    min_length: Some($shortest),
                    max_length: Some($longest),
                    example: Some(Value::from($example)),
                    ..MetaSchema::new("string")
                }))
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }

            fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
                Box::new(self.as_raw_value().into_iter())
            }
        }

        impl Example for $name {
            fn example() -> Self {
                Self(String::from($example).into())
            }
        }

        impl ParseFromJSON for $name {
            fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
                match value {
                    Some(Value::String(text)) => Ok(Self(text.into())),
                    // What stands there instead is not repeated: it may be a secret.
                    _ => Err(ParseError::custom("a text is expected")),
                }
            }
        }

        impl ToJSON for $name {
            fn to_json(&self) -> Option<Value> {
                let show: fn(&Self) -> &str = $show;
                Some(Value::from(show(self)))
            }
        }
    };
}

documented_text!(EmailText, Some("email"), 3, 254, "ana@example.org", |text| &text.0);
documented_text!(PasswordText, Some("password"), 12, 128, "four words are enough", |text| text
    .0
    .expose_secret());
documented_text!(
    MailedTokenText,
    None,
    43,
    43,
    "0lWq3nJ3bH5cZ2n1Y6m8vK4xT7pR9sD0fG2hJ5kL8wQ",
    |text| text.0.expose_secret()
);
documented_text!(NameText, None, 1, 80, "Ana", |text| &text.0);
