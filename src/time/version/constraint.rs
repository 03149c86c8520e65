//! What a version must be: `>=7.1, <8`.

use std::cmp::Ordering;
use std::fmt;

use semver::Prerelease;

use crate::time::error::rule::INVALID_VERSION;
use crate::time::error::{ValueError, trimmed};

use super::{Order, Version};

/// Conditions on a version, all of which must hold: `>=7.1, <8`.
///
/// It can be read before the scheme of the application is known, since each condition is only a run of numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VersionConstraint {
    conditions: Vec<Condition>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Condition {
    operator: Operator,
    /// The version as written.
    text: Box<str>,
    /// What orders it; none for the name of a free version, which can only be the same or not.
    bound: Option<Bound>,
}

/// The end of a range of versions. It may be partial: `7.1` stands for every `7.1.x`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Bound {
    numbers: Vec<u64>,
    pre: Prerelease,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Operator {
    AtLeast,
    AtMost,
    Greater,
    Less,
    Exactly,
    /// Up to the next change of the first number that is not zero.
    Compatible,
    /// Up to the next change of the second number.
    Close,
}

/// The operators; of two that start alike, the longer one comes first.
const OPERATORS: [(&str, Operator); 7] = [
    (">=", Operator::AtLeast),
    ("<=", Operator::AtMost),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("=", Operator::Exactly),
    ("^", Operator::Compatible),
    ("~", Operator::Close),
];

impl VersionConstraint {
    /// Reads conditions separated by commas.
    ///
    /// # Errors
    /// `value/invalid-version` at the condition that has no operator or no numbers.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        trimmed(text, |text| {
            let mut conditions = Vec::new();
            let mut at = 0;
            for part in text.split(',') {
                let start = at + part.len() - part.trim_start().len();
                let range = start..start + part.trim().len();
                at += part.len() + 1;
                conditions.push(condition(part.trim()).map_err(|error| error.within(text, range))?);
            }
            Ok(Self { conditions })
        })
    }

    /// Returns whether `version` meets every condition, or none if its scheme has no order to tell.
    ///
    /// A pre-release counts only if a condition names a pre-release of the same numbers.
    pub fn matches(&self, version: &Version) -> Option<bool> {
        let Some(order) = &version.order else {
            let mut conditions = self.conditions.iter();
            return conditions.try_fold(true, |all, condition| {
                let is_name = condition.operator == Operator::Exactly;
                is_name.then_some(all && condition.text == version.text)
            });
        };
        let mut bounds = self
            .conditions
            .iter()
            .filter_map(|condition| condition.bound.as_ref());
        let welcome = order.pre.is_empty() || bounds.any(|bound| bound.names_prerelease_of(order));
        Some(
            welcome
                && self
                    .conditions
                    .iter()
                    .all(|condition| condition.holds(order)),
        )
    }
}

impl Condition {
    fn holds(&self, version: &Order) -> bool {
        let Some(bound) = &self.bound else {
            return false;
        };
        let order = bound.compare(version);
        let same = |count| bound.compare_numbers(version, count).is_eq();
        match self.operator {
            Operator::AtLeast => order.is_ge(),
            Operator::AtMost => order.is_le(),
            Operator::Greater => order.is_gt(),
            Operator::Less => order.is_lt(),
            Operator::Exactly => order.is_eq(),
            Operator::Compatible => {
                let first_used = bound.numbers.iter().position(|&number| number != 0);
                order.is_ge() && same(first_used.map_or(bound.numbers.len(), |at| at + 1))
            }
            Operator::Close => order.is_ge() && same(bound.numbers.len().min(2)),
        }
    }
}

impl Bound {
    fn names_prerelease_of(&self, version: &Order) -> bool {
        !self.pre.is_empty() && self.compare_numbers(version, usize::MAX).is_eq()
    }

    /// Returns how `version` stands to this one, of which only the numbers that are written count.
    fn compare(&self, version: &Order) -> Ordering {
        let is_partial = self.pre.is_empty() && self.numbers.len() < version.numbers.len();
        if is_partial {
            return self.compare_numbers(version, self.numbers.len());
        }
        self.compare_numbers(version, usize::MAX)
            .then_with(|| version.pre.cmp(&self.pre))
    }

    /// Compares the first `count` numbers of `version` with those written here; those left out are zero.
    fn compare_numbers(&self, version: &Order, count: usize) -> Ordering {
        let length = self.numbers.len().max(version.numbers.len()).min(count);
        (0..length)
            .map(|at| version.number(at).cmp(self.numbers.get(at).unwrap_or(&0)))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

fn condition(text: &str) -> Result<Condition, ValueError> {
    let found = OPERATORS
        .into_iter()
        .find_map(|(symbol, operator)| Some((operator, text.strip_prefix(symbol)?.trim_start())));
    let (operator, version) = found.ok_or_else(|| no_operator(text))?;
    let bound = bound(version);
    if bound.is_none() && !(operator == Operator::Exactly && is_name(version)) {
        return Err(not_a_condition(text));
    }
    Ok(Condition {
        operator,
        text: version.into(),
        bound,
    })
}

fn bound(version: &str) -> Option<Bound> {
    let (release, pre) = version.split_once('-').unwrap_or((version, ""));
    let number = |text: &str| {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok())?
    };
    Some(Bound {
        numbers: release.split('.').map(number).collect::<Option<_>>()?,
        pre: Prerelease::new(pre).ok()?,
    })
}

fn no_operator(text: &str) -> ValueError {
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return not_a_condition(text);
    }
    ValueError::new(INVALID_VERSION, format!("`{text}` has no operator"), 0..text.len()).hint(format!(
        "write `={text}` for exactly that, `>={text}` for it or later, or `^{text}` for it and what is compatible"
    ))
}

