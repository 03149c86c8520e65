//! `VTIMEZONE`: the rules of a zone, as far as a calendar needs them (RFC 5545, section 3.6.5).
//!
//! Changes that follow one rule for years become that rule, open at its end where the zone's own data go on with it; all
//! others are listed one by one.

use super::lines::Lines;
use crate::time::{ClockChange, InstantRange, Weekday, Zone, civil::DateTime};

/// How many years in a row make a rule.
const REGULAR: usize = 3;

/// Returns the component of `zone`, right for all of `within`.
pub(super) fn component(zone: &Zone, within: InstantRange) -> String {
    let changes = zone.clock_changes(within);
    let last_year = zone.wall(within.end).year();
    let mut lines = Lines::default();
    lines.put("BEGIN", "VTIMEZONE");
    lines.put("TZID", zone.name());
    for run in runs(&changes) {
        lines.lines(&observance(&run, last_year));
    }
    lines.put("END", "VTIMEZONE");
    lines.into_string()
}

/// Changes of one sort, in order.
struct Run<'c> {
    first: &'c ClockChange,
    later: Vec<&'c ClockChange>,
    /// Which of that weekday in its month each of them is, from the start or (negative) from the end; empty when they
    /// follow no rule.
    ordinals: Vec<i8>,
}

/// Returns `changes` by sort: first those that follow a rule for years, then what is left of that sort.
fn runs(changes: &[ClockChange]) -> Vec<Run<'_>> {
    let mut sorts: Vec<Vec<&ClockChange>> = Vec::new();
    for change in changes {
        let is_same = |sort: &&mut Vec<&ClockChange>| {
            sort.iter().all(|of| {
                (of.before, of.after, of.is_summer, &of.name)
                    == (change.before, change.after, change.is_summer, &change.name)
            })
        };
        match sorts.iter_mut().find(is_same) {
            Some(sort) => sort.push(change),
            None => sorts.push(vec![change]),
        }
    }
    sorts.iter().flat_map(|sort| regular(sort)).collect()
}

fn regular<'c>(changes: &[&'c ClockChange]) -> Vec<Run<'c>> {
    let (mut found, mut single) = (Vec::new(), Vec::new());
    let mut rest = changes;
    while let [first, later @ ..] = rest {
        let run = longest(first, later);
        if run.later.len() + 1 < REGULAR {
            single.push(*first);
            rest = later;
        } else {
            rest = &later[run.later.len()..];
            found.push(run);
        }
    }
    if let [first, later @ ..] = single.as_slice() {
        found.push(Run {
            first,
            later: later.to_vec(),
            ordinals: Vec::new(),
        });
    }
    found
}

