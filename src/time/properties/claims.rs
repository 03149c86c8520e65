//! What holds for every value, whatever is read. The fuzz targets hold their input to it, too.

use std::fmt::{Debug, Display};

use super::*;

/// Checks one text against one reader.
fn check<T: Display + PartialEq + Debug>(
    text: &str,
    parse: impl Fn(&str) -> Result<T, ValueError>,
) {
    match parse(text) {
        Ok(value) => assert_eq!(parse(&value.to_string()).as_ref(), Ok(&value), "{text:?}"),
        Err(error) => {
            assert!(
                text.get(error.range.clone()).is_some(),
                "{text:?}: {error:?}"
            );
            assert!(error.rule.starts_with("value/"), "{text:?}: {error:?}");
            assert!(error.hint.is_some(), "{text:?}: {error:?}");
            if let Some(replacement) = &error.replacement {
                assert!(parse(replacement).is_ok(), "{text:?}: {error:?}");
            }
        }
    }
}

/// Checks one text against every reader of values.
pub(crate) fn check_all(text: &str) {
    check(text, Date::parse);
    check(text, Day::parse);
    check(text, Interval::parse);
    check(text, Until::parse);
    check(text, Duration::parse);
    check(text, Duration::parse_signed);
    check(text, Recurrence::parse);
    check(text, Zone::parse);
    check(text, VersionScheme::parse);
    check(text, VersionConstraint::parse);
    for scheme in [
        "semver",
        "calver:YYYY.0M.MICRO",
        "calver:YY.MM-MODIFIER",
        "free",
    ] {
        let scheme = VersionScheme::parse(scheme).unwrap();
        check(text, |text| Version::parse(text, &scheme));
    }
}
