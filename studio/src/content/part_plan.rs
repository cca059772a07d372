//! How a file is cut into parts. The limits are those of S3's multipart uploads: parts of 5 MiB to 5 GiB
//! (the last one may be smaller), at most 10,000 of them, objects of at most 5 TiB.

/// The smallest part, except the last one, in bytes.
pub const MIN_PART: u64 = 5 << 20;
/// The largest part, in bytes.
pub const MAX_PART: u64 = 5 << 30;
/// The most parts of one file.
pub const MAX_PARTS: u64 = 10_000;
/// The largest file, in bytes.
pub const MAX_FILE: u64 = 5 << 40;

/// Parts are no smaller than this, though S3 would allow it: each costs a signature and a round trip.
const USUAL_PART: u64 = 8 << 20;

/// How one file is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartPlan {
    /// The size of every part but the last, in bytes.
    pub part_size: u64,
    /// How many parts there are.
    pub count: u32,
    /// The size of the file, in bytes.
    pub file_size: u64,
}

impl PartPlan {
    /// The plan for a file of `file_size` bytes: the smallest power of two, from 8 MiB on, that needs no
    /// more than 10,000 parts, so that a part that is lost costs little. None for a file that is empty
    /// or larger than [`MAX_FILE`].
    pub fn for_file(file_size: u64) -> Option<Self> {
        if file_size == 0 || file_size > MAX_FILE {
            return None;
        }
        let mut part_size = USUAL_PART;
        while file_size.div_ceil(part_size) > MAX_PARTS {
            part_size *= 2;
        }
        let count = u32::try_from(file_size.div_ceil(part_size)).ok()?;
        Some(Self { part_size, count, file_size })
    }

    /// How many bytes part `number` (from 1) has; none if there is no such part.
    pub fn size_of(&self, number: u32) -> Option<u64> {
        (1..=self.count).contains(&number).then(|| {
            let before = u64::from(number - 1) * self.part_size;
            self.part_size.min(self.file_size - before)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_file_fits_the_limits_of_s3(file_size in 1..=MAX_FILE) {
            let plan = PartPlan::for_file(file_size).unwrap();
            prop_assert!((MIN_PART..=MAX_PART).contains(&plan.part_size));
            prop_assert!((1..=MAX_PARTS).contains(&u64::from(plan.count)));
        }

        #[test]
        fn the_parts_make_up_the_file(file_size in 1..=MAX_FILE) {
            let plan = PartPlan::for_file(file_size).unwrap();
            let sizes: Vec<u64> = (1..=plan.count).map(|n| plan.size_of(n).unwrap()).collect();
            prop_assert_eq!(sizes.iter().sum::<u64>(), file_size);
            prop_assert!(sizes.iter().all(|size| *size > 0));
            prop_assert!(sizes[..sizes.len() - 1].iter().all(|size| *size == plan.part_size));
        }
    }

    #[test]
    fn a_small_file_is_one_part() {
        let plan = PartPlan::for_file(3).unwrap();
        assert_eq!((plan.count, plan.size_of(1), plan.size_of(2)), (1, Some(3), None));
    }

    #[test]
    fn parts_grow_only_when_there_would_be_too_many() {
        let eighty_gigabytes = 10_000 * USUAL_PART;
        assert_eq!(PartPlan::for_file(eighty_gigabytes).unwrap().part_size, 8 << 20);
        assert_eq!(PartPlan::for_file(eighty_gigabytes + 1).unwrap().part_size, 16 << 20);
    }

    #[test]
    fn nothing_and_too_much_have_no_plan() {
        assert_eq!(PartPlan::for_file(0), None);
        assert_eq!(PartPlan::for_file(MAX_FILE + 1), None);
    }
}
