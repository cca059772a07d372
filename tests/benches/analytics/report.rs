//! One line a figure, and the same as JSON.

use std::fs;

/// Prints a figure, and keeps it. The ratio is ours to theirs.
pub fn report(name: &str, ours: f64, theirs: f64, unit: &str, peer: &str) {
    let ratio = ours / theirs;
    println!(
        "BENCH {name} ratio={ratio:.3} ours={ours:.3} theirs={theirs:.3} unit={unit} peer={peer}"
    );
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    fs::create_dir_all(&folder).expect("the folder of the figures");
    let figures = serde_json::json!({
        "name": name, "ratio": ratio, "ours": ours, "theirs": theirs, "unit": unit, "peer": peer,
    });
    fs::write(folder.join(format!("{name}.json")), figures.to_string()).expect("the figures");
}

/// The middle one.
pub fn median(figures: &[f64]) -> f64 {
    percentile(figures, 50)
}

/// The figure below which this many percent of the others lie.
pub fn percentile(figures: &[f64], percent: usize) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted[place]
}
