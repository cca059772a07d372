//! Which sizes a video is offered in.

/// One size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rung {
    /// `720p`: the shorter side, as viewers know it, also of a video filmed upright.
    pub name: String,
    /// Pixels across; even, as 4:2:0 needs.
    pub width: u32,
    /// Pixels down; even.
    pub height: u32,
    /// The most the picture may take for long, in kilobits a second.
    pub max_kbps: u64,
}

/// Lines of the rungs below the top.
const LOWER: [u32; 2] = [720, 360];
/// The widest shape that a rung fills with its lines, 64:27 (cinema's 21:9). A wider picture gets fewer
/// lines, so that no side outgrows what decoders in phones take.
const WIDEST: (u64, u64) = (64, 27);

/// The sizes for a picture of `width` × `height` as seen: never above it, at most `max_lines` on the
/// shorter side, largest first. A lower rung must be a real step: three quarters of the top or less.
pub fn ladder(width: u32, height: u32, max_lines: u32) -> Vec<Rung> {
    let top = width.min(height).min(max_lines).max(2);
    let lower = LOWER.into_iter().filter(|lines| lines * 4 <= top * 3);
    let mut rungs: Vec<Rung> =
        std::iter::once(top).chain(lower).map(|lines| rung(width, height, lines)).collect();
    rungs.dedup_by(|a, b| a.name == b.name);
    rungs
}

fn rung(width: u32, height: u32, lines: u32) -> Rung {
    let (short, long) = (u64::from(width.min(height).max(1)), u64::from(width.max(height).max(1)));
    let lines = u64::from(lines);
    let longest = (lines * WIDEST.0).div_ceil(WIDEST.1);
    // The scale is the smaller of lines/short and longest/long, compared without division.
    let (numerator, denominator) =
        if lines * long <= longest * short { (lines, short) } else { (longest, long) };
    let scaled =
        |side: u64| u32::try_from((side * numerator / denominator).max(2) & !1).unwrap_or(2);
    let (short, long) = (scaled(short), scaled(long));
    let (width, height) = if width <= height { (short, long) } else { (long, short) };
    // 0.09 bits a pixel at 30 frames a second: 5.6 Mbit/s at 1080p.
    let max_kbps = (u64::from(width) * u64::from(height) * 27 / 10_000).max(200);
    Rung { name: format!("{short}p"), width, height, max_kbps }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(width: u32, height: u32) -> Vec<(u32, u32)> {
        ladder(width, height, 1080).iter().map(|rung| (rung.width, rung.height)).collect()
    }

    #[test]
    fn common_sources_get_the_usual_rungs() {
        assert_eq!(sizes(3840, 2160), [(1920, 1080), (1280, 720), (640, 360)]);
        assert_eq!(sizes(1280, 720), [(1280, 720), (640, 360)]);
        assert_eq!(sizes(640, 360), [(640, 360)]);
        assert_eq!(sizes(320, 180), [(320, 180)]);
    }

    #[test]
    fn a_video_filmed_upright_keeps_its_lines() {
        assert_eq!(sizes(1080, 1920), [(1080, 1920), (720, 1280), (360, 640)]);
        assert_eq!(ladder(1080, 1920, 1080)[0].name, "1080p");
    }

    #[test]
    fn a_panorama_fits_a_phones_decoder() {
        assert_eq!(sizes(7680, 1080), [(2560, 360), (1706, 240), (854, 120)]);
    }

    #[test]
    fn every_rung_is_even_within_the_source_and_below_the_one_before() {
        for width in (2..4000).step_by(37) {
            for height in (2..4000).step_by(41) {
                let rungs = ladder(width, height, 1080);
                assert!(!rungs.is_empty());
                for rung in &rungs {
                    assert!(rung.width % 2 == 0 && rung.height % 2 == 0, "{rung:?}");
                    assert!(
                        rung.width <= width && rung.height <= height,
                        "{width}x{height} {rung:?}"
                    );
                    assert!(rung.width.min(rung.height) <= 1080, "{rung:?}");
                }
                assert!(rungs.windows(2).all(|pair| pair[1].width <= pair[0].width));
            }
        }
    }
}
