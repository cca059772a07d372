//! What probing says about the files that creators bring, good and bad.

use crate::files::{self, Files};
use media::{Limits, MediaError, MediaKind, Probe, Source, clips, probe};

async fn look_at(path: &std::path::Path) -> Result<Probe, MediaError> {
    probe(&Source::from(path), &Limits::probe()).await
}

fn about(seconds: f64, expected: f64) -> bool {
    (seconds - expected).abs() <= 0.1
}

#[tokio::test]
async fn every_kind_of_clip_is_described_as_it_was_made() {
    for clip in clips::make(&files::clip_folder()).await.unwrap() {
        let found = look_at(&clip.path).await.unwrap();
        assert_eq!(found.kind, clip.kind, "{}", clip.title);
        assert_eq!(found.width().zip(found.height()), clip.size, "{}", clip.title);
        assert_eq!(found.has_audio(), clip.has_audio, "{}", clip.title);
        assert!(about(found.duration_seconds, clip.duration_seconds), "{}: {found:?}", clip.title);
    }
}

#[tokio::test]
async fn cover_art_does_not_make_a_song_a_video() {
    let clips = clips::make(&files::clip_folder()).await.unwrap();
    let song = clips.iter().find(|clip| clip.media_type == "audio/mpeg").unwrap();
    let found = look_at(&song.path).await.unwrap();
    assert_eq!((found.kind, found.video), (MediaKind::Audio, None));
    assert!(found.cover_art.is_some());
}

#[tokio::test]
async fn a_duration_that_no_header_tells_is_counted() {
    let files = Files::new();
    let noise = "aevalsrc='if(lt(t,4),0,random(0))':d=8";
    let picture = "testsrc2=s=320x180:r=25:d=8";
    for (name, arguments) in [
        (
            "live.webm",
            format!("-f lavfi -i {picture} -c:v libvpx -deadline realtime -live 1 -f webm"),
        ),
        (
            "live.mkv",
            format!("-f lavfi -i {picture} -c:v libx264 -preset ultrafast -live 1 -f matroska"),
        ),
        (
            "fragments.mp4",
            format!(
                "-f lavfi -i {picture} -c:v libx264 -preset ultrafast -movflags frag_keyframe+empty_moov -f mp4"
            ),
        ),
        (
            "variable.mp3",
            format!("-f lavfi -i {noise} -q:a 4 -write_xing 0 -id3v2_version 0 -f mp3"),
        ),
        ("piped.wav", format!("-f lavfi -i {noise} -f wav")),
        ("piped.flac", format!("-f lavfi -i {noise} -f flac")),
        ("stream.aac", format!("-f lavfi -i {noise} -c:a aac -f adts")),
    ] {
        let path = files.piped(name, &arguments);
        let found = look_at(&path).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(about(found.duration_seconds, 8.0), "{name}: {}", found.duration_seconds);
    }
}

#[tokio::test]
async fn a_duration_that_the_header_gets_wrong_is_corrected() {
    let files = Files::new();
    let honest = files.made("honest.mp4", "-f lavfi -i testsrc2=s=320x180:r=25:d=4 -c:v libx264");
    let mut bytes = std::fs::read(&honest).unwrap();
    for name in [b"mvhd", b"mdhd"] {
        // Both boxes (version 0) keep the duration 20 bytes after their type.
        let at = bytes.windows(4).position(|word| word == name).unwrap() + 20;
        bytes[at..at + 4].copy_from_slice(&3_600_000_u32.to_be_bytes());
    }
    let found = look_at(&files.written("boastful.mp4", &bytes)).await.unwrap();
    assert!(about(found.duration_seconds, 4.0), "{}", found.duration_seconds);
}

#[tokio::test]
async fn what_is_not_media_is_refused_whatever_its_name() {
    let files = Files::new();
    let program = std::fs::read("/bin/true").unwrap();
    for (name, bytes) in [
        ("empty.mp4", b"".as_slice()),
        ("notes.mp4", b"Dear diary, today I renamed a text file.\n".as_slice()),
        ("program.mp4", &program),
        ("noise.mp3", &[7; 4096]),
    ] {
        let error = look_at(&files.written(name, bytes)).await.unwrap_err();
        assert!(matches!(error, MediaError::NotMedia), "{name}: {error:?}");
    }
}

