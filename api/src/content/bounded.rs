//! Parameters whose bounds the document states and the domain checks: its refusals say more than a
//! validator's would.

use std::borrow::Cow;

use poem_openapi::{
    registry::{MetaSchema, MetaSchemaRef, Registry},
    types::{ParseError, ParseFromJSON, ParseResult, ToJSON, Type},
};
use serde_json::Value;

use super::upload_views::PartToSign;

/// A file's name on somebody's device.
#[derive(Debug)]
pub struct FileNameText(pub String);

/// The parts of one request.
#[derive(Debug)]
pub struct Parts<const MOST: usize>(pub Vec<PartToSign>);

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

impl Type for FileNameText {
    plain_type!();

    fn name() -> Cow<'static, str> {
        "FileNameText".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(MetaSchema {
            min_length: Some(1),
            max_length: Some(1_000),
            // Something that can be seen and is no separator of folders.
            pattern: Some(r"[^\s./\\]$".to_owned()),
            example: Some("beach.mp4".into()),
            ..MetaSchema::new("string")
        }))
    }
}

impl ParseFromJSON for FileNameText {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        String::parse_from_json(value).map(Self).map_err(ParseError::propagate)
    }
}

impl ToJSON for FileNameText {
    fn to_json(&self) -> Option<Value> {
        self.0.to_json()
    }
}

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
