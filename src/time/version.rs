//! Versions of applications, under the scheme that orders them, and constraints on them.

mod calver;
mod constraint;
mod scheme;

pub use calver::CalverPattern;
pub use constraint::VersionConstraint;
pub use scheme::VersionScheme;

use std::cmp::Ordering;
use std::fmt;

use semver::Prerelease;

use super::error::rule::INVALID_VERSION;
use super::error::{ValueError, trimmed};

/// A version as written, and what its scheme reads in it. Two versions are the same value if they are written alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Version {
    text: Box<str>,
    order: Option<Order>,
}

/// How large a step from one version to the next is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// The last number: a `MICRO` of calver.
    Patch,
    /// The middle number; in calver also the month, the week and the day.
    Minor,
    /// The first number; in calver also the year.
    Major,
}

/// What orders a version.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Order {
    /// The numbers, each with the step that a change of it is.
    numbers: Vec<(u64, Bump)>,
    pre: Prerelease,
}

impl Version {
    /// Reads a version under `scheme`. Under semver, `4.2` is short for `4.2.0`.
    ///
    /// # Errors
    /// `value/invalid-version` for an empty text, and for one that does not follow the scheme.
    pub fn parse(text: &str, scheme: &VersionScheme) -> Result<Self, ValueError> {
        trimmed(text, |text| {
            if text.is_empty() {
                return Err(
                    ValueError::new(INVALID_VERSION, "the version is empty", 0..0)
                        .hint("write it in quotes, as in `\"1.10\"`"),
                );
            }
            let order = match scheme {
                VersionScheme::Semver => Some(semantic(text)?),
                VersionScheme::Calver(pattern) => Some(pattern.read(text)?),
                VersionScheme::Free => None,
            };
            Ok(Self {
                text: text.into(),
                order,
            })
        })
    }

    /// Returns the version as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns whether it comes before a release: `4.2.0-rc.1`.
    pub fn is_prerelease(&self) -> bool {
        self.order
            .as_ref()
            .is_some_and(|order| !order.pre.is_empty())
    }

    /// Returns which comes first, or none if the scheme has no order and the texts differ.
    ///
    /// Build metadata does not count, and a number that is left out is zero (Semantic Versioning 2.0.0, item 11).
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (&self.order, &other.order) {
            (Some(order), Some(than)) => Some(order.compare(than)),
            _ => (self.text == other.text).then_some(Ordering::Equal),
        }
    }

    /// Returns whether both come to one version in the end: `4.2.0-rc.1` leads to `4.2.0`, and so does `4.2+build.7`.
    /// Without an order, whether they are written alike.
    pub fn leads_to_same(&self, other: &Self) -> bool {
        match (&self.order, &other.order) {
            (Some(order), Some(others)) => {
                let length = order.numbers.len().max(others.numbers.len());
                (0..length).all(|at| order.number(at) == others.number(at))
            }
            _ => self.text == other.text,
        }
    }

    /// Returns the step that leads from `older` to this version; none if this one is not later.
    ///
    /// A release after its own pre-release is the step that the release is: `4.0.0` after `4.0.0-rc.1` is major.
    pub fn bump_from(&self, older: &Self) -> Option<Bump> {
        if self.compare(older)? != Ordering::Greater {
            return None;
        }
        let numbers = &self.order.as_ref()?.numbers;
        let changed = (0..numbers.len()).find(|&at| self.number(at) != older.number(at));
        match changed {
            Some(at) => numbers.get(at).map(|(_, bump)| *bump),
            None => self.level(),
        }
    }

    /// Returns the smallest step that leads to this version: `4.0.0` is major, `4.2.0` minor. None without an order.
    pub fn level(&self) -> Option<Bump> {
        let numbers = &self.order.as_ref()?.numbers;
        let last_used = numbers.iter().rposition(|(number, _)| *number != 0);
        numbers.get(last_used.unwrap_or(0)).map(|(_, bump)| *bump)
    }

    fn number(&self, at: usize) -> u64 {
        self.order.as_ref().map_or(0, |order| order.number(at))
    }
}

impl Order {
    fn number(&self, at: usize) -> u64 {
        self.numbers.get(at).map_or(0, |(number, _)| *number)
    }

    fn compare(&self, other: &Self) -> Ordering {
        let length = self.numbers.len().max(other.numbers.len());
        (0..length)
            .map(|at| self.number(at).cmp(&other.number(at)))
            .find(|order| order.is_ne())
            .unwrap_or_else(|| self.pre.cmp(&other.pre))
    }
}

fn semantic(text: &str) -> Result<Order, ValueError> {
    let numbers = text.find(['-', '+']).unwrap_or(text.len());
    let (release, suffix) = text.split_at(numbers);
    let full = if release.matches('.').count() == 1 {
        format!("{release}.0{suffix}")
    } else {
        text.to_owned()
    };
    let version = semver::Version::parse(&full).map_err(|_| not_semantic(text, release, suffix))?;
    Ok(Order {
        numbers: vec![
            (version.major, Bump::Major),
            (version.minor, Bump::Minor),
            (version.patch, Bump::Patch),
        ],
        pre: version.pre,
    })
}

