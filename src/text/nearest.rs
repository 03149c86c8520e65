//! "Did you mean": the known names that a mistyped one most likely stood for.

/// Returns the known names nearest to `wrong`, best first, at most three.
///
/// A name is near when at most a third of its letters would have to change, or when one contains the other.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let lower = wrong.to_lowercase();
    let mut ranked: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|name| Some((distance(&lower, name)?, name)))
        .collect();
    ranked.sort_unstable();
    ranked.dedup();
    ranked.truncate(3);
    ranked.into_iter().map(|(_, name)| name).collect()
}

/// Returns how far `name` is from what was written in lower case, or none when it is too far to be meant.
fn distance(lower: &str, name: &str) -> Option<usize> {
    let candidate = name.to_lowercase();
    let longest = lower.chars().count().max(candidate.chars().count());
    // Names that differ this much in length cannot be near, and the lengths are cheaper to compare than the letters.
    let reach = (longest / 3).max(1);
    let contained = lower.len() >= 3 && candidate.contains(lower)
        || candidate.len() >= 3 && lower.contains(&candidate);
    if !contained && lower.chars().count().abs_diff(candidate.chars().count()) > reach {
        return None;
    }
    let edits = strsim::osa_distance(lower, &candidate);
    (edits <= reach || contained).then_some(edits)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    fn check(wrong: &str, expected: &[&str]) {
        let known = [
            "manager",
            "milestones",
            "title",
            "production",
            "2026-q4",
            "2027-q1",
        ];
        assert_eq!(nearest(wrong, known), expected, "{wrong}");
    }

    #[test]
    fn near_names_come_best_first() {
        check("manger", &["manager"]);
        check("Milestone", &["milestones"]);
        check("prod", &["production"]);
        check("2026-q3", &["2026-q4", "2027-q1"]);
        check("zebra", &[]);
    }
}
