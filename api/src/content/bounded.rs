//! Parameters whose bounds the document states and the domain checks: its refusals say more than a
//! validator's would.

use std::borrow::Cow;

use poem_openapi::{
    registry::{MetaSchema, MetaSchemaRef, Registry},
    types::{ParseError, ParseFromJSON, ParseResult, ToJSON, Type},
};
use serde_json::Value;

use super::upload_views::PartToSign;

/// What all of these types have in common.
macro_rules! plain_type {
    () => {
        const IS_REQUIRED: bool = true;

        type RawValueType = Self;
        type RawElementValueType = Self;

        fn as_raw_value(&self) -> Option<&Self> {
            Some(self)
        }

        fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
            Box::new(self.as_raw_value().into_iter())
        }
    };
}

/// A type that is read and written as what it holds, and documented with bounds.
macro_rules! bounded {
    ($($(#[$doc:meta])* $name:ident($inner:ty) = $schema:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(pub $inner);

        impl Type for $name {
            plain_type!();

            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn schema_ref() -> MetaSchemaRef {
                MetaSchemaRef::Inline(Box::new($schema))
            }
        }

        impl ParseFromJSON for $name {
            fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
                <$inner>::parse_from_json(value).map(Self).map_err(ParseError::propagate)
            }
        }

        impl ToJSON for $name {
            fn to_json(&self) -> Option<Value> {
                self.0.to_json()
            }
        }
    )*};
}

bounded! {
    /// A file's name on somebody's device: something of it can be seen, and is no separator of folders.
    FileNameText(String) = text(1, 1_000, r"[^\s./\\]$", "beach.mp4");
    /// A file's size in bytes.
    FileSize(u64) = MetaSchema {
        minimum: Some(1.0),
        // 5 TiB
        maximum: Some(5_497_558_138_880.0),
        example: Some(734_003_200.into()),
        ..MetaSchema::new_with_format("integer", "uint64")
    };
    /// A SHA-256 in hexadecimal.
    Sha256Text(String) = text(64, 64, "^[0-9a-fA-F]{64}$", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    /// An MD5 in base64.
    Md5Text(String) = text(24, 24, "^[A-Za-z0-9+/]{21}[AQgw]==$", "1B2M2Y8AsgTpgAmY7PhCfg==");
    /// A title.
    TitleText(String) = text(1, 200, r"[^\s]", "A day at the beach");
    /// A description.
    DescriptionText(String) = MetaSchema {
        max_length: Some(5_000),
        example: Some("Filmed in one take.".into()),
        ..MetaSchema::new("string")
    };
    /// Tags.
    TagList(Vec<String>) = MetaSchema {
        max_items: Some(30),
        items: Some(Box::new(MetaSchemaRef::Inline(Box::new(text(1, 50, r"[^\s]", "beach"))))),
        ..MetaSchema::new("array")
    };
}

fn text(shortest: usize, longest: usize, pattern: &str, example: &str) -> MetaSchema {
    MetaSchema {
        min_length: Some(shortest),
        max_length: Some(longest),
        pattern: Some(pattern.to_owned()),
        example: Some(example.into()),
        ..MetaSchema::new("string")
    }
}

/// The parts of one request, at least one.
#[derive(Debug)]
pub struct Parts<const MOST: usize>(pub Vec<PartToSign>);

impl<const MOST: usize> Type for Parts<MOST> {
    plain_type!();

    fn name() -> Cow<'static, str> {
        format!("Parts{MOST}").into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(MetaSchema {
            items: Some(Box::new(PartToSign::schema_ref())),
            min_items: Some(1),
            max_items: Some(MOST),
            ..MetaSchema::new("array")
        }))
    }

    fn register(registry: &mut Registry) {
        PartToSign::register(registry);
    }
}

impl<const MOST: usize> ParseFromJSON for Parts<MOST> {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        Vec::parse_from_json(value).map(Self).map_err(ParseError::propagate)
    }
}

impl<const MOST: usize> ToJSON for Parts<MOST> {
    fn to_json(&self) -> Option<Value> {
        self.0.to_json()
    }
}
