//! What a hostile file cannot make the tools do. Each test watches the thing that must not happen.

use std::{
    net::TcpListener,
    time::{Duration, Instant},
};

use crate::{files::Files, store::Store};
use media::{Limit, Limits, MediaError, Source, probe};

/// A server that must never be spoken to.
struct Tripwire(TcpListener);

impl Tripwire {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    fn address(&self) -> String {
        format!("http://{}/secret.ts", self.0.local_addr().unwrap())
    }

    fn was_touched(&self) -> bool {
        self.0.accept().is_ok()
    }
}

#[tokio::test]
async fn a_playlist_named_like_a_video_opens_nothing() {
    let (files, wire) = (Files::new(), Tripwire::new());
    let playlists = [
        (
            "hls.mp4",
            "hls",
            format!(
                "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{}\n#EXT-X-ENDLIST\n",
                wire.address()
            ),
        ),
        (
            "passwd.mp4",
            "hls",
            "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"
                .into(),
        ),
        ("concat.mp4", "concat", format!("ffconcat version 1.0\nfile {}\n", wire.address())),
        ("session.mp4", "sdp", "v=0\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n".into()),
    ];
    for (name, expected, text) in playlists {
        let path = files.written(name, text.as_bytes());
        let error = probe(&Source::from(path.as_path()), &Limits::probe()).await.unwrap_err();
        assert!(
            matches!(&error, MediaError::ContainerNotAllowed { container } if container == expected),
            "{name}: {error:?}"
        );
        assert!(!wire.was_touched(), "{name} made the tool call out");
    }
}

#[tokio::test]
async fn a_drawing_that_refers_to_an_address_opens_nothing() {
    let (files, wire) = (Files::new(), Tripwire::new());
    for (name, text) in [
        (
            "picture.mp4",
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"{}\"/></svg>",
                wire.address()
            ),
        ),
        (
            "dash.mp4",
            format!(
                "<?xml version=\"1.0\"?>\n<MPD type=\"static\"><BaseURL>{}</BaseURL></MPD>",
                wire.address()
            ),
        ),
    ] {
        let path = files.written(name, text.as_bytes());
        let error = probe(&Source::from(path.as_path()), &Limits::probe()).await.unwrap_err();
        assert!(
            matches!(error, MediaError::NotMedia | MediaError::ContainerNotAllowed { .. }),
            "{name}: {error:?}"
        );
        assert!(!wire.was_touched(), "{name} made the tool call out");
    }
}

#[tokio::test]
async fn an_mp4_that_refers_to_another_file_does_not_open_it() {
    let files = Files::new();
    let wire = Tripwire::new();
    let whole = files.made("whole.mp4", "-f lavfi -i testsrc2=s=320x180:r=25:d=2 -c:v libx264");
    let mut bytes = std::fs::read(whole).unwrap();
    // The data reference says "in this file" by flag 1; without it, the name that follows counts.
    let at = bytes.windows(4).position(|word| word == b"url ").unwrap();
    bytes[at + 7] = 0;
    let path = files.written("referring.mp4", &bytes);
    let _ = probe(&Source::from(path.as_path()), &Limits::probe()).await;
    assert!(!wire.was_touched());
}

#[tokio::test]
async fn only_http_addresses_are_read() {
    for address in
        ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:video/mp4;base64,AAAA", "concat:a|b"]
    {
        let source = Source::from(url::Url::parse(address).unwrap());
        let error = probe(&source, &Limits::probe()).await.unwrap_err();
        assert!(matches!(error, MediaError::SourceUnavailable { .. }), "{address}: {error:?}");
    }
}

#[tokio::test]
async fn a_source_that_never_answers_is_given_up_after_the_wall_time() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/clip.mp4?signature=secret", silent.local_addr().unwrap());
    let limits = Limits { wall_time: Duration::from_millis(700), ..Limits::probe() };
    let begun = Instant::now();
    let source = Source::from(url::Url::parse(&address).unwrap());
    let error = probe(&source, &limits).await.unwrap_err();
    assert!(matches!(error, MediaError::LimitExceeded(Limit::WallTime)), "{error:?}");
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn an_unreachable_source_is_not_the_medias_fault_and_its_address_stays_secret() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let source = Source::from(
        url::Url::parse(&format!("http://127.0.0.1:{port}/clip.mp4?X-Amz-Signature=secret"))
            .unwrap(),
    );
    let error = probe(&source, &Limits::probe()).await.unwrap_err();
    assert!(matches!(error, MediaError::SourceUnavailable { .. }), "{error:?}");
    assert!(error.is_transient());
    assert!(!error.to_string().contains("secret"), "{error}");
}

#[tokio::test]
async fn memory_and_processor_time_are_bounded() {
    let files = Files::new();
    let path = files.made("clip.mkv", "-f lavfi -i testsrc2=s=1280x720:r=25:d=2 -c:v libx264");
    let source = Source::from(path.as_path());
    let little_memory = Limits { memory_bytes: 180 * 1024 * 1024, ..Limits::probe() };
    assert!(
        probe(&source, &little_memory).await.is_err(),
        "180 MiB do not hold the tool's libraries"
    );
}

#[tokio::test]
async fn an_http_source_is_read_by_ranges() {
    let files = Files::new();
    // Its index stands at the end, so the tool has to jump.
    let path = files.made("clip.mp4", "-f lavfi -i testsrc2=s=320x180:r=25:d=4 -c:v libx264");
    let store = Store::serve(std::fs::read(path).unwrap()).await;
    let found = probe(&Source::from(store.url()), &Limits::probe()).await.unwrap();
    assert!((found.duration_seconds - 4.0).abs() <= 0.1);
    assert_eq!((found.width(), found.height()), (Some(320), Some(180)));
    assert!(store.ranges_asked() >= 2);
}
