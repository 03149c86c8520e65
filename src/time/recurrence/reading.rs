//! Reads recurrence rules, and says which part of one is wrong.

mod parts;
mod values;

use jiff::civil::Weekday;

use crate::time::error::ValueError;
use crate::time::error::rule::INVALID_RECURRENCE;

use super::{By, Frequency, Limit, Recurrence};
use parts::Parts;
use values::FREQUENCIES;

/// Reads a rule.
pub(super) fn rule(text: &str) -> Result<Recurrence, ValueError> {
    if let Some(meant) = meant_rule(text) {
        let message = format!("`{text}` is not a recurrence rule");
        return Err(ValueError::new(INVALID_RECURRENCE, message, 0..text.len()).meant(meant));
    }
    let parts = Parts::read(text)?;
    let numbers = |name, last, sign| {
        let found = parts.value(name, |value| values::numbers(value, name, last, sign))?;
        Ok(found.unwrap_or_default())
    };
    let frequency = parts.value("FREQ", values::frequency)?.ok_or_else(|| {
        ValueError::new(
            INVALID_RECURRENCE,
            "the recurrence has no `FREQ`",
            0..text.len(),
        )
        .hint("start it with `FREQ=YEARLY`, `MONTHLY`, `WEEKLY` or `DAILY`")
    })?;
    let recurrence = Recurrence {
        frequency,
        interval: parts.value("INTERVAL", values::positive)?.unwrap_or(1),
        limit: limit(&parts)?,
        by: By {
            months: numbers("BYMONTH", 12, Sign::Plus)?,
            weeks: numbers("BYWEEKNO", 53, Sign::Either)?,
            year_days: numbers("BYYEARDAY", 366, Sign::Either)?,
            month_days: numbers("BYMONTHDAY", 31, Sign::Either)?,
            weekdays: parts.value("BYDAY", values::weekdays)?.unwrap_or_default(),
            positions: numbers("BYSETPOS", 366, Sign::Either)?,
        },
        week_start: parts
            .value("WKST", values::weekday)?
            .unwrap_or(Weekday::Monday),
    };
    match misfit(&recurrence) {
        None => Ok(recurrence),
        Some((name, message, hint)) => {
            Err(ValueError::new(INVALID_RECURRENCE, message, parts.range(name)).hint(hint))
        }
    }
}

/// Whether a number may count from the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Plus,
    Either,
}

/// Returns the rule that `text` means, if it only has too much around it or is a plain word.
fn meant_rule(text: &str) -> Option<String> {
    let upper = text.to_ascii_uppercase();
    let meant = match upper.as_str() {
        "ANNUALLY" => "FREQ=YEARLY".to_owned(),
        word if FREQUENCIES
            .iter()
            .any(|frequency| frequency.as_str() == word) =>
        {
            format!("FREQ={word}")
        }
        other => {
            let bare = other.strip_prefix("RRULE:").unwrap_or(other);
            bare.trim_end_matches(';').to_owned()
        }
    };
    (meant != upper && rule(&meant).is_ok()).then_some(meant)
}

fn limit(parts: &Parts<'_>) -> Result<Limit, ValueError> {
    let count = parts.value("COUNT", values::positive)?;
    let until = parts.value("UNTIL", values::end)?;
    if count.is_some() && until.is_some() {
        let message = "the rule has both `COUNT` and `UNTIL`";
        return Err(
            ValueError::new(INVALID_RECURRENCE, message, parts.range("UNTIL"))
                .hint("keep one of them"),
        );
    }
    Ok(until.or(count.map(Limit::Count)).unwrap_or(Limit::Never))
}

