//! Names that people's devices give to files. They are shown and never used as a path or key.

/// The longest name that is kept, in characters.
const LONGEST: usize = 200;

/// The name as it is shown: without folders, control characters and what reverses the direction of
/// writing (`gpj.exe` that reads as `exe.jpg`), at most 200 characters. None if nothing is left.
pub fn sanitise(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let visible: String =
        last.chars().filter(|c| !c.is_control() && !steers_direction(*c)).collect();
    let kept: String = visible.trim().chars().take(LONGEST).collect();
    let kept = kept.trim_end();
    (!kept.is_empty() && kept.chars().any(|c| c != '.')).then(|| kept.to_owned())
}

/// The title of a content whose creator gave none: the file's name without its extension.
pub fn title_from(file_name: &str) -> String {
    match file_name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 5 => stem.to_owned(),
        _ => file_name.to_owned(),
    }
}

fn steers_direction(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folders_are_cut_off() {
        assert_eq!(sanitise("../../etc/passwd").as_deref(), Some("passwd"));
        assert_eq!(sanitise(r"C:\Videos\beach.mp4").as_deref(), Some("beach.mp4"));
    }

    #[test]
    fn what_hides_the_real_name_is_cut_out() {
        assert_eq!(sanitise("a\u{202e}4pm.exe\0\n").as_deref(), Some("a4pm.exe"));
    }

    #[test]
    fn a_name_of_nothing_is_no_name() {
        for name in ["", "  ", "..", "/", "\u{202e}"] {
            assert_eq!(sanitise(name), None, "{name:?}");
        }
    }

    #[test]
    fn the_title_is_the_name_without_its_extension() {
        assert_eq!(title_from("A day. At the beach.mp4"), "A day. At the beach");
        assert_eq!(title_from(".hidden"), ".hidden");
        assert_eq!(title_from("no extension here"), "no extension here");
    }

    proptest! {
        #[test]
        fn what_is_kept_is_short_and_stays_the_same(name in any::<String>()) {
            if let Some(kept) = sanitise(&name) {
                prop_assert!(kept.chars().count() <= LONGEST);
                prop_assert!(!kept.contains(['/', '\\', '\0']));
                prop_assert_eq!(sanitise(&kept), Some(kept.clone()));
            }
        }
    }
}