/// Returns `first` and those of `later` that follow it by one rule, year by year.
fn longest<'c>(first: &'c ClockChange, later: &[&'c ClockChange]) -> Run<'c> {
    let mut run = Run {
        first,
        later: Vec::new(),
        ordinals: ordinals(first.wall),
    };
    for change in later {
        let (one, next) = (run.later.last().unwrap_or(&run.first).wall, change.wall);
        let place = |of: DateTime| (of.month(), of.weekday(), of.time());
        let mut shared = ordinals(next);
        shared.retain(|ordinal| run.ordinals.contains(ordinal));
        if next.year() != one.year() + 1 || place(one) != place(next) || shared.is_empty() {
            break;
        }
        run.ordinals = shared;
        run.later.push(change);
    }
    run
}

/// Returns which of its weekday in its month a day is: from the end, if it is the last one, and from the start.
fn ordinals(wall: DateTime) -> Vec<i8> {
    let from_start = (wall.day() - 1) / 7 + 1;
    match wall.day() + 7 > wall.days_in_month() {
        true => vec![-1, from_start],
        false => vec![from_start],
    }
}

/// Returns the component of one run. A rule that still holds in the year before `last_year` is taken to hold for good.
fn observance(run: &Run<'_>, last_year: i16) -> String {
    let first = run.first;
    let name = if first.is_summer {
        "DAYLIGHT"
    } else {
        "STANDARD"
    };
    let mut lines = Lines::default();
    lines.put("BEGIN", name);
    lines.put("DTSTART", &local(first.wall));
    if let Some(ordinal) = run.ordinals.first() {
        let last = run.later.last().unwrap_or(&first);
        let ends = match last.wall.year() + 1 < last_year {
            true => format!(";UNTIL={}Z", local(in_utc(last))),
            false => String::new(),
        };
        let (month, day) = (first.wall.month(), code(first.wall.weekday()));
        lines.put(
            "RRULE",
            &format!("FREQ=YEARLY;BYMONTH={month};BYDAY={ordinal}{day}{ends}"),
        );
    } else if !run.later.is_empty() {
        let dates: Vec<_> = run.later.iter().map(|change| local(change.wall)).collect();
        lines.put("RDATE", &dates.join(","));
    }
    lines.put("TZOFFSETFROM", &offset(first.before));
    lines.put("TZOFFSETTO", &offset(first.after));
    lines.text("TZNAME", &first.name);
    lines.put("END", name);
    lines.into_string()
}

/// Returns what a clock in UTC showed at `change`.
fn in_utc(change: &ClockChange) -> DateTime {
    let east = jiff::SignedDuration::from_secs(change.before.seconds().into());
    change.wall.checked_sub(east).unwrap_or(change.wall)
}

fn local(wall: DateTime) -> String {
    wall.strftime("%Y%m%dT%H%M%S").to_string()
}

/// Returns an offset as `+0530`; seconds are written only where there are any.
fn offset(offset: jiff::tz::Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let all = seconds.abs();
    let (hours, minutes, rest) = (all / 3600, all / 60 % 60, all % 60);
    match rest {
        0 => format!("{sign}{hours:02}{minutes:02}"),
        rest => format!("{sign}{hours:02}{minutes:02}{rest:02}"),
    }
}

fn code(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    /// Checks the observances of a zone, without their frames and names.
    fn check(zone: &str, from: &str, until: &str, expected: &[&str]) {
        let within = InstantRange::new(from.parse().unwrap(), until.parse().unwrap());
        let component = component(&Zone::parse(zone).unwrap(), within);
        let told = component.replace("\r\n ", "");
        let told: Vec<_> = told
            .split("\r\n")
            .filter(|line| {
                !line.contains("VTIMEZONE") && !line.starts_with("END") && !line.is_empty()
            })
            .collect();
        assert_eq!(told.join("\n"), expected.join("\n"), "{zone}");
    }

    #[test]
    fn a_regular_zone_is_two_rules() {
        check(
            "Europe/London",
            "2026-07-01T00:00Z",
            "2031-07-01T00:00Z",
            &[
                "TZID:Europe/London",
                "BEGIN:DAYLIGHT",
                "DTSTART:20260329T010000",
                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                "TZOFFSETFROM:+0000",
                "TZOFFSETTO:+0100",
                "TZNAME:BST",
                "BEGIN:STANDARD",
                "DTSTART:20261025T020000",
                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
                "TZOFFSETFROM:+0100",
                "TZOFFSETTO:+0000",
                "TZNAME:GMT",
            ],
        );
    }

    #[test]
    fn a_rule_that_was_given_up_ends() {
        check(
            "America/Sao_Paulo",
            "2013-12-01T00:00Z",
            "2026-01-01T00:00Z",
            &[
                "TZID:America/Sao_Paulo",
                "BEGIN:DAYLIGHT",
                "DTSTART:20131020T000000",
                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=3SU;UNTIL=20171015T030000Z",
                "TZOFFSETFROM:-0300",
                "TZOFFSETTO:-0200",
                "TZNAME:-02",
                "BEGIN:DAYLIGHT",
                "DTSTART:20181104T000000",
                "TZOFFSETFROM:-0300",
                "TZOFFSETTO:-0200",
                "TZNAME:-02",
                "BEGIN:STANDARD",
                "DTSTART:20160221T000000",
                "RRULE:FREQ=YEARLY;BYMONTH=2;BYDAY=3SU;UNTIL=20190217T020000Z",
                "TZOFFSETFROM:-0200",
                "TZOFFSETTO:-0300",
                "TZNAME:-03",
                // Summer time waited for the end of carnival in 2015.
                "BEGIN:STANDARD",
                "DTSTART:20140216T000000",
                "RDATE:20150222T000000",
                "TZOFFSETFROM:-0200",
                "TZOFFSETTO:-0300",
                "TZNAME:-03",
            ],
        );
    }

    #[test]
    fn zones_without_changes_have_one_state() {
        let always = |zone: &str, name: &str, offset: &str| {
            let lines = [
                format!("TZID:{zone}"),
                "BEGIN:STANDARD".to_owned(),
                "DTSTART:19700101T000000".to_owned(),
                format!("TZOFFSETFROM:{offset}"),
                format!("TZOFFSETTO:{offset}"),
                format!("TZNAME:{name}"),
            ];
            let lines: Vec<_> = lines.iter().map(String::as_str).collect();
            check(zone, "2026-07-01T00:00Z", "2031-07-01T00:00Z", &lines);
        };
        always("UTC", "UTC", "+0000");
        always("AoE", "-12", "-1200");
        always("Asia/Kolkata", "IST", "+0530");
    }
}