/// Returns the part that does not fit the others, as the table of RFC 5545, section 3.3.10 says, and why.
fn misfit(rule: &Recurrence) -> Option<(&'static str, String, &'static str)> {
    use Frequency::{Daily, Monthly, Weekly, Yearly};
    let (by, frequency) = (&rule.by, rule.frequency);
    let under = |what: &str| format!("{what} has no meaning under `FREQ={}`", frequency.as_str());
    if !by.weeks.is_empty() && frequency != Yearly {
        return Some(("BYWEEKNO", under("`BYWEEKNO`"), "use it with `FREQ=YEARLY`"));
    }
    if !by.year_days.is_empty() && frequency != Yearly {
        return Some((
            "BYYEARDAY",
            under("`BYYEARDAY`"),
            "use it with `FREQ=YEARLY`",
        ));
    }
    if !by.month_days.is_empty() && frequency == Weekly {
        return Some((
            "BYMONTHDAY",
            under("`BYMONTHDAY`"),
            "use it with `FREQ=MONTHLY`",
        ));
    }
    let positions_alone = By {
        positions: by.positions.clone(),
        ..By::default()
    };
    if !by.positions.is_empty() && *by == positions_alone {
        let message = "`BYSETPOS` chooses from nothing".to_owned();
        return Some((
            "BYSETPOS",
            message,
            "add the part that it chooses from, such as `BYDAY`",
        ));
    }
    let ordinals = by.weekdays.iter().filter_map(|day| day.ordinal);
    let largest = ordinals.map(i16::abs).max()?;
    let hint = "use it with `FREQ=MONTHLY`, or leave the number out";
    match frequency {
        Weekly | Daily => Some(("BYDAY", under("an ordinal of a weekday"), hint)),
        Yearly if !by.weeks.is_empty() => {
            let message = "an ordinal of a weekday has no meaning with `BYWEEKNO`".to_owned();
            Some(("BYDAY", message, hint))
        }
        Monthly | Yearly if largest > 5 && (frequency == Monthly || !by.months.is_empty()) => {
            let message = "no month has a sixth weekday of a kind".to_owned();
            Some((
                "BYDAY",
                message,
                "ordinals run from 1 to 5, or -1 to -5 from the end",
            ))
        }
        Monthly | Yearly => None,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::Recurrence;

    #[test]
    fn rules_are_written_one_way() {
        let check = |text, expected: &str| {
            assert_eq!(Recurrence::parse(text).unwrap().to_string(), expected);
        };
        check("FREQ=WEEKLY;BYDAY=SA", "FREQ=WEEKLY;BYDAY=SA");
        check("byday=su,SA;freq=weekly", "FREQ=WEEKLY;BYDAY=SA,SU");
        check(
            "FREQ=MONTHLY;INTERVAL=1;BYDAY=-1FR,+1MO",
            "FREQ=MONTHLY;BYDAY=-1FR,1MO",
        );
        check(
            "FREQ=YEARLY;UNTIL=20261231;WKST=SU",
            "FREQ=YEARLY;UNTIL=20261231;WKST=SU",
        );
        check(
            "FREQ=DAILY;UNTIL=20261231T235959Z",
            "FREQ=DAILY;UNTIL=20261231T235959Z",
        );
        check(
            "FREQ=DAILY;UNTIL=20261231T235959;INTERVAL=2",
            "FREQ=DAILY;INTERVAL=2;UNTIL=20261231T235959",
        );
        check(
            "FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-1,1,1",
            "FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-1,1",
        );
    }

    #[test]
    fn the_faulty_part_is_the_one_that_is_shown() {
        let check = |text: &str, wrong: &str, hint: &str, replacement: Option<&str>| {
            let error = Recurrence::parse(text).unwrap_err();
            assert_eq!(&text[error.range.clone()], wrong, "{text}: {error}");
            assert!(
                error.hint.clone().unwrap().contains(hint),
                "{text}: {error:?}"
            );
            assert_eq!(error.replacement.as_deref(), replacement, "{text}");
        };
        check("", "", "FREQ=WEEKLY", None);
        check(
            "every saturday",
            "every saturday",
            "FREQ=WEEKLY;BYDAY=SA",
            None,
        );
        check("weekly", "weekly", "write", Some("FREQ=WEEKLY"));
        check(
            "RRULE:FREQ=DAILY",
            "RRULE:FREQ=DAILY",
            "write",
            Some("FREQ=DAILY"),
        );
        check("FREQ=DAILY;", "FREQ=DAILY;", "write", Some("FREQ=DAILY"));
        check("BYDAY=SA", "BYDAY=SA", "FREQ=YEARLY", None);
        check(
            "FREQ=WEEKLEY;BYDAY=SA",
            "WEEKLEY",
            "`WEEKLY`",
            Some("FREQ=WEEKLY;BYDAY=SA"),
        );
        check("FREQ=HOURLY", "HOURLY", "DAILY", None);
        check("FREQ=WEEKLY;BYDAY=SA,XX", "XX", "MO, TU", None);
        check(
            "FREQ=WEEKLY;BYDAY=SAT",
            "SAT",
            "`SA`",
            Some("FREQ=WEEKLY;BYDAY=SA"),
        );
        check("FREQ=WEEKLY;BYDAY=1SA", "BYDAY=1SA", "MONTHLY", None);
        check("FREQ=MONTHLY;BYDAY=6SA", "BYDAY=6SA", "1 to 5", None);
        check("FREQ=MONTHLY;BYDAY=99SA", "99", "`1SA`", None);
        check("FREQ=MONTHLY;BYMONTHDAY=32", "32", "1 to 31", None);
        check("FREQ=YEARLY;BYMONTH=-1", "-1", "1 to 12", None);
        check("FREQ=DAILY;BYHOUR=9", "BYHOUR=9", "first start", None);
        check("FREQ=DAILY;BYDAYS=MO", "BYDAYS=MO", "`BYDAY`", None);
        check("FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY", "commas", None);
        check("FREQ=DAILY;COUNT=0", "0", "1 or more", None);
        check(
            "FREQ=DAILY;COUNT=2;UNTIL=20261231",
            "UNTIL=20261231",
            "one of them",
            None,
        );
        check(
            "FREQ=DAILY;UNTIL=2026-12-31",
            "2026-12-31",
            "20261231",
            Some("FREQ=DAILY;UNTIL=20261231"),
        );
        check("FREQ=DAILY;UNTIL=20260230", "20260230", "20261231", None);
        check("FREQ=MONTHLY;BYWEEKNO=2", "BYWEEKNO=2", "YEARLY", None);
        check("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS=1", "chooses", None);
    }
}
