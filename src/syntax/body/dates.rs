//! The days that prose names, so that pages can mark them up and rules can compare them with their weekdays.

use std::ops::Range;

use jiff::civil::Date;

use crate::time::month_name;

/// A day as prose names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenDate {
    /// Where it stands, in bytes of the text that was searched.
    pub range: Range<usize>,
    /// The day; none when the calendar has no such day, or when nobody can tell the day from the month (`3/4/2026`).
    pub date: Option<Date>,
}

/// Returns the days that `text` names in full, in order: `2026-12-22`, `22 December 2026`, `22nd Dec 2026`,
/// `December 22, 2026`, `22.12.2026`, `22/12/2026`.
pub fn dates(text: &str) -> impl Iterator<Item = WrittenDate> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from
                + text.as_bytes()[from..]
                    .iter()
                    .position(u8::is_ascii_digit)?;
            let digits = digits(&text[start..]);
            from = start + digits;
            if is_word_before(text, start) {
                continue;
            }
            let found =
                date_at(text, start, digits).filter(|found| !is_word_after(text, found.range.end));
            if let Some(found) = found {
                from = found.range.end;
                return Some(found);
            }
        }
    })
}

/// Returns the date whose first number, `digits` long, starts at `start`.
fn date_at(text: &str, start: usize, digits: usize) -> Option<WrittenDate> {
    match digits {
        4 => iso(text, start),
        1 | 2 => day_first(text, start, digits)
            .or_else(|| month_first(text, start, digits))
            .or_else(|| numeric(text, start, digits)),
        _ => None,
    }
}

/// `2026-12-22`
fn iso(text: &str, start: usize) -> Option<WrittenDate> {
    let written = text.get(start..start + 10)?;
    let shape = written.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    shape.then(|| WrittenDate {
        range: start..start + 10,
        date: day(&written[..4], number(&written[5..7]), &written[8..]),
    })
}

/// `22 December 2026`, `22nd Dec 2026`, `22 December, 2026`
fn day_first(text: &str, start: usize, digits: usize) -> Option<WrittenDate> {
    let after = skip_ordinal(&text[start + digits..]).strip_prefix(' ')?;
    let name = letters(after);
    let month = month(&after[..name])?;
    let after = &after[name..];
    let (year, end) = year(after.strip_prefix(',').unwrap_or(after).strip_prefix(' ')?)?;
    Some(WrittenDate {
        range: start..text.len() - end.len(),
        date: day(year, month, &text[start..start + digits]),
    })
}

/// `December 22, 2026`, `Dec 22nd 2026`
fn month_first(text: &str, start: usize, digits: usize) -> Option<WrittenDate> {
    let before = text[..start].strip_suffix(' ')?;
    let name = before
        .bytes()
        .rev()
        .take_while(u8::is_ascii_alphabetic)
        .count();
    let month_at = before.len() - name;
    let month = month(&before[month_at..]).filter(|_| !is_word_before(text, month_at))?;
    let after = skip_ordinal(&text[start + digits..]);
    let (year, end) = year(after.strip_prefix(',').unwrap_or(after).strip_prefix(' ')?)?;
    Some(WrittenDate {
        range: month_at..text.len() - end.len(),
        date: day(year, month, &text[start..start + digits]),
    })
}

/// `22.12.2026`, `22/12/2026`
fn numeric(text: &str, start: usize, first: usize) -> Option<WrittenDate> {
    let after = &text[start + first..];
    let separator = after.chars().next().filter(|it| matches!(it, '.' | '/'))?;
    let rest = &after[1..];
    let second = digits(rest);
    let (year, end) = year(rest.get(second..)?.strip_prefix(['.', '/'])?)?;
    if !matches!(second, 1 | 2) {
        return None;
    }
    let (left, right) = (&text[start..start + first], &rest[..second]);
    let date = match separator {
        '.' => day(year, number(right), left),
        // With slashes, half of the world writes the month first: only a number above 12 tells which is the day.
        _ if number(left) > 12 => day(year, number(right), left),
        _ if number(right) > 12 => day(year, number(left), right),
        _ => None,
    };
    Some(WrittenDate {
        range: start..text.len() - end.len(),
        date,
    })
}

/// Returns the four digits at the start of `text` and what follows them.
fn year(text: &str) -> Option<(&str, &str)> {
    (digits(text) == 4).then(|| text.split_at(4))
}

fn day(year: &str, month: i8, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month, number(day)).ok()
}

/// Returns the month with this English name, in full or as its first three letters.
fn month(name: &str) -> Option<i8> {
    let is_written =
        |full: &str| name == full || name == &full[..3] || name == "Sept" && full == "September";
    (1..=12).find(|&month| is_written(month_name(month)))
}

fn number(text: &str) -> i8 {
    text.parse().unwrap_or(i8::MAX)
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn letters(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_alphabetic).count()
}

fn skip_ordinal(text: &str) -> &str {
    ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| text.strip_prefix(ending))
        .unwrap_or(text)
}

fn is_word_before(text: &str, at: usize) -> bool {
    at > 0 && is_word(text.as_bytes()[at - 1])
}

fn is_word_after(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).copied().is_some_and(is_word)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::dates;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<(&str, String)> = dates(text)
            .map(|it| {
                (
                    &text[it.range],
                    it.date
                        .map_or("unclear".to_owned(), |date| date.to_string()),
                )
            })
            .collect();
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(written, date)| (*written, date.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn days_written_in_full_are_found() {
        check("on 2026-12-22 22:00", &[("2026-12-22", "2026-12-22")]);
        check(
            "Friday 22 December 2026.",
            &[("22 December 2026", "2026-12-22")],
        );
        check(
            "1st Sept, 2026 and Dec 3rd, 2027",
            &[
                ("1st Sept, 2026", "2026-09-01"),
                ("Dec 3rd, 2027", "2027-12-03"),
            ],
        );
        check("(22.12.2026)", &[("22.12.2026", "2026-12-22")]);
        check(
            "22/12/2026 12/22/2026",
            &[("22/12/2026", "2026-12-22"), ("12/22/2026", "2026-12-22")],
        );
        check("3/4/2026", &[("3/4/2026", "unclear")]);
        check(
            "2025-30-01 and 31 June 2026",
            &[("2025-30-01", "unclear"), ("31 June 2026", "unclear")],
        );
    }

    #[test]
    fn other_numbers_are_not_days() {
        for text in [
            "",
            "v2026-12-22",
            "2026-12-221",
            "22 Decembers 2026",
            "1.2.3",
            "12 Dec",
            "é2",
            "12 December 20261",
            "99",
        ] {
            check(text, &[]);
        }
    }
}
