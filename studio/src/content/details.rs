//! What a creator says about a content: title, description, tags.

use super::refusals;
use crate::Refusal;

/// The longest title, in characters.
const TITLE: usize = 200;
/// The longest description, in characters.
const DESCRIPTION: usize = 5_000;
/// The most tags.
const TAGS: usize = 30;
/// The longest tag, in characters.
const TAG: usize = 50;

/// What a creator changes; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct NewDetails {
    /// The title.
    pub title: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// All tags.
    pub tags: Option<Vec<String>>,
}

/// Title, description and tags, found good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// The title.
    pub title: String,
    /// The description.
    pub description: String,
    /// The tags, in the creator's order and spelling.
    pub tags: Vec<String>,
}

impl Details {
    /// These details with what a creator changes.
    ///
    /// # Errors
    /// `content.bad_title`, `content.bad_description`, `content.bad_tags`.
    pub fn with(self, new: NewDetails) -> Result<Self, Refusal> {
        Ok(Self {
            title: new.title.map_or(Ok(self.title), |text| title(&text))?,
            description: new.description.map_or(Ok(self.description), |text| description(&text))?,
            tags: new.tags.map_or(Ok(self.tags), |all| tags(&all))?,
        })
    }

    /// What a search looks into: all the words, in lower case.
    pub fn search_text(&self) -> String {
        let words =
            [self.title.as_str(), self.description.as_str(), &self.tags.join(" ")].join("\n");
        words.to_lowercase()
    }
}

/// What tags are compared by: `Beach` and `beach` are one tag.
pub fn tag_key(tag: &str) -> String {
    tag.trim().to_lowercase()
}

/// A title: 1 to 200 characters on one line.
///
/// # Errors
/// `content.bad_title`.
pub fn title(text: &str) -> Result<String, Refusal> {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = line.trim();
    if line.is_empty() || line.chars().count() > TITLE {
        return Err(refusals::CONTENT_BAD_TITLE.refuse().at("title"));
    }
    Ok(line.to_owned())
}

fn description(text: &str) -> Result<String, Refusal> {
    let harmless: String =
        text.chars().filter(|c| !c.is_control() || *c == '\n' || *c == '\t').collect();
    if harmless.chars().count() > DESCRIPTION {
        return Err(refusals::CONTENT_BAD_DESCRIPTION.refuse().at("description"));
    }
    Ok(harmless)
}

fn tags(all: &[String]) -> Result<Vec<String>, Refusal> {
    let mut seen = std::collections::HashSet::new();
    let mut kept = Vec::with_capacity(all.len());
    for (index, tag) in all.iter().enumerate() {
        let tag: String = tag.trim().chars().filter(|c| !c.is_control()).collect();
        if tag.is_empty() || tag.chars().count() > TAG {
            return Err(refusals::CONTENT_BAD_TAGS.refuse().at(format!("tags[{index}]")));
        }
        if seen.insert(tag_key(&tag)) {
            kept.push(tag);
        }
    }
    if kept.len() > TAGS {
        return Err(refusals::CONTENT_BAD_TAGS.refuse().at("tags"));
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn old() -> Details {
        Details { title: "Old".into(), description: "Words".into(), tags: vec!["one".into()] }
    }

    #[test]
    fn what_is_not_given_stays() {
        let new = NewDetails { title: Some(" New \n title ".into()), ..NewDetails::default() };
        let details = old().with(new).unwrap();
        assert_eq!(
            (details.title.as_str(), details.description.as_str()),
            ("New   title", "Words")
        );
    }

    #[test]
    fn a_tag_in_two_spellings_is_one_tag() {
        let new = NewDetails {
            tags: Some(vec!["Beach".into(), " beach ".into(), "sun".into()]),
            ..Default::default()
        };
        assert_eq!(old().with(new).unwrap().tags, ["Beach", "sun"]);
    }

    #[test]
    fn what_is_too_long_is_refused_by_its_field() {
        let field = |new| old().with(new).unwrap_err().field.unwrap();
        assert_eq!(
            field(NewDetails { title: Some("x".repeat(201)), ..Default::default() }),
            "title"
        );
        assert_eq!(
            field(NewDetails { description: Some("x".repeat(5_001)), ..Default::default() }),
            "description"
        );
        assert_eq!(
            field(NewDetails {
                tags: Some(vec!["ok".into(), String::new()]),
                ..Default::default()
            }),
            "tags[1]"
        );
    }
}
