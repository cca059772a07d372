//! What is set aside: events that are kept and shown, and not counted. Declared here, applied by
//! `rollup/count_shard.sql` to all that one viewer did with one content on one day.

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its stable name.
    pub name: &'static str,
    /// What it says, for creators and staff.
    pub sentence: &'static str,
}

/// A viewer who begins the same content more often than this on one day is not watching.
pub const MOST_VIEWS: i64 = 50;
/// Players play up to twice as fast.
pub const FASTEST: i32 = 2;
/// A report covers up to so much time, in milliseconds; players report at least this often.
pub const REPORT_MS: i32 = 60_000;
/// What one report can say at the most, in milliseconds.
pub const MOST_WATCHED_MS: i32 = FASTEST * REPORT_MS;

/// All rules. The first that fits gives its name.
pub const ALL: [Rule; 3] = [
    Rule {
        name: "declared_bot",
        sentence: "The player said that a program was watching, not a person.",
    },
    Rule {
        name: "repeated_views",
        sentence: "One viewer began the same work more than 50 times in a day.",
    },
    Rule {
        name: "impossible_watch_time",
        sentence: "One viewer reported more watch time than fits between their first and last report of the day, even at double speed.",
    },
];

/// What a rule says; its name for one that is no longer declared.
pub fn sentence_of(name: &str) -> &str {
    ALL.iter().find(|rule| rule.name == name).map_or(name, |rule| rule.sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentences_name_the_numbers_that_apply() {
        assert!(sentence_of("repeated_views").contains(&MOST_VIEWS.to_string()));
        assert_eq!(FASTEST, 2, "\"double speed\" is said in words");
    }
}
