//! Bytes are encrypted at rest: whoever reads the store's disk finds no plaintext.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use tests::{Harness, servers, upload};

/// Long enough that it stands on no disk by chance.
const MARK: &[u8] = b"a sentence that nobody but this test has ever put into a file, 4f1c9e";

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_the_stores_disk_finds_no_plaintext() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let bytes = MARK.repeat(100_000);
    let created = upload::create(&creator, "film.mp4", "video/mp4", &bytes).await;
    // File systems keep times more coarsely than the clock tells them.
    let begun = SystemTime::now() - Duration::from_secs(2);
    upload::send(&creator, &created, &bytes).await;

    let folder = servers::s3_data();
    let written = files_since(begun, &folder);
    let size: u64 =
        written.iter().filter_map(|path| fs::metadata(path).ok()).map(|m| m.len()).sum();
    assert!(size >= bytes.len() as u64, "{} is where the store keeps its files", folder.display());
    let plain: Vec<_> = written.iter().filter(|path| holds_the_mark(path)).collect();
    assert!(plain.is_empty(), "{plain:?}");
    creator.delete(&upload::path(&created)).await.expect(204);
    harness.run_until_idle().await;
}

/// What was written below `folder` since then. Other tests use the same store, so a file may go while
/// we look.
fn files_since(begun: SystemTime, folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths
        .flat_map(|path| match fs::metadata(&path) {
            Ok(about) if about.is_dir() => files_since(begun, &path),
            Ok(about) if about.modified().is_ok_and(|at| at >= begun) => vec![path],
            _ => Vec::new(),
        })
        .collect()
}

fn holds_the_mark(path: &Path) -> bool {
    let bytes = fs::read(path).unwrap_or_default();
    bytes.windows(MARK.len()).any(|window| window == MARK)
}
