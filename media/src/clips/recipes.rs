//! What each clip shows and how ffmpeg draws it. Patterns, sizes and tones differ, so that a library
//! of them can be told apart at a glance and by ear.

/// How to make one clip.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// The file's name; its extension chooses the container.
    pub file_name: &'static str,
    /// A title for people.
    pub title: &'static str,
    /// Media type to declare on upload.
    pub media_type: &'static str,
    /// Length in seconds.
    pub seconds: f64,
    /// Pixels across and down as shown, for video.
    pub size: Option<(u32, u32)>,
    /// Whether there is sound.
    pub has_audio: bool,
    /// Filmed with the phone turned: the container says "rotate", the frames lie on their side.
    pub held_upright: bool,
    /// ffmpeg's arguments before the length and the file.
    pub arguments: Vec<String>,
}

const H264: &str = "-c:v libx264 -preset ultrafast -crf 26 -pix_fmt yuv420p -c:a aac -b:a 96k";

/// The eight kinds of clip.
pub(super) fn all() -> Vec<Recipe> {
    vec![
        video(
            "colour-drift.mp4",
            "Colour drift",
            "video/mp4",
            10.0,
            (1280, 720),
            &[
                "gradients=s=1280x720:r=30:n=5:seed=7:speed=0.02",
                "aevalsrc=0.2*sin(220*2*PI*t)+0.15*sin(277.2*2*PI*t)+0.1*sin(329.6*2*PI*t)",
            ],
            H264,
        ),
        video(
            "carpet-flight.mov",
            "Flight over a Sierpinski carpet",
            "video/quicktime",
            8.0,
            (854, 480),
            &["sierpinski=s=854x480:r=25:seed=3:jump=60", "sine=f=330:beep_factor=4"],
            H264,
        ),
        video(
            "game-of-life.webm",
            "Game of Life",
            "video/webm",
            8.0,
            (640, 360),
            &[
                "life=s=160x90:r=25:ratio=0.2:seed=4:mold=12:life_color=#7ee0ff:death_color=#0b2545:mold_color=#13315c,scale=640:360:flags=neighbor",
                "sine=f=392",
            ],
            "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -row-mt 1 -b:v 800k -c:a libopus -b:a 64k",
        ),
        video(
            "mandelbrot-dive.mkv",
            "Dive into the Mandelbrot set",
            "video/x-matroska",
            6.0,
            (640, 360),
            &[
                "mandelbrot=s=640x360:r=24:start_scale=2.5:end_scale=0.05:end_pts=144:maxiter=300",
                "sine=f=262",
            ],
            "-c:v libx264 -preset ultrafast -crf 28 -pix_fmt yuv420p -c:a libvorbis",
        ),
        audio(
            "morning-chord.mp3",
            "Morning chord",
            "audio/mpeg",
            12.0,
            &[
                "aevalsrc=0.3*sin(261.6*2*PI*t)*(0.6+0.4*sin(t))+0.25*sin(329.6*2*PI*t)+0.2*sin(392*2*PI*t)*(0.5+0.5*cos(2*t))",
                "gradients=s=600x600:r=1:n=4:seed=11:d=1",
            ],
            "-map 0:a -map 1:v -frames:v 1 -c:v mjpeg -disposition:v attached_pic -c:a libmp3lame -q:a 5",
        ),
        audio(
            "field-siren.flac",
            "Field recording: siren",
            "audio/flac",
            9.0,
            &["aevalsrc=0.4*sin(2*PI*t*(440+220*sin(0.7*t)))"],
            "-c:a flac",
        ),
        Recipe {
            held_upright: true,
            ..video(
                "phone-held-upright.mp4",
                "Phone held upright",
                "video/mp4",
                6.0,
                (540, 960),
                &["testsrc2=s=960x540:r=30", "sine=f=523"],
                H264,
            )
        },
        Recipe {
            has_audio: false,
            ..video(
                "silent-automaton.mp4",
                "Silent automaton",
                "video/mp4",
                7.0,
                (640, 360),
                &["cellauto=s=160x90:rule=110:rate=30:seed=9,scale=640:360:flags=neighbor"],
                H264,
            )
        },
    ]
}

fn video(
    file_name: &'static str,
    title: &'static str,
    media_type: &'static str,
    seconds: f64,
    size: (u32, u32),
    inputs: &[&str],
    encoding: &str,
) -> Recipe {
    let arguments = arguments(inputs, encoding);
    Recipe {
        file_name,
        title,
        media_type,
        seconds,
        size: Some(size),
        has_audio: true,
        held_upright: false,
        arguments,
    }
}

fn audio(
    file_name: &'static str,
    title: &'static str,
    media_type: &'static str,
    seconds: f64,
    inputs: &[&str],
    encoding: &str,
) -> Recipe {
    Recipe { size: None, ..video(file_name, title, media_type, seconds, (0, 0), inputs, encoding) }
}

fn arguments(inputs: &[&str], encoding: &str) -> Vec<String> {
    let inputs = inputs.iter().flat_map(|input| ["-f", "lavfi", "-i", input]);
    inputs.chain(encoding.split(' ')).map(str::to_owned).collect()
}
