//! Compares JSON with the schemas of the document: as much of JSON Schema as our own document uses.

use serde_json::Value;

/// As many faults as help; the first are usually the cause of the rest.
const MOST_FAULTS: usize = 20;

/// The schemas of the document.
pub struct Schemas<'a> {
    document: &'a Value,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// It must be there.
    Missing,
    /// It is something else than it must be.
    WrongType(String),
    /// It is none of the words that are possible.
    UnknownWord(String),
    /// It is too long, too short, too large or too small.
    OutOfRange(String),
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field, as `parts[3].md5`; empty for the whole.
    pub field: String,
    /// What is wrong with it.
    pub kind: Kind,
}

impl Kind {
    /// A stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing => "field.missing",
            Self::WrongType(_) => "field.wrong_type",
            Self::UnknownWord(_) => "field.unknown_word",
            Self::OutOfRange(_) => "field.out_of_range",
        }
    }
}

impl Fault {
    /// What is wrong, in words.
    pub fn sentence(&self) -> String {
        let what =
            if self.field.is_empty() { "The body".to_owned() } else { format!("`{}`", self.field) };
        match &self.kind {
            Kind::Missing => format!("{what} is missing."),
            Kind::WrongType(expected) => format!("{what} must be {expected}."),
            Kind::UnknownWord(words) => format!("{what} must be one of {words}."),
            Kind::OutOfRange(range) => format!("{what} must have {range}."),
        }
    }
}

impl<'a> Schemas<'a> {
    /// Of this document.
    pub fn of(document: &'a Value) -> Self {
        Self { document }
    }

    /// What is wrong with a value that should be what a schema of the document says.
    pub fn faults_of(&self, schema: &str, value: &Value) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.collect(self.named(schema), value, "", &mut faults);
        faults.truncate(MOST_FAULTS);
        faults
    }

    fn named(&self, schema: &str) -> &'a Value {
        &self.document["components"]["schemas"][schema]
    }

    fn collect(&self, schema: &'a Value, value: &Value, field: &str, faults: &mut Vec<Fault>) {
        if faults.len() >= MOST_FAULTS {
            return;
        }
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.rsplit('/').next().unwrap_or_default();
            return self.collect(self.named(name), value, field, faults);
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.collect(part, value, field, faults);
        }
        let mut fault = |kind| faults.push(Fault { field: field.to_owned(), kind });
        match (schema["type"].as_str().unwrap_or_default(), value) {
            ("object", Value::Object(_)) => self.collect_fields(schema, value, field, faults),
            ("array", Value::Array(items)) => {
                if let Some(range) = outside(schema, "Items", items.len() as u64, "items") {
                    fault(Kind::OutOfRange(range));
                }
                for (at, item) in items.iter().enumerate() {
                    self.collect(&schema["items"], item, &format!("{field}[{at}]"), faults);
                }
            }
            ("string", Value::String(text)) => {
                if let Some(words) =
                    schema["enum"].as_array().filter(|words| !words.contains(value))
                {
                    fault(Kind::UnknownWord(listed(words)));
                } else if let Some(range) =
                    outside(schema, "Length", text.chars().count() as u64, "characters")
                {
                    fault(Kind::OutOfRange(range));
                }
            }
            ("integer", Value::Number(number)) if !number.is_f64() => {
                if let Some(range) = outside_bounds(schema, number.as_f64()) {
                    fault(Kind::OutOfRange(range));
                }
            }
            ("number", Value::Number(number)) => {
                if let Some(range) = outside_bounds(schema, number.as_f64()) {
                    fault(Kind::OutOfRange(range));
                }
            }
            ("boolean", Value::Bool(_)) | ("", _) => {}
            (expected, _) => fault(Kind::WrongType(with_article(expected))),
        }
    }

    fn collect_fields(
        &self,
        schema: &'a Value,
        value: &Value,
        field: &str,
        faults: &mut Vec<Fault>,
    ) {
        let path = |name: &str| {
            if field.is_empty() { name.to_owned() } else { format!("{field}.{name}") }
        };
        let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            match value.get(name) {
                Some(there) => self.collect(property, there, &path(name), faults),
                None if required.iter().any(|needed| needed == name) => {
                    faults.push(Fault { field: path(name), kind: Kind::Missing });
                }
                None => {}
            }
        }
    }
}

