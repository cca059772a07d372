//! What comes out of transcoding, read back with the real tools.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::files::{self, Files};
use media::{
    Limits, MediaError, MediaKind, Probe, Rendition, Source, clips, probe, thumbnail, transcode,
};

async fn probed(path: &Path) -> Probe {
    probe(&Source::from(path), &Limits::probe()).await.unwrap()
}

async fn transcoded(path: &Path, into: &Path) -> (Probe, Vec<Rendition>) {
    let probe = probed(path).await;
    let limits = Limits::transcode(probe.duration_seconds);
    let renditions = transcode(path, &probe, into, 1080, &limits, |_| ()).await.unwrap();
    (probe, renditions)
}

/// What ffprobe prints about the playlist beside the rendition, so that the ranges are really used.
fn playlist_says(rendition: &Rendition, entries: &str) -> String {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-show_entries", entries, "-of", "csv=p=0"])
        .arg(rendition.file.with_extension("m3u8"))
        .output()
        .unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Cuts a segment out with its initialization section, as a player does.
fn cut_out(rendition: &Rendition, number: usize, into: &Files) -> PathBuf {
    let bytes = std::fs::read(&rendition.file).unwrap();
    let piece = |range: media::ByteRange| {
        let from = usize::try_from(range.offset).unwrap();
        bytes[from..from + usize::try_from(range.length).unwrap()].to_vec()
    };
    let playable = [piece(rendition.init), piece(rendition.segments[number].range)].concat();
    into.written("piece.mp4", &playable)
}

fn frames_decoded(path: &Path) -> usize {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-count_frames", "-select_streams", "v:0"])
        .args(["-show_entries", "stream=nb_read_frames", "-of", "csv=p=0"])
        .arg(path)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

#[tokio::test]
async fn every_kind_of_clip_becomes_renditions_that_last_as_long() {
    for clip in clips::make(&files::clip_folder()).await.unwrap() {
        let into = tempfile::tempdir().unwrap();
        let (_, renditions) = transcoded(&clip.path, into.path()).await;
        for rendition in &renditions {
            let lasts: f64 = rendition.segments.iter().map(|s| s.duration_seconds).sum();
            assert!((lasts - clip.duration_seconds).abs() <= 0.15, "{}: {lasts}", clip.title);
            let end = rendition.segments.last().unwrap().range;
            let bytes = std::fs::metadata(&rendition.file).unwrap().len();
            assert_eq!(end.offset + end.length, bytes, "{}: the ranges cover the file", clip.title);
            assert!(rendition.bandwidth_bps >= rendition.average_bandwidth_bps);
            assert_eq!(rendition.codecs.contains("mp4a"), clip.has_audio, "{}", clip.title);
            assert_eq!(rendition.codecs.contains("avc1"), clip.kind == MediaKind::Video);
        }
        let top = &renditions[0];
        assert_eq!(top.width.zip(top.height), clip.size, "{}", clip.title);
        if clip.kind == MediaKind::Audio {
            assert_eq!((renditions.len(), top.name.as_str()), (1, "audio"));
        }
        assert!(!playlist_says(top, "format=duration").is_empty());
    }
}

#[tokio::test]
async fn renditions_switch_at_every_border_because_each_segment_stands_alone() {
    let (files, into) = (Files::new(), tempfile::tempdir().unwrap());
    let path = files.made(
        "clip.mp4",
        "-f lavfi -i testsrc2=s=1280x720:r=30:d=10 -c:v libx264 -preset ultrafast",
    );
    let (_, renditions) = transcoded(&path, into.path()).await;
    let names: Vec<_> = renditions.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(names, ["720p", "360p"]);
    for rendition in &renditions {
        let borders: Vec<_> = rendition.segments.iter().map(|s| s.duration_seconds).collect();
        assert_eq!(borders, [4.0, 4.0, 2.0], "{}", rendition.name);
        // Decodable from its first frame on, though it is the middle of the video.
        assert_eq!(frames_decoded(&cut_out(rendition, 1, &files)), 120);
    }
}

#[tokio::test]
async fn a_large_source_is_offered_in_1080_lines_and_below() {
    let (files, into) = (Files::new(), tempfile::tempdir().unwrap());
    let path = files.made(
        "big.mp4",
        "-f lavfi -i testsrc2=s=2560x1440:r=10:d=1 -c:v libx264 -preset ultrafast",
    );
    let (_, renditions) = transcoded(&path, into.path()).await;
    let sizes: Vec<_> = renditions.iter().map(|r| (r.width.unwrap(), r.height.unwrap())).collect();
    assert_eq!(sizes, [(1920, 1080), (1280, 720), (640, 360)]);
}

#[tokio::test]
async fn odd_sizes_and_wild_frame_rates_come_out_steady_and_even() {
    let (files, into) = (Files::new(), tempfile::tempdir().unwrap());
    let path = files.made(
        "odd.mkv",
        "-f lavfi -i testsrc2=s=323x181:r=240:d=1 -c:v libx264 -preset ultrafast -pix_fmt yuv444p",
    );
    let (_, renditions) = transcoded(&path, into.path()).await;
    assert_eq!((renditions[0].width, renditions[0].height), (Some(322), Some(180)));
    let frames = frames_decoded(&cut_out(&renditions[0], 0, &files));
    assert!((58..=64).contains(&frames), "240 frames a second became {frames}");
}

#[tokio::test]
async fn interlaced_video_is_made_whole() {
    let (files, into) = (Files::new(), tempfile::tempdir().unwrap());
    let camera =
        "-f lavfi -i testsrc2=s=720x576:r=50:d=2 -vf interlace -c:v mpeg2video -flags +ildct+ilme";
    let path = files.made("camera.mpg.ts", &format!("{camera} -f mpegts"));
    let (found, renditions) = transcoded(&path, into.path()).await;
    assert!(found.video.unwrap().interlaced);
    let (before, after) = (combed_frames(&path), combed_frames(&renditions[0].file));
    assert!(before > 40 && after == 0, "{before} combed frames became {after}");
}

/// Frames in which two half pictures differ, as ffmpeg's detector sees it.
fn combed_frames(path: &Path) -> u32 {
    let output = Command::new("ffmpeg")
        .args(["-hide_banner", "-nostdin", "-nostats", "-i"])
        .arg(path)
        .args(["-vf", "idet", "-f", "null", "-"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let line = said.lines().find(|line| line.contains("Multi frame detection")).unwrap();
    let count = |name: &str| {
        let (_, rest) = line.split_once(name).unwrap();
        rest.split_whitespace().next().unwrap().parse::<u32>().unwrap()
    };
    count("TFF:") + count("BFF:")
}

#[tokio::test]
async fn progress_only_grows_and_arrives() {
    let (files, into) = (Files::new(), tempfile::tempdir().unwrap());
    let path = files.made(
        "clip.mp4",
        "-f lavfi -i testsrc2=s=1280x720:r=30:d=6 -c:v libx264 -preset ultrafast",
    );
    let found = probed(&path).await;
    let mut heard = Vec::new();
    let limits = Limits::transcode(6.0);
    transcode(&path, &found, into.path(), 1080, &limits, |share| heard.push(share)).await.unwrap();
    assert!(heard.windows(2).all(|pair| pair[0] <= pair[1]), "{heard:?}");
    assert!(heard.len() >= 2 && *heard.last().unwrap() > 0.98, "{heard:?}");
}

#[tokio::test]
async fn thumbnails_show_a_frame_a_cover_or_a_waveform() {
    for clip in clips::make(&files::clip_folder()).await.unwrap() {
        let folder = tempfile::tempdir().unwrap();
        let picture = folder.path().join("poster.jpg");
        let found = probed(&clip.path).await;
        thumbnail(&clip.path, &found, &picture, &Limits::transcode(10.0)).await.unwrap();
        let bytes = std::fs::read(&picture).unwrap();
        assert!(bytes.starts_with(&[0xff, 0xd8, 0xff]) && bytes.len() > 1000, "{}", clip.title);
    }
}

#[tokio::test]
async fn a_run_that_writes_more_than_allowed_is_stopped() {
    let (files, into) = (Files::new(), tempfile::tempdir().unwrap());
    let path = files.made(
        "clip.mp4",
        "-f lavfi -i testsrc2=s=1280x720:r=30:d=4 -c:v libx264 -preset ultrafast",
    );
    let found = probed(&path).await;
    let limits = Limits { output_bytes: 100_000, ..Limits::transcode(4.0) };
    let error = transcode(&path, &found, into.path(), 1080, &limits, |_| ()).await.unwrap_err();
    assert!(matches!(error, MediaError::LimitExceeded(media::Limit::Output)), "{error:?}");
}

#[tokio::test]
async fn a_run_that_takes_more_processor_time_than_allowed_is_stopped() {
    let (files, into) = (Files::new(), tempfile::tempdir().unwrap());
    let path = files.made(
        "clip.mp4",
        "-f lavfi -i testsrc2=s=1920x1080:r=30:d=6 -c:v libx264 -preset ultrafast",
    );
    let found = probed(&path).await;
    let limits = Limits { cpu_time: std::time::Duration::from_secs(1), ..Limits::transcode(6.0) };
    let error = transcode(&path, &found, into.path(), 1080, &limits, |_| ()).await.unwrap_err();
    assert!(matches!(error, MediaError::LimitExceeded(media::Limit::CpuTime)), "{error:?}");
}