fn not_semantic(text: &str, release: &str, suffix: &str) -> ValueError {
    let message = format!("`{text}` is not a semantic version");
    let error = ValueError::new(INVALID_VERSION, message, 0..text.len());
    let bare = release.trim_start_matches(['v', 'V']);
    let numbers: Vec<&str> = bare
        .split('.')
        .map(|number| match number.trim_start_matches('0') {
            "" if !number.is_empty() => "0",
            number => number,
        })
        .collect();
    let plain = format!("{}{suffix}", numbers.join("."));
    if plain != text && semantic(&plain).is_ok() {
        return error.meant(plain);
    }
    if numbers.len() == 4 && numbers.iter().all(|number| number.parse::<u64>().is_ok()) {
        return error.hint(
            "semantic versions have three numbers: set `versioning: free` or a `calver:` pattern",
        );
    }
    error.hint("write it as `4.2`, `4.2.0` or `4.2.0-rc.1`")
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    fn version(text: &str, scheme: &str) -> Version {
        Version::parse(text, &VersionScheme::parse(scheme).unwrap()).unwrap()
    }

    #[test]
    fn versions_are_ordered_by_their_scheme() {
        let check = |scheme, one, than, expected: Option<Ordering>| {
            let order = version(one, scheme).compare(&version(than, scheme));
            assert_eq!(order, expected, "{one} and {than} under {scheme}");
        };
        check("semver", "1.10", "1.9.3", Some(Ordering::Greater));
        check("semver", "4.2", "4.2.0", Some(Ordering::Equal));
        check("semver", "4.2.0-rc.1", "4.2", Some(Ordering::Less));
        check("semver", "4.2-rc.10", "4.2.0-rc.9", Some(Ordering::Greater));
        check("semver", "4.2.0+a", "4.2.0+b", Some(Ordering::Equal));
        check(
            "calver:YYYY.MM.MICRO",
            "2026.10.0",
            "2026.9.3",
            Some(Ordering::Greater),
        );
        check(
            "calver:YYYY.MM.MICRO",
            "2026.10",
            "2026.10.0",
            Some(Ordering::Equal),
        );
        check("calver:YY.0M", "26.04", "26.10", Some(Ordering::Less));
        check(
            "calver:YYYY.0M-MODIFIER",
            "2026.04-rc1",
            "2026.04",
            Some(Ordering::Less),
        );
        check("free", "Zed", "Yoga", None);
        check("free", "Zed", "Zed", Some(Ordering::Equal));
    }

    #[test]
    fn a_bump_is_the_first_number_that_changes() {
        let check = |scheme, older, newer, expected| {
            let bump = version(newer, scheme).bump_from(&version(older, scheme));
            assert_eq!(bump, expected, "{older} to {newer}");
        };
        check("semver", "3.9.1", "4.0.0", Some(Bump::Major));
        check("semver", "4.1", "4.2", Some(Bump::Minor));
        check("semver", "4.2", "4.2.1", Some(Bump::Patch));
        check("semver", "4.0.0-rc.1", "4.0.0", Some(Bump::Major));
        check("semver", "4.2.0-rc.1", "4.2.0", Some(Bump::Minor));
        check("semver", "4.2", "4.1", None);
        check(
            "calver:YYYY.MM.MICRO",
            "2026.4.0",
            "2026.4.1",
            Some(Bump::Patch),
        );
        check(
            "calver:YYYY.MM.MICRO",
            "2026.4.0",
            "2026.5.0",
            Some(Bump::Minor),
        );
        check("free", "a", "b", None);
    }

    #[test]
    fn what_does_not_follow_the_scheme_is_explained() {
        let check = |scheme, text: &str, hint: &str, replacement: Option<&str>| {
            let scheme = VersionScheme::parse(scheme).unwrap();
            let error = Version::parse(text, &scheme).unwrap_err();
            assert!(
                error.hint.clone().unwrap().contains(hint),
                "{text}: {error:?}"
            );
            assert_eq!(error.replacement.as_deref(), replacement, "{text}");
        };
        check("semver", "v4.2", "`4.2`", Some("4.2"));
        check("semver", "4.02.0", "`4.2.0`", Some("4.2.0"));
        check("semver", "4.2.0.1", "three numbers", None);
        check("semver", "4", "`4.2`", None);
        check("semver", "", "quotes", None);
        check("calver:YYYY.0M", "2026.4", "`2026.04`", None);
        check("calver:YYYY.0M", "2026.13", "`2026.04`", None);
        check("calver:YYYY.MM.DD", "2026.2.30", "`2026.4.17`", None);
        check("calver:YYYY.MM.MICRO", "2026.04.1", "`2026.4.2`", None);
        check("calver:YY.0M", "26.04.1", "`26.04`", None);
    }
}