/// The range that a length is outside of, in words.
fn outside(schema: &Value, of: &str, length: u64, unit: &str) -> Option<String> {
    let least = schema[format!("min{of}")].as_u64();
    let most = schema[format!("max{of}")].as_u64();
    let inside =
        least.is_none_or(|least| length >= least) && most.is_none_or(|most| length <= most);
    (!inside).then(|| format!("{} {unit}", range(least, most)))
}

/// The range that a number is outside of, in words.
fn outside_bounds(schema: &Value, number: Option<f64>) -> Option<String> {
    let (least, most) = (schema["minimum"].as_f64(), schema["maximum"].as_f64());
    let number = number?;
    let inside =
        least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most);
    (!inside).then(|| format!("a value of {}", range(least, most)))
}

fn range<N: std::fmt::Display>(least: Option<N>, most: Option<N>) -> String {
    match (least, most) {
        (Some(least), Some(most)) => format!("{least} to {most}"),
        (Some(least), None) => format!("at least {least}"),
        (None, Some(most)) => format!("at most {most}"),
        (None, None) => "any number of".to_owned(),
    }
}

fn listed(words: &[Value]) -> String {
    let words = words.iter().filter_map(Value::as_str).map(|word| format!("`{word}`"));
    words.collect::<Vec<_>>().join(", ")
}

fn with_article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {kind}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn faults(value: &Value) -> Vec<(String, &'static str)> {
        let document = json!({
            "components": { "schemas": {
                "X": {
                    "type": "object",
                    "required": ["name", "parts"],
                    "properties": {
                        "name": { "type": "string", "minLength": 1, "maxLength": 3 },
                        "kind": { "type": "string", "enum": ["video", "audio"] },
                        "parts": { "type": "array", "maxItems": 2, "items": { "$ref": "#/components/schemas/Part" } },
                    },
                },
                "Part": { "type": "object", "required": ["number"], "properties": {
                    "number": { "type": "integer", "minimum": 1 },
                } },
            } },
        });
        let schemas = Schemas::of(&document);
        let found = schemas.faults_of("X", value);
        found.into_iter().map(|fault| (fault.field.clone(), fault.kind.code())).collect()
    }

    fn one(field: &str, code: &'static str) -> Vec<(String, &'static str)> {
        vec![(field.to_owned(), code)]
    }

    #[test]
    fn what_is_right_has_no_fault() {
        assert_eq!(faults(&json!({ "name": "abc", "parts": [{ "number": 1 }] })), []);
    }

    #[test]
    fn each_fault_names_its_field() {
        assert_eq!(faults(&json!({ "parts": [] })), one("name", "field.missing"));
        assert_eq!(faults(&json!({ "name": 1, "parts": [] })), one("name", "field.wrong_type"));
        let nothing = json!({ "name": "a", "parts": [], "kind": null });
        assert_eq!(faults(&nothing), one("kind", "field.wrong_type"));
        assert_eq!(
            faults(&json!({ "name": "abcd", "parts": [] })),
            one("name", "field.out_of_range")
        );
        let unknown = json!({ "name": "a", "parts": [], "kind": "text" });
        assert_eq!(faults(&unknown), one("kind", "field.unknown_word"));
        let deep = json!({ "name": "a", "parts": [{ "number": 1 }, { "number": 0 }] });
        assert_eq!(faults(&deep), one("parts[1].number", "field.out_of_range"));
        assert_eq!(faults(&json!([])), one("", "field.wrong_type"));
    }
}