fn not_a_condition(text: &str) -> ValueError {
    let message = format!("`{text}` is not a condition on a version");
    let error = ValueError::new(INVALID_VERSION, message, 0..text.len());
    let spaced = text
        .replace("==", "=")
        .replace(" <", ", <")
        .replace(" >", ", >");
    if spaced != text && VersionConstraint::parse(&spaced).is_ok() {
        return error.meant(spaced);
    }
    error.hint("write conditions such as `>=7.1`, with a comma between two")
}

fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric) && !text.contains([' ', '<', '>', '='])
}

impl fmt::Display for VersionConstraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, condition) in self.conditions.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            let symbol = OPERATORS
                .into_iter()
                .find(|(_, operator)| *operator == condition.operator)
                .map_or("", |(symbol, _)| symbol);
            write!(f, "{comma}{symbol}{}", condition.text)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;
    use crate::time::VersionScheme;

    fn check(constraint: &str, scheme: &str, expected: &[(&str, Option<bool>)]) {
        let scheme = VersionScheme::parse(scheme).unwrap();
        let read = VersionConstraint::parse(constraint).unwrap();
        for (version, expected) in expected {
            let version = Version::parse(version, &scheme).unwrap();
            assert_eq!(
                read.matches(&version),
                *expected,
                "{version} is {constraint}"
            );
        }
    }

    #[test]
    fn a_partial_version_stands_for_all_that_start_like_it() {
        let (yes, no) = (Some(true), Some(false));
        check(
            ">=7.1, <8",
            "semver",
            &[("7.1", yes), ("7.10.3", yes), ("7.0.9", no), ("8.0.0", no)],
        );
        check(">7.1", "semver", &[("7.1.9", no), ("7.2", yes)]);
        check("<=7.1", "semver", &[("7.1.9", yes), ("7.2", no)]);
        check("=7.1", "semver", &[("7.1.9", yes), ("7.2", no)]);
        check(
            "^7.1",
            "semver",
            &[("7.9", yes), ("8.0", no), ("7.0.5", no)],
        );
        check("^0.3.1", "semver", &[("0.3.9", yes), ("0.4.0", no)]);
        check(
            "~7.1.2",
            "semver",
            &[("7.1.9", yes), ("7.2.0", no), ("7.1.1", no)],
        );
        check(
            ">=2026.04",
            "calver:YYYY.0M.MICRO",
            &[("2026.04", yes), ("2026.10.1", yes), ("2026.03.9", no)],
        );
        check("=Zed", "free", &[("Zed", yes), ("Yoga", no)]);
        check(">=1", "free", &[("Zed", None)]);
    }

    #[test]
    fn a_prerelease_counts_only_where_it_is_named() {
        let (yes, no) = (Some(true), Some(false));
        check(
            ">=7.1, <8",
            "semver",
            &[("7.2.0-rc.1", no), ("8.0.0-rc.1", no), ("7.2.0+build", yes)],
        );
        check(
            ">=7.2.0-rc.2",
            "semver",
            &[
                ("7.2.0-rc.1", no),
                ("7.2.0-rc.3", yes),
                ("7.3.0-rc.1", no),
                ("7.2.0", yes),
            ],
        );
        check(
            ">=7.2.0-rc.2, <7.2.0",
            "semver",
            &[("7.2.0-rc.3", yes), ("7.2.0", no)],
        );
    }

    #[test]
    fn what_is_not_a_constraint_is_explained() {
        let check = |text: &str, wrong: &str, hint: &str, replacement: Option<&str>| {
            let error = VersionConstraint::parse(text).unwrap_err();
            assert_eq!(&text[error.range.clone()], wrong, "{text}: {error}");
            assert!(
                error.hint.clone().unwrap().contains(hint),
                "{text}: {error:?}"
            );
            assert_eq!(error.replacement.as_deref(), replacement, "{text}");
        };
        check("7.1", "7.1", "`>=7.1`", None);
        check(">=7.1 <8", ">=7.1 <8", "`>=7.1, <8`", Some(">=7.1, <8"));
        check("==7.1", "==7.1", "`=7.1`", Some("=7.1"));
        check(">=7.1, ", "", "conditions", None);
        check(">=7.x, <8", ">=7.x", "conditions", None);
        check("", "", "conditions", None);
    }
}
