//! Reads durations, and explains what is not one.

use crate::time::error::ValueError;
use crate::time::error::rule::INVALID_DURATION;
use crate::time::scanner::{Number, Scanner};

use super::Duration;

/// The units, largest first: the order in which parts stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Week,
    Day,
    BusinessDay,
    Hour,
    Minute,
    Second,
}

/// How each unit is written, and the other ways that people write it.
const UNITS: [(Unit, &str, &[&str]); 6] = [
    (Unit::Week, "w", &["wk", "wks", "week", "weeks"]),
    (Unit::Day, "d", &["day", "days"]),
    (
        Unit::BusinessDay,
        "bd",
        &["bday", "bdays", "wd", "workdays"],
    ),
    (Unit::Hour, "h", &["hr", "hrs", "hour", "hours"]),
    (Unit::Minute, "m", &["min", "mins", "minute", "minutes"]),
    (Unit::Second, "s", &["sec", "secs", "second", "seconds"]),
];

struct Part {
    number: Number,
    unit: Unit,
}

/// Reads a duration with or without a sign.
pub(super) fn signed(text: &str) -> Result<Duration, ValueError> {
    let unsigned_at = |start: usize| {
        unsigned(&text[start..]).map_err(|error| error.within(text, start..text.len()))
    };
    match text.as_bytes().first() {
        Some(b'-') => unsigned_at(1).map(Duration::negated),
        Some(b'+') => unsigned_at(1),
        _ => unsigned_at(0),
    }
}

/// Reads a duration without a sign.
pub(super) fn unsigned(text: &str) -> Result<Duration, ValueError> {
    if text.starts_with(['-', '+']) {
        let message = format!("`{text}` has a sign, but a duration has no direction");
        return Err(
            ValueError::new(INVALID_DURATION, message, 0..1).hint("write it without a sign")
        );
    }
    let parts = if text.starts_with('P') {
        iso_parts(text)?
    } else {
        parts(text).ok_or_else(|| explained(text))?
    };
    assembled(text, &parts)
}

/// Reads `1d2h`; none at the first thing that is not a number with its unit.
fn parts(text: &str) -> Option<Vec<Part>> {
    let mut scanner = Scanner::new(text);
    let mut parts = Vec::new();
    while !scanner.is_done() {
        let number = scanner.number(1..=9)?;
        let word = scanner.word()?;
        let (unit, ..) = UNITS.into_iter().find(|(_, symbol, _)| *symbol == word)?;
        parts.push(Part { number, unit });
    }
    (!parts.is_empty()).then_some(parts)
}

/// Reads the ISO 8601 form, `P1DT2H`.
fn iso_parts(text: &str) -> Result<Vec<Part>, ValueError> {
    let mut scanner = Scanner::new(text);
    let mut parts = Vec::new();
    let mut in_time = false;
    let _ = scanner.eat("P");
    while !scanner.is_done() {
        if !in_time && scanner.eat("T").is_some() {
            in_time = true;
            continue;
        }
        let (Some(number), Some(letter)) = (scanner.number(1..=9), scanner.rest().chars().next())
        else {
            return Err(not_a_duration(text));
        };
        let range = number.range.start..scanner.at() + letter.len_utf8();
        let unit = match (letter, in_time) {
            ('W', false) => Unit::Week,
            ('D', false) => Unit::Day,
            ('H', true) => Unit::Hour,
            ('M', true) => Unit::Minute,
            ('S', true) => Unit::Second,
            ('Y' | 'M', false) => {
                return Err(no_fixed_length(&text[range.clone()]).within(text, range));
            }
            ('H' | 'S', false) => {
                let message = format!("`{}` stands before `T`", &text[range.clone()]);
                return Err(ValueError::new(INVALID_DURATION, message, range)
                    .hint("hours, minutes and seconds come after `T`, as in `PT6H`"));
            }
            _ => return Err(not_a_duration(text)),
        };
        let mut buffer = [0; 4];
        let _ = scanner.eat(letter.encode_utf8(&mut buffer));
        parts.push(Part { number, unit });
    }
    if parts.is_empty() {
        return Err(not_a_duration(text));
    }
    Ok(parts)
}

