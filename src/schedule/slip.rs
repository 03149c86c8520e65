//! By how much a stage slipped.

use crate::plan::value::{Period, When};

/// Returns by how many days later than `planned` a stage was entered, fewer than none when earlier; none when either day
/// is not known exactly.
pub fn slip(planned: &Period, entered: &When) -> Option<i64> {
    let planned = planned.resolved.from().days()?.exact()?;
    Some(planned.until(entered.days()?.exact()?))
}
