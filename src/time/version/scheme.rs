//! How an application numbers its versions.

use std::fmt;

use crate::text::nearest;
use crate::time::error::rule::INVALID_VERSION;
use crate::time::error::{ValueError, trimmed};

use super::CalverPattern;

/// How an application numbers its versions: `semver`, `calver:<pattern>` or `free`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum VersionScheme {
    /// Semantic Versioning 2.0.0.
    Semver,
    /// Versions that tell a date.
    Calver(
        /// What stands where.
        CalverPattern,
    ),
    /// Any text, in the order in which a plan lists it.
    Free,
}

impl VersionScheme {
    /// Reads a scheme.
    ///
    /// # Errors
    /// `value/invalid-version` for an unknown scheme or a faulty pattern.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        trimmed(text, |text| match text.split_once(':') {
            None if text == "semver" => Ok(Self::Semver),
            None if text == "free" => Ok(Self::Free),
            Some(("calver", pattern)) => CalverPattern::parse(pattern)
                .map(Self::Calver)
                .map_err(|error| error.within(text, "calver:".len()..text.len())),
            _ => Err(unknown(text)),
        })
    }
}

fn unknown(text: &str) -> ValueError {
    let name = text.split(':').next().unwrap_or(text);
    let error = ValueError::new(
        INVALID_VERSION,
        format!("there is no versioning scheme `{text}`"),
        0..text.len(),
    );
    match nearest(name, ["semver", "free", "calver"]).first() {
        Some(&"calver") => {
            error.hint("write calver with its pattern, as in `calver:YYYY.0M.MICRO`")
        }
        Some(&near) => error.meant(near),
        None => error.hint("write `semver`, `calver:<pattern>` or `free`"),
    }
}

impl fmt::Display for VersionScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Semver => f.write_str("semver"),
            Self::Calver(pattern) => write!(f, "calver:{pattern}"),
            Self::Free => f.write_str("free"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    #[test]
    fn schemes_are_read_or_explained() {
        let check = |text, expected: Result<&str, &str>| {
            let found = VersionScheme::parse(text).map(|scheme| scheme.to_string());
            let found = found.map_err(|error| error.hint.unwrap());
            assert_eq!(found.as_deref().map_err(String::as_str), expected, "{text}");
        };
        check("semver", Ok("semver"));
        check("calver:YYYY.0M.MICRO", Ok("calver:YYYY.0M.MICRO"));
        check("free", Ok("free"));
        check("semvar", Err("write `semver`"));
        check(
            "calver",
            Err("write calver with its pattern, as in `calver:YYYY.0M.MICRO`"),
        );
        check(
            "calver:YYYY.MONTH",
            Err(
                "the fields are YYYY, YY, 0Y, MM, 0M, WW, 0W, DD, 0D, MAJOR, MINOR, MICRO, MODIFIER",
            ),
        );
        check("calver:", Err("write a pattern such as `YYYY.0M.MICRO`"));
        check("x", Err("write `semver`, `calver:<pattern>` or `free`"));
    }
}
