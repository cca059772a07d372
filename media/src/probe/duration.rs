//! How long media lasts: the container's word, checked against its last packets.

use super::report::Report;
use crate::{
    Limits, MediaError, Source,
    sandbox::{Run, Tool},
};

/// How much of the end is listed to check the container's word, in seconds.
const TAIL: f64 = 3.0;
/// Within this the container's word stands: streams rarely end together to the millisecond.
const TOLERANCE: f64 = 0.1;

/// Seconds from the first timestamp to the end of the last packet of the `chosen` streams.
pub(super) async fn measure(
    source: &Source,
    limits: &Limits,
    report: &Report,
    chosen: &[u32],
) -> Result<f64, MediaError> {
    let start = report.format.start();
    let declared = report.format.duration().filter(|_| declares_duration(&report.format.name));
    let mut end = None;
    if let Some(declared) = declared {
        let tail = start + (declared - TAIL).max(0.0);
        end = last_packet_end(source, limits, chosen, Some(tail)).await?;
    }
    if end.is_none() {
        end = last_packet_end(source, limits, chosen, None).await?;
    }
    // Streams whose packets carry no time leave us the container's word; without that, nothing.
    let counted = end.map(|end| end - start).filter(|seconds| *seconds > 0.0);
    match (declared, counted) {
        (Some(declared), Some(counted)) if (declared - counted).abs() <= TOLERANCE => Ok(declared),
        (_, Some(counted)) => Ok(counted),
        (Some(declared), None) => Ok(declared),
        (None, None) => Err(MediaError::Truncated),
    }
}

/// MP3 and ADTS have no place for a duration: ffmpeg guesses from the first frames' bit rate, and is
/// wrong by half when the rate varies.
fn declares_duration(container: &str) -> bool {
    !matches!(container, "mp3" | "aac")
}

/// The end of the latest packet from `from` (a timestamp in seconds) on, or in the whole file.
async fn last_packet_end(
    source: &Source,
    limits: &Limits,
    chosen: &[u32],
    from: Option<f64>,
) -> Result<Option<f64>, MediaError> {
    let mut run = Run::new(Tool::Ffprobe, source, limits).args([
        "-show_entries",
        "packet=stream_index,pts_time,dts_time,duration_time",
        "-of",
        "compact=p=0",
    ]);
    if let Some(from) = from {
        run = run.args(["-read_intervals", &format!("{from:.3}%")]);
    }
    let mut end: Option<f64> = None;
    let remarks = run
        .input()?
        .lines(|line| {
            if let Some(packet) = packet_end(line, chosen) {
                end = Some(end.map_or(packet, |end| end.max(packet)));
            }
        })
        .await?;
    if remarks.truncated() {
        return Err(MediaError::Truncated);
    }
    Ok(end)
}

/// `stream_index=0|pts_time=7.96|dts_time=7.96|duration_time=0.04` → 8.0
fn packet_end(line: &str, chosen: &[u32]) -> Option<f64> {
    let field = |name: &str| {
        let value =
            line.split('|').find_map(|field| field.strip_prefix(name)?.strip_prefix('='))?;
        value.parse::<f64>().ok().filter(|number| number.is_finite())
    };
    chosen.iter().find(|index| field("stream_index") == Some(f64::from(**index)))?;
    let begin = field("pts_time").or_else(|| field("dts_time"))?;
    Some(begin + field("duration_time").unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_ends_after_its_duration() {
        let line = "stream_index=1|pts_time=7.5|dts_time=7.4|duration_time=0.25";
        assert_eq!(packet_end(line, &[0, 1]), Some(7.75));
    }

    #[test]
    fn packets_of_other_streams_and_without_time_do_not_count() {
        assert_eq!(packet_end("stream_index=2|pts_time=99.0|duration_time=1.0", &[0, 1]), None);
        assert_eq!(
            packet_end("stream_index=0|pts_time=N/A|dts_time=N/A|duration_time=0.04", &[0]),
            None
        );
    }
}
