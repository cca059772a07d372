//! Whether the parts that the object store has are the parts that were planned.

use super::{objects::StoredPart, part_plan::PartPlan, refusals};
use crate::Refusal;

/// How many part numbers are named before "and more".
const NAMED: usize = 20;

/// Compares what arrived with what was planned. `arrived` is in order of number.
///
/// # Errors
/// `upload.parts_missing`, `upload.parts_extra` or `upload.part_size`, naming the parts.
pub fn check(plan: PartPlan, arrived: &[StoredPart]) -> Result<(), Refusal> {
    let extra: Vec<u32> =
        arrived.iter().map(|p| p.number).filter(|n| plan.size_of(*n).is_none()).collect();
    if !extra.is_empty() {
        return Err(refusals::UPLOAD_PARTS_EXTRA
            .because(sentence("Not planned", &extra))
            .at("parts"));
    }
    let missing = missing(plan, arrived);
    if !missing.is_empty() {
        return Err(refusals::UPLOAD_PARTS_MISSING
            .because(sentence("Missing", &missing))
            .at("parts"));
    }
    let wrong: Vec<u32> = arrived
        .iter()
        .filter(|p| plan.size_of(p.number) != Some(p.size))
        .map(|p| p.number)
        .collect();
    if !wrong.is_empty() {
        let why = sentence("Of another size than planned", &wrong);
        return Err(refusals::UPLOAD_PART_SIZE.because(why).at("parts"));
    }
    Ok(())
}

fn missing(plan: PartPlan, arrived: &[StoredPart]) -> Vec<u32> {
    let there: std::collections::HashSet<u32> = arrived.iter().map(|p| p.number).collect();
    (1..=plan.count).filter(|number| !there.contains(number)).collect()
}

fn sentence(what: &str, numbers: &[u32]) -> String {
    let named: Vec<String> = numbers.iter().take(NAMED).map(u32::to_string).collect();
    let more = match numbers.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let parts = if numbers.len() == 1 { "part" } else { "parts" };
    format!("{what}: {parts} {}{more}.", named.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(number: u32, size: u64) -> StoredPart {
        StoredPart { number, size, etag: String::new() }
    }

    fn plan() -> PartPlan {
        PartPlan { part_size: 10, count: 3, file_size: 25 }
    }

    fn code(arrived: &[StoredPart]) -> (&'static str, String) {
        let refusal = check(plan(), arrived).unwrap_err();
        (refusal.code.code, refusal.detail.unwrap())
    }

    #[test]
    fn the_planned_parts_pass() {
        assert!(check(plan(), &[stored(1, 10), stored(2, 10), stored(3, 5)]).is_ok());
    }

    #[test]
    fn missing_parts_are_named() {
        let (code, why) = code(&[stored(2, 10)]);
        assert_eq!((code, why.as_str()), ("upload.parts_missing", "Missing: parts 1, 3."));
    }

    #[test]
    fn a_part_that_nobody_planned_is_named() {
        let (code, why) = code(&[stored(1, 10), stored(2, 10), stored(3, 5), stored(4, 5)]);
        assert_eq!((code, why.as_str()), ("upload.parts_extra", "Not planned: part 4."));
    }

    #[test]
    fn a_part_of_another_size_is_named() {
        let (code, why) = code(&[stored(1, 10), stored(2, 9), stored(3, 5)]);
        assert_eq!(
            (code, why.as_str()),
            ("upload.part_size", "Of another size than planned: part 2.")
        );
    }

    #[test]
    fn thousands_of_missing_parts_are_counted_instead_of_named() {
        let plan = PartPlan::for_file(9_000 * (8 << 20)).unwrap();
        let why = check(plan, &[]).unwrap_err().detail.unwrap();
        assert!(why.ends_with("20 and 8980 more."), "{why}");
    }
}