#[tokio::test]
async fn a_file_that_is_cut_off_is_told_from_one_that_never_was_media() {
    let files = Files::new();
    let clip = "-f lavfi -i testsrc2=s=320x180:r=25:d=8 -c:v libx264 -preset ultrafast";
    for (name, options) in
        [("index-last.mp4", ""), ("index-first.mp4", " -movflags faststart"), ("cut.mkv", "")]
    {
        let whole = files.made(name, &format!("{clip}{options}"));
        let bytes = std::fs::read(whole).unwrap();
        let error = look_at(&files.written(name, &bytes[..bytes.len() / 2])).await.unwrap_err();
        assert!(matches!(error, MediaError::Truncated), "{name}: {error:?}");
    }
}

#[tokio::test]
async fn media_without_picture_or_sound_is_refused() {
    let files = Files::new();
    let subtitles = files.written("words.srt", b"1\n00:00:00,000 --> 00:00:02,000\nHello\n");
    let only_words = files.made("words.mkv", &format!("-i {} -c:s srt", subtitles.display()));
    let error = look_at(&only_words).await.unwrap_err();
    assert!(matches!(error, MediaError::NoStream), "{error:?}");
}

#[tokio::test]
async fn subtitles_do_not_get_in_the_way() {
    let files = Files::new();
    let subtitles = files.written("words.srt", b"1\n00:00:00,000 --> 00:00:09,000\nHello\n");
    let path = files.made(
        "film.mp4",
        &format!(
            "-f lavfi -i testsrc2=s=320x180:r=25:d=4 -i {} -c:s mov_text",
            subtitles.display()
        ),
    );
    let found = look_at(&path).await.unwrap();
    assert!(about(found.duration_seconds, 4.0), "{}", found.duration_seconds);
}

#[tokio::test]
async fn a_codec_that_nobody_needs_is_refused_by_name() {
    let files = Files::new();
    let path = files.made("old.avi", "-f lavfi -i testsrc2=s=320x180:r=25:d=1 -c:v cinepak");
    let error = look_at(&path).await.unwrap_err();
    assert!(
        matches!(&error, MediaError::CodecNotAllowed { codec } if codec == "cinepak"),
        "{error:?}"
    );
}

#[tokio::test]
async fn frames_beyond_reason_are_refused_before_they_are_decoded() {
    let files = Files::new();
    let path = files
        .made("wall.mp4", "-f lavfi -i color=s=16000x9000:r=1:d=1 -c:v mjpeg -pix_fmt yuvj420p");
    let error = look_at(&path).await.unwrap_err();
    assert!(matches!(error, MediaError::TooLarge { width: 16000, height: 9000, .. }), "{error:?}");
}

#[tokio::test]
async fn media_longer_than_allowed_is_refused_with_both_lengths() {
    let files = Files::new();
    let path = files.made("long.flac", "-f lavfi -i sine=d=20");
    let limits = Limits { max_duration: std::time::Duration::from_secs(10), ..Limits::probe() };
    let error = probe(&Source::from(path.as_path()), &limits).await.unwrap_err();
    assert!(matches!(error, MediaError::TooLong { limit_seconds: 10, .. }), "{error:?}");
}

#[tokio::test]
async fn metadata_full_of_tricks_changes_nothing() {
    let files = Files::new();
    let path = files.made(
        "tricks.mkv",
        "-f lavfi -i sine=d=2 -metadata title=\"},{[hls_@_0]moov_atom_not_found",
    );
    let bytes = std::fs::read(&path).unwrap();
    let found = look_at(&files.written("-i file:%2Fetc|x\u{202e}.mkv", &bytes)).await.unwrap();
    assert_eq!(found.kind, MediaKind::Audio);
}

#[tokio::test]
async fn more_streams_than_allowed_are_refused() {
    let files = Files::new();
    let maps = "-map 0:a ".repeat(70);
    let path = files.made("many.mkv", &format!("-f lavfi -i sine=d=1 {maps}-c:a pcm_s16le"));
    assert!(look_at(&path).await.is_err());
}
