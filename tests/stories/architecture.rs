//! Who may know whom. Cargo refuses a cycle; this refuses an arrow that points the wrong way.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// Each room, and the rooms that it may know.
const MAY_KNOW: [(&str, &[&str]); 8] = [
    ("jobs", &[]),
    ("media", &[]),
    ("studio", &["jobs", "media"]),
    ("workflows", &["jobs", "studio"]),
    ("workers", &["jobs", "studio", "workflows"]),
    ("api", &["studio"]),
    ("creator-studio", &["jobs", "studio", "workflows", "workers", "api", "media"]),
    ("vod", &["media"]),
];

/// Libraries that have one home.
const HOMES: [(&str, &[&str]); 7] = [
    ("poem", &["api", "creator-studio", "vod", "tests"]),
    ("poem-openapi", &["api", "vod"]),
    ("apalis-core", &["jobs"]),
    ("lettre", &["studio"]),
    ("mongodb", &["studio", "tests"]),
    ("aws-sdk-s3", &["studio", "tests"]),
    ("rdkafka", &["studio", "tests"]),
];

#[test]
fn a_room_knows_only_the_rooms_below_it() {
    let rooms = rooms();
    let names: BTreeSet<&str> = rooms.keys().map(String::as_str).collect();
    for (room, allowed) in MAY_KNOW {
        let known = rooms[room].iter().map(String::as_str).filter(|name| names.contains(name));
        let forbidden: Vec<_> = known.filter(|name| !allowed.contains(name)).collect();
        assert!(forbidden.is_empty(), "{room} must not know {forbidden:?}");
    }
}

#[test]
fn a_library_with_a_home_is_known_nowhere_else() {
    for (room, dependencies) in rooms() {
        for (library, homes) in HOMES {
            let stranger = dependencies.contains(library) && !homes.contains(&room.as_str());
            assert!(!stranger, "{library} belongs to {homes:?}, but {room} knows it too");
        }
    }
}

#[test]
fn apalis_is_spoken_in_the_runtime_of_the_engine_only() {
    let strangers = sources("jobs/src", |path, text| {
        !path.starts_with(root().join("jobs/src/runtime")) && text.contains("apalis_core::")
    });
    assert!(strangers.is_empty(), "{strangers:?}");
}

#[test]
fn no_folder_is_named_for_having_no_name() {
    let nameless = ["utils", "util", "common", "helpers", "helper", "manager", "misc"];
    for folder in ["jobs", "media", "studio", "workflows", "workers", "api", "cli", "tests"] {
        let found = sources(folder, |path, _| {
            path.iter().any(|part| {
                let part = part.to_string_lossy();
                nameless.contains(&part.trim_end_matches(".rs"))
            })
        });
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn no_source_file_is_longer_than_four_hundred_lines() {
    for folder in [
        "jobs/src",
        "media/src",
        "studio/src",
        "workflows/src",
        "workers/src",
        "api/src",
        "cli/src",
        "ops/vod/src",
    ] {
        let long = sources(folder, |_, text| text.lines().count() > 400);
        assert!(long.is_empty(), "does each still do one thing? {long:?}");
    }
}

/// The Rust files below `folder` for which `holds` is true.
fn sources(folder: &str, holds: impl Fn(&Path, &str) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                if holds(&path, &text) {
                    found.push(path);
                }
            }
        }
    }
    found
}

/// Every room with the names of what it depends on when it runs.
fn rooms() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    packages.iter().map(|package| (text(&package["name"]), dependencies(package))).collect()
}

fn dependencies(package: &Value) -> BTreeSet<String> {
    let all = package["dependencies"].as_array().unwrap();
    all.iter().filter(|d| d["kind"] != "dev").map(|d| text(&d["name"])).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}
