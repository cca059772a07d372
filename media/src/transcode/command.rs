//! ffmpeg's arguments for all renditions in one run: the source is decoded once.

use super::{Rung, SEGMENT_SECONDS};
use crate::{
    Limits, MediaError, Probe, Source, VideoStream,
    sandbox::{Run, Tool},
};

/// Name of the rendition of sound alone.
pub(super) const AUDIO: &str = "audio";

/// The whole run. Without rungs it makes the sound alone.
pub(super) fn describe<'a>(
    source: &'a Source,
    probe: &Probe,
    rungs: &[Rung],
    limits: &'a Limits,
) -> Result<Run<'a>, MediaError> {
    // Once a half second: `out_time_us=…` among other lines.
    let mut run = Run::new(Tool::Ffmpeg, source, limits)
        .args(["-progress", "pipe:1", "-stats_period", "0.5", "-nostats"])
        .input()?;
    let sound = probe.audio.as_ref().map(|audio| format!("0:{}", audio.index));
    let Some(video) = probe.video.as_ref().filter(|_| !rungs.is_empty()) else {
        let run = run.args(["-map", sound.as_deref().unwrap_or("0:a:0")]);
        return Ok(outputs(encode_sound(run), AUDIO));
    };
    run = run.args(["-filter_complex", &scaled(video, rungs)]);
    for (number, rung) in rungs.iter().enumerate() {
        run = run.args(["-map", &format!("[v{number}]")]);
        run = encode_picture(run, rung, limits);
        if let Some(sound) = &sound {
            run = encode_sound(run.args(["-map", sound]));
        }
        run = outputs(run, &rung.name);
    }
    Ok(run)
}

/// The seconds of media done, from a line of `-progress`.
pub(super) fn seconds_done(line: &str) -> Option<f64> {
    let microseconds: f64 = line.strip_prefix("out_time_us=")?.parse().ok()?;
    Some(microseconds / 1e6)
}

/// One decoded picture, scaled for each rung. ffmpeg has turned it upright before this graph;
/// interlaced frames are made whole first.
fn scaled(video: &VideoStream, rungs: &[Rung]) -> String {
    use std::fmt::Write;

    let whole = if video.interlaced { "bwdif=mode=send_frame," } else { "" };
    let mut graph = format!("[0:{}]{whole}split={}", video.index, rungs.len());
    for number in 0..rungs.len() {
        let _ = write!(graph, "[s{number}]"); // writing to a String cannot fail
    }
    for (number, rung) in rungs.iter().enumerate() {
        let Rung { width, height, .. } = rung;
        let _ = write!(
            graph,
            ";[s{number}]scale={width}:{height}:flags=bicubic,setsar=1,format=yuv420p[v{number}]"
        );
    }
    graph
}

fn encode_picture<'a>(run: Run<'a>, rung: &Rung, limits: &Limits) -> Run<'a> {
    // Half the time of x264's usual choice for a few more bytes: people wait for it, and tests do.
    run.args(["-c:v", "libx264", "-preset", "superfast", "-profile:v", "high", "-crf", "23"])
        .args(["-maxrate", &format!("{}k", rung.max_kbps)])
        .args(["-bufsize", &format!("{}k", rung.max_kbps * 2)])
        // A steady rate of at most 60: phones record unsteady ones, and some files claim a thousand.
        .args(["-fpsmax", "60"])
        // Keyframes at the borders of segments and nowhere else: 240 frames at most lie between two.
        .args(["-force_key_frames", &format!("expr:gte(t,n_forced*{SEGMENT_SECONDS})")])
        .args(["-sc_threshold", "0", "-g", "250"])
        .args(["-threads", &limits.threads.to_string()])
}

fn encode_sound(run: Run<'_>) -> Run<'_> {
    run.args(["-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000"])
        // Gaps in the sound are filled with silence, so that it stays with the picture.
        .args(["-af", "aresample=async=1:first_pts=0"])
}

fn outputs<'a>(run: Run<'a>, name: &str) -> Run<'a> {
    run.args(["-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn"])
        .args(["-f", "hls", "-hls_time", &SEGMENT_SECONDS.to_string()])
        .args(["-hls_playlist_type", "vod", "-hls_segment_type", "fmp4"])
        .args(["-hls_flags", "single_file"])
        .args(["-hls_segment_filename", &format!("{name}.mp4")])
        .args([format!("{name}.m3u8")])
}
