use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use crate::Result;

/// The figures of this run.
#[derive(Default)]
pub struct Report(Vec<Value>);

impl Report {
    /// Adds a figure and prints it. The ratio is ours to theirs.
    pub fn add(&mut self, name: &str, ours: f64, theirs: f64, unit: &str, peer: &str) {
        let ratio = ours / theirs;
        println!(
            "BENCH {name} ratio={ratio:.2} ours={ours:.2} theirs={theirs:.2} unit={unit} peer={peer}"
        );
        self.0.push(json!({
            "name": name, "ratio": ratio, "ours": ours, "theirs": theirs, "unit": unit, "peer": peer,
        }));
    }

    /// Writes them where the other benchmarks write theirs.
    pub fn write(&self) -> Result<()> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("jobs.json"), serde_json::to_string_pretty(&self.0)?)?;
        Ok(())
    }
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
    sorted.get(place).copied().unwrap_or(f64::NAN)
}
