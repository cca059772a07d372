//! Makes real clips, for the demo library and for tests: eight kinds that creators bring.

mod recipes;
mod rotation;

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::Stdio,
};

use tokio::{fs, process::Command};

use crate::{MediaError, MediaKind};
pub use recipes::Recipe;

/// A clip on disk.
#[derive(Clone, Debug)]
pub struct Clip {
    /// Where it lies. The file's name is one a creator might have given it.
    pub path: PathBuf,
    /// What a viewer gets.
    pub kind: MediaKind,
    /// Length as it was made, in seconds.
    pub duration_seconds: f64,
    /// Media type to declare on upload.
    pub media_type: &'static str,
    /// A title for the library.
    pub title: &'static str,
    /// Pixels across and down as a viewer sees them, for video.
    pub size: Option<(u32, u32)>,
    /// Whether there is sound.
    pub has_audio: bool,
}

/// Makes the eight clips under `folder`, each once: mp4, mov, webm, mkv, mp3 with cover art, flac, a
/// phone's rotated video, and a video without sound. A clip that is there already is not made again.
pub async fn make(folder: &Path) -> Result<Vec<Clip>, MediaError> {
    let mut clips = Vec::new();
    for recipe in recipes::all() {
        clips.push(make_one(folder, &recipe).await?);
    }
    Ok(clips)
}

/// Makes one clip under `folder`, in a subfolder named after the recipe's content, so that a changed
/// recipe makes a new file. Two processes may do this at once: the last to rename wins, with equal bytes.
pub async fn make_one(folder: &Path, recipe: &Recipe) -> Result<Clip, MediaError> {
    let folder = folder.join(stamp(recipe));
    let path = folder.join(recipe.file_name);
    if !fs::try_exists(&path).await? {
        fs::create_dir_all(&folder).await?;
        let draft = tempfile::Builder::new().prefix("draft").tempdir_in(&folder)?;
        let drawn = draft.path().join(recipe.file_name);
        draw(recipe, &drawn).await?;
        fs::rename(&drawn, &path).await?;
    }
    Ok(Clip {
        path,
        kind: if recipe.size.is_some() { MediaKind::Video } else { MediaKind::Audio },
        duration_seconds: recipe.seconds,
        media_type: recipe.media_type,
        title: recipe.title,
        size: recipe.size,
        has_audio: recipe.has_audio,
    })
}

async fn draw(recipe: &Recipe, path: &Path) -> Result<(), MediaError> {
    let done = Command::new("ffmpeg")
        .args(["-hide_banner", "-v", "error", "-nostdin", "-y"])
        .args(&recipe.arguments)
        .args(["-t", &recipe.seconds.to_string()])
        .arg(path)
        .stdin(Stdio::null())
        .output()
        .await
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => MediaError::ToolMissing { tool: "ffmpeg" },
            _ => error.into(),
        })?;
    if !done.status.success() {
        return Err(MediaError::ToolFailed {
            tool: "ffmpeg",
            status: done.status.to_string(),
            detail: String::from_utf8_lossy(&done.stderr).into_owned(),
        });
    }
    if recipe.held_upright {
        let mut bytes = fs::read(path).await?;
        rotation::turn_clockwise(&mut bytes)?;
        fs::write(path, bytes).await?;
    }
    Ok(())
}

fn stamp(recipe: &Recipe) -> String {
    let mut hasher = DefaultHasher::new();
    (recipe.file_name, &recipe.arguments, recipe.seconds.to_bits(), recipe.held_upright)
        .hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
