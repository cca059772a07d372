//! The checked-in document and the code say the same.

use std::process::Command;

#[test]
fn the_checked_in_document_is_what_the_code_says() {
    let status = Command::new(env!("CARGO_BIN_EXE_vod"))
        .args(["openapi", "--check", "--file"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json"))
        .status()
        .unwrap();
    assert!(status.success(), "run `vod openapi`");
}

#[test]
fn a_document_that_differs_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("openapi.json");
    std::fs::write(&file, "{}").unwrap();
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_vod"))
            .args(arguments)
            .arg("--file")
            .arg(&file)
            .status()
            .unwrap()
    };
    assert!(!run(&["openapi", "--check"]).success());
    assert!(run(&["openapi"]).success());
    assert!(run(&["openapi", "--check"]).success());
}
