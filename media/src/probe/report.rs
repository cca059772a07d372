//! ffprobe's JSON report. No metadata is asked for but what decides the picture's size.

use serde::Deserialize;

/// What ffprobe is asked for.
pub(super) const ENTRIES: &str = "format=format_name,duration,start_time\
    :stream=index,codec_type,codec_name,width,height,sample_aspect_ratio,avg_frame_rate,field_order,channels\
    :stream_disposition=attached_pic,still_image:stream_side_data=rotation:stream_tags=rotate";

/// The report.
#[derive(Deserialize)]
pub(super) struct Report {
    #[serde(default)]
    pub streams: Vec<Stream>,
    pub format: Format,
}

/// The container.
#[derive(Deserialize)]
pub(super) struct Format {
    #[serde(rename = "format_name")]
    pub name: String,
    #[serde(default)]
    duration: Option<String>,
    #[serde(default)]
    start_time: Option<String>,
}

impl Format {
    /// The duration that the container declares or ffmpeg estimated, in seconds.
    pub fn duration(&self) -> Option<f64> {
        positive(self.duration.as_deref()?)
    }

    /// The first timestamp, in seconds.
    pub fn start(&self) -> f64 {
        let start = self.start_time.as_deref().and_then(|text| text.parse::<f64>().ok());
        start.filter(|seconds| seconds.is_finite()).unwrap_or(0.0)
    }
}

/// One stream.
#[derive(Deserialize)]
pub(super) struct Stream {
    pub index: u32,
    #[serde(default)]
    codec_type: Option<String>,
    #[serde(default)]
    pub codec_name: Option<String>,
    #[serde(default)]
    pub width: u64,
    #[serde(default)]
    pub height: u64,
    #[serde(default)]
    pub channels: u32,
    #[serde(default)]
    sample_aspect_ratio: Option<String>,
    #[serde(default)]
    avg_frame_rate: Option<String>,
    #[serde(default)]
    field_order: Option<String>,
    #[serde(default)]
    disposition: Disposition,
    #[serde(default)]
    side_data_list: Vec<SideData>,
    #[serde(default)]
    tags: Tags,
}

#[derive(Default, Deserialize)]
struct Disposition {
    #[serde(default)]
    attached_pic: u8,
    #[serde(default)]
    still_image: u8,
}

#[derive(Deserialize)]
struct SideData {
    #[serde(default)]
    rotation: Option<f64>,
}

#[derive(Default, Deserialize)]
struct Tags {
    #[serde(default)]
    rotate: Option<String>,
}

impl Stream {
    pub fn is(&self, codec_type: &str) -> bool {
        self.codec_type.as_deref() == Some(codec_type)
    }

    /// A picture that accompanies the media and does not move.
    pub fn is_cover(&self) -> bool {
        self.disposition.attached_pic == 1 || self.disposition.still_image == 1
    }

    /// Width and height on a screen: square pixels, turned as the camera was.
    pub fn display_size(&self) -> (u64, u64) {
        let (across, down) = self.sample_aspect_ratio.as_deref().and_then(ratio).unwrap_or((1, 1));
        let width = (self.width.saturating_mul(across) + down / 2) / down;
        let width = width.max(1);
        if self.quarter_turned() { (self.height, width) } else { (width, self.height) }
    }

    fn quarter_turned(&self) -> bool {
        let turned = self.side_data_list.iter().find_map(|data| data.rotation);
        let tagged = || self.tags.rotate.as_deref()?.parse::<f64>().ok();
        let degrees = turned.or_else(tagged).unwrap_or(0.0).rem_euclid(180.0);
        (45.0..135.0).contains(&degrees)
    }

    /// Whether each frame holds two half pictures, taken one after the other.
    pub fn is_interlaced(&self) -> bool {
        matches!(self.field_order.as_deref(), Some("tt" | "bb" | "tb" | "bt"))
    }

    /// Frames a second on average.
    #[expect(clippy::cast_precision_loss, reason = "a frame rate needs no 53 bits")]
    pub fn frame_rate(&self) -> Option<f64> {
        let (frames, seconds) = ratio_of(self.avg_frame_rate.as_deref()?, '/')?;
        Some(frames as f64 / seconds as f64)
    }
}

fn ratio(text: &str) -> Option<(u64, u64)> {
    ratio_of(text, ':')
}

/// `a<sign>b` with both above zero; ffprobe writes `0:1` for "not known".
fn ratio_of(text: &str, sign: char) -> Option<(u64, u64)> {
    let (a, b) = text.split_once(sign)?;
    let (a, b) = (a.parse().ok()?, b.parse().ok()?);
    (a > 0 && b > 0).then_some((a, b))
}

fn positive(text: &str) -> Option<f64> {
    text.parse().ok().filter(|seconds: &f64| seconds.is_finite() && *seconds > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(json: &str) -> Stream {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_phone_held_upright_makes_a_tall_picture() {
        let tall =
            stream(r#"{"index":0,"width":1920,"height":1080,"side_data_list":[{"rotation":-90}]}"#);
        assert_eq!(tall.display_size(), (1080, 1920));
        let tagged = stream(r#"{"index":0,"width":1920,"height":1080,"tags":{"rotate":"270"}}"#);
        assert_eq!(tagged.display_size(), (1080, 1920));
        let upside_down =
            stream(r#"{"index":0,"width":1920,"height":1080,"side_data_list":[{"rotation":180}]}"#);
        assert_eq!(upside_down.display_size(), (1920, 1080));
    }

    #[test]
    fn wide_pixels_make_a_wide_picture() {
        let dv = stream(r#"{"index":0,"width":720,"height":576,"sample_aspect_ratio":"64:45"}"#);
        assert_eq!(dv.display_size(), (1024, 576));
    }

    #[test]
    fn an_unknown_ratio_counts_as_square() {
        let odd = stream(
            r#"{"index":0,"width":640,"height":360,"sample_aspect_ratio":"0:1","avg_frame_rate":"0/0"}"#,
        );
        assert_eq!(odd.display_size(), (640, 360));
        assert_eq!(odd.frame_rate(), None);
    }
}
