//! Settings from a map instead of the environment, so that tests in one process can differ.

use std::collections::HashMap;

use confique::{
    Config as _,
    meta::{FieldKind, LeafKind, Meta},
};
use serde_json::{Map, Value};
use studio::config::Config;

/// Reads `CREATOR_STUDIO_…` variables as a process would read its environment.
pub fn read(variables: &HashMap<String, String>) -> Config {
    let layer = serde_json::from_value(nest(&Config::META, variables)).expect("settings of a test");
    Config::builder().preloaded(layer).load().expect("settings of a test")
}

/// Puts each variable where the configuration has the field that it names.
fn nest(meta: &Meta, variables: &HashMap<String, String>) -> Value {
    let mut fields = Map::new();
    for field in meta.fields {
        let value = match field.kind {
            FieldKind::Nested { meta } => Some(nest(meta, variables)),
            FieldKind::Leaf {
                env: Some(name),
                kind: LeafKind::Required { .. } | LeafKind::Optional,
            } => variables.get(name).map(|text| literal(text)),
            FieldKind::Leaf { .. } => None,
        };
        fields.extend(value.map(|value| (field.name.to_owned(), value)));
    }
    Value::Object(fields)
}

/// Numbers and booleans as such, everything else as text.
fn literal(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
        _ => Value::String(text.to_owned()),
    }
}
