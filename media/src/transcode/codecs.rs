//! Names codecs as players want them in a master playlist.

/// AAC low complexity, the only sound we make (RFC 6381, 3.3: object type 0x40, AAC-LC is 2).
const AAC_LC: &str = "mp4a.40.2";

/// The `codecs` parameter of RFC 6381 for a file with this initialization section; `None` if a picture
/// is expected and no H.264 configuration is there.
pub(super) fn rfc6381(init: &[u8], picture: bool, sound: bool) -> Option<String> {
    let picture = if picture { Some(avc(init)?) } else { None };
    let sound = sound.then(|| AAC_LC.to_owned());
    Some(picture.into_iter().chain(sound).collect::<Vec<_>>().join(","))
}

/// `avc1.` with profile, constraints and level from the decoder configuration record (ISO/IEC
/// 14496-15, 5.3.3.1.2): a version byte, then the three. The header is our encoder's, so its box is
/// found by its name.
fn avc(init: &[u8]) -> Option<String> {
    let at = init.windows(4).position(|word| word == b"avcC")?;
    match init.get(at + 4..at + 8)? {
        [1, profile, constraints, level] => {
            Some(format!("avc1.{profile:02x}{constraints:02x}{level:02x}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profile_and_level_are_read_from_the_header() {
        let init = b"....avcC\x01\x64\x00\x1f\xff";
        assert_eq!(rfc6381(init, true, true).as_deref(), Some("avc1.64001f,mp4a.40.2"));
        assert_eq!(rfc6381(init, true, false).as_deref(), Some("avc1.64001f"));
        assert_eq!(rfc6381(b"", false, true).as_deref(), Some("mp4a.40.2"));
    }

    #[test]
    fn a_header_without_a_picture_is_not_one_of_a_video() {
        assert_eq!(rfc6381(b"....avcC\x01\x64", true, true), None);
        assert_eq!(rfc6381(b"mp4a", true, true), None);
    }
}