/// Adds up the parts, which must stand in order, each unit once.
fn assembled(text: &str, parts: &[Part]) -> Result<Duration, ValueError> {
    if let Some(long) = parts.iter().find(|part| part.number.value > 999_999) {
        let message = format!("{} is too long for a plan", long.number.value);
        return Err(
            ValueError::new(INVALID_DURATION, message, long.number.range.clone())
                .hint("the largest number is 999999"),
        );
    }
    if let Some(pair) = parts.windows(2).find(|pair| pair[0].unit >= pair[1].unit) {
        let start = pair[1].number.range.start;
        let end = start + text[start..].find(char::is_alphabetic).unwrap_or(0) + 1;
        let message = format!("the parts of `{text}` are out of order");
        return Err(ValueError::new(INVALID_DURATION, message, start..end)
            .hint("write the larger unit first, and each unit once"));
    }
    let of = |unit| {
        let found = parts.iter().find(|part| part.unit == unit);
        found.map(|part| i32::try_from(part.number.value).unwrap_or(i32::MAX))
    };
    let amount = |unit| of(unit).unwrap_or(0);
    let seconds = i64::from(amount(Unit::Hour)) * 3600
        + i64::from(amount(Unit::Minute)) * 60
        + i64::from(amount(Unit::Second));
    match of(Unit::BusinessDay) {
        Some(count) if parts.len() == 1 => Ok(Duration::Business(count)),
        Some(_) => {
            let message = format!("`{text}` mixes business days with other units");
            Err(ValueError::new(INVALID_DURATION, message, 0..text.len())
                .hint("write either business days or the other units"))
        }
        None => Ok(Duration::Elapsed {
            weeks: amount(Unit::Week),
            days: amount(Unit::Day),
            seconds,
        }),
    }
}

/// Says why `text` is not a duration, and how it would be written.
fn explained(text: &str) -> ValueError {
    let all = 0..text.len();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let units = ["m", "h", "d", "bd", "w"].map(|unit| format!("`{text}{unit}`"));
        return ValueError::new(INVALID_DURATION, format!("{text} has no unit"), all).hint(
            format!(
                "write {} (minutes, hours, days, business days, weeks)",
                units.join(", ")
            ),
        );
    }
    if text.contains(['.', ',']) && text.starts_with(|first: char| first.is_ascii_digit()) {
        return ValueError::new(INVALID_DURATION, format!("`{text}` has a fraction"), all)
            .hint("the parts are whole numbers: `1h30m` is an hour and a half");
    }
    if let Some(plain) = plainly(text) {
        let message = format!("`{text}` is not a duration");
        return ValueError::new(INVALID_DURATION, message, all).meant(plain);
    }
    let unit = text.trim_start_matches(|first: char| first.is_ascii_digit() || first == ' ');
    let months = ["mo", "mon", "month", "months", "y", "yr", "year", "years"];
    if unit.len() < text.len() && months.contains(&unit.to_ascii_lowercase().as_str()) {
        return no_fixed_length(text);
    }
    not_a_duration(text)
}

/// Returns `text` in our own writing, if it only spells its units or its spaces in another way.
fn plainly(text: &str) -> Option<String> {
    let compact: String = text.split_whitespace().collect();
    let mut scanner = Scanner::new(&compact);
    let mut plain = String::new();
    while !scanner.is_done() {
        let number = scanner.number(1..=9)?;
        let word = scanner.word()?.to_ascii_lowercase();
        let (_, symbol, _) = UNITS
            .into_iter()
            .find(|(_, symbol, others)| *symbol == word || others.contains(&word.as_str()))?;
        plain += &format!("{}{symbol}", number.value);
    }
    (plain != text && unsigned(&plain).is_ok()).then_some(plain)
}

fn no_fixed_length(text: &str) -> ValueError {
    let message = format!("`{text}` has no fixed length: months and years differ");
    ValueError::new(INVALID_DURATION, message, 0..text.len())
        .hint("write weeks or days, as in `4w` or `30d`")
}

fn not_a_duration(text: &str) -> ValueError {
    let message = format!("`{text}` is not a duration");
    let forms = if text.starts_with('P') {
        "write it as in `PT6H`, `P1DT2H` or `P2W`"
    } else {
        "write it as in `20m`, `6h`, `2d`, `10bd` or `3w`"
    };
    ValueError::new(INVALID_DURATION, message, 0..text.len()).hint(forms)
}
