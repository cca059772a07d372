//! Bytes are encrypted at rest: whoever reads the store's disk finds no plaintext.

use std::{fs, path::Path};

use tests::{Harness, servers, upload};

/// Long enough that it stands on no disk by chance.
const MARK: &[u8] = b"a sentence that nobody but this test has ever put into a file, 4f1c9e";

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_the_stores_disk_finds_no_plaintext() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let bytes = MARK.repeat(100_000);
    let created = upload::create(&creator, "film.mp4", "video/mp4", &bytes).await;
    upload::send(&creator, &created, &bytes).await;
    let folder = servers::s3_data();
    assert!(files_below(&folder) > 0, "{} is where the store keeps its files", folder.display());
    assert_eq!(find(&folder), None);
    creator.delete(&upload::path(&created)).await.expect(204);
    harness.run_until_idle().await;
}

fn files_below(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { files_below(&path) } else { 1 }).sum()
}

/// The first file below `folder` in which the mark stands.
fn find(folder: &Path) -> Option<std::path::PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).find_map(|path| {
        if path.is_dir() {
            return find(&path);
        }
        // A file may go while we look: other tests use the same store.
        let bytes = fs::read(&path).unwrap_or_default();
        bytes.windows(MARK.len()).any(|window| window == MARK).then_some(path)
    })
}
