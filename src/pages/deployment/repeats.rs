//! Recurrences in words, where they are simple enough for a phrase.

use crate::pages::parts::{Locale, Value};
use crate::pages::view::View;
use crate::text::Spanned;
use crate::time::{Recurrence, weekday_name, weekday_named};

/// Returns how something repeats: in words where there are some, and as the rule says it.
pub(in crate::pages) fn repeats<'p>(
    view: &View<'p>,
    rule: Option<&Spanned<Recurrence>>,
) -> Value<'p> {
    let Some(rule) = rule else {
        return Value::Empty;
    };
    let rule = rule.to_string();
    let words = in_words(view.portal.locale, &rule).map(Value::from);
    Value::list(words.into_iter().chain([Value::code(rule)]))
}

/// Returns the rule in words: `every month on the second Sunday, 3 times`. None for a rule that has parts for which
/// there are no words (RFC 5545, section 3.3.10).
fn in_words(locale: &Locale, rule: &str) -> Option<String> {
    let (mut often, mut interval, mut days, mut count) = (None, 1, None, None);
    for part in rule.split(';') {
        match part.split_once('=')? {
            ("FREQ", frequency) => often = Some(frequency),
            ("INTERVAL", number) => interval = number.parse().ok()?,
            ("BYDAY", listed) => days = Some(days_in_words(locale, listed)?),
            ("COUNT", number) => count = Some(number.parse::<u32>().ok()?),
            _ => return None,
        }
    }
    let mut words = frequency_in_words(locale, often?, interval)?;
    if let Some(days) = days {
        words = locale.phrase("{often} on {days}", &[("often", &words), ("days", &days)]);
    }
    if let Some(count) = count {
        words = locale.phrase("{often}, {n} times", &[("often", &words), ("n", &count)]);
    }
    Some(words)
}

fn frequency_in_words(locale: &Locale, frequency: &str, interval: u32) -> Option<String> {
    let (one, many) = match frequency {
        "DAILY" => ("every day", "every {n} days"),
        "WEEKLY" => ("every week", "every {n} weeks"),
        "MONTHLY" => ("every month", "every {n} months"),
        "YEARLY" => ("every year", "every {n} years"),
        _ => return None,
    };
    Some(match interval {
        1 => locale.word(one).to_owned(),
        _ => locale.phrase(many, &[("n", &interval)]),
    })
}

/// Returns the days of a rule in words: `Tuesday, Thursday` for `TU,TH`, `the second Sunday` for `2SU`.
fn days_in_words(locale: &Locale, days: &str) -> Option<String> {
    let words: Option<Vec<_>> = days
        .split(',')
        .map(|day| day_in_words(locale, day))
        .collect();
    Some(words?.join(", "))
}

fn day_in_words(locale: &Locale, day: &str) -> Option<String> {
    let (ordinal, code) = day.split_at_checked(day.len().checked_sub(2)?)?;
    let day = locale.word(weekday_name(weekday_named(code)?));
    let pattern = match ordinal.trim_start_matches('+') {
        "" => return Some(day.to_owned()),
        "1" => "the first {day}",
        "2" => "the second {day}",
        "3" => "the third {day}",
        "4" => "the fourth {day}",
        "5" => "the fifth {day}",
        "-1" => "the last {day}",
        _ => return None,
    };
    Some(locale.phrase(pattern, &[("day", &day)]))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn simple_rules_have_words() {
        let english = Locale::new("en", None).unwrap();
        let check = |rule, expected: Option<&str>| {
            assert_eq!(in_words(&english, rule).as_deref(), expected, "{rule}");
        };
        check("FREQ=DAILY", Some("every day"));
        check(
            "FREQ=WEEKLY;BYDAY=TU,TH",
            Some("every week on Tuesday, Thursday"),
        );
        check(
            "FREQ=MONTHLY;BYDAY=2SU",
            Some("every month on the second Sunday"),
        );
        check(
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR",
            Some("every 3 months on the last Friday"),
        );
        check("FREQ=YEARLY;COUNT=3", Some("every year, 3 times"));
        check("FREQ=YEARLY;BYMONTH=3,6,9;BYMONTHDAY=28", None);
        check("FREQ=MONTHLY;BYDAY=6SU", None);
        check("FREQ=HOURLY", None);
    }
}
