//! What is written about each job and workflow: `ops/runbooks/<name>.md`, where the name is a job's
//! without its area (`content.expire_uploads`) and a workflow's without its version
//! (`publish_upload@1`). The pages are part of the binary.

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../ops/runbooks"]
struct Pages;

/// What staff can read about a kind of job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manual {
    /// Where it is kept, from the root of the repository.
    pub path: String,
    /// Its first sentence: what the job does.
    pub about: String,
    /// All of it, as Markdown.
    pub markdown: String,
}

/// The manual of a job or workflow, if one is written.
pub fn manual(name: &str) -> Option<Manual> {
    let name = name.split('@').next().unwrap_or(name);
    let file = format!("{}.md", name.rsplit('.').next().unwrap_or(name));
    let markdown = String::from_utf8(Pages::get(&file)?.data.into_owned()).ok()?;
    Some(Manual {
        path: format!("ops/runbooks/{file}"),
        about: first_sentence(&markdown),
        markdown,
    })
}

/// The first line that is neither a heading nor blank.
fn first_sentence(markdown: &str) -> String {
    let lines = markdown.lines().map(str::trim);
    lines.skip_while(|line| line.is_empty() || line.starts_with('#')).take(1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_begins_with_what_the_job_does() {
        for file in Pages::iter().filter(|file| !file.contains('/')) {
            let manual = manual(file.trim_end_matches(".md")).unwrap();
            assert!(manual.about.ends_with('.'), "{file}: {}", manual.about);
        }
    }

    #[test]
    fn the_version_of_a_workflow_and_the_area_of_a_job_do_not_matter() {
        assert_eq!(manual("content.expire_uploads"), manual("expire_uploads@2"));
    }
}
