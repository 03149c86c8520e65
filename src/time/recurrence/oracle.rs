//! Recurrences against the examples of RFC 5545 and against the crate `rrule`.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use jiff::civil::{DateTime, date};
use proptest::prelude::*;

use super::*;

fn days(first: &str, last: &str) -> DayRange {
    DayRange::new(Day::parse(first).unwrap(), Day::parse(last).unwrap())
}

/// Checks the starts of a rule from 1997-09-02 09:00, the first start of nearly all examples of RFC 5545.
fn check(rule: &str, within: DayRange, expected: &str) {
    check_from(date(1997, 9, 2).at(9, 0, 0, 0), rule, within, expected);
}

fn check_from(first: DateTime, rule: &str, within: DayRange, expected: &str) {
    let found: Vec<String> = Recurrence::parse(rule)
        .unwrap()
        .starts(first, within, &Zone::utc())
        .map(|start| start.date().to_string())
        .collect();
    assert_eq!(found.join(" "), expected, "{rule}");
}

/// Examples from RFC 5545, section 3.8.5.3, some shortened: the first start, the last day to look at, the rule, and its
/// starts.
const EXAMPLES: &str = "
1997-09-02 1997-12-31 FREQ=DAILY;COUNT=3 | 1997-09-02 1997-09-03 1997-09-04
1997-09-02 1997-12-31 FREQ=DAILY;INTERVAL=10;COUNT=4 | 1997-09-02 1997-09-12 1997-09-22 1997-10-02
1997-09-02 1997-12-31 FREQ=WEEKLY;COUNT=3 | 1997-09-02 1997-09-09 1997-09-16
1997-09-02 1997-12-31 FREQ=WEEKLY;UNTIL=19970916T000000Z;BYDAY=TU,TH | 1997-09-02 1997-09-04 1997-09-09 1997-09-11
1997-09-02 1997-12-31 FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=SU;BYDAY=TU,TH | 1997-09-02 1997-09-04 1997-09-16 1997-09-18
1997-08-05 1997-12-31 FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU | 1997-08-05 1997-08-10 1997-08-19 1997-08-24
1997-08-05 1997-12-31 FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU | 1997-08-05 1997-08-17 1997-08-19 1997-08-31
1997-09-02 1997-12-31 FREQ=MONTHLY;BYDAY=1FR | 1997-09-05 1997-10-03 1997-11-07 1997-12-05
1997-09-02 1997-12-31 FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU | 1997-09-07 1997-09-28 1997-11-02 1997-11-30
1997-09-02 1997-12-31 FREQ=MONTHLY;COUNT=3;BYDAY=-2MO | 1997-09-22 1997-10-20 1997-11-17
1997-09-02 1997-12-31 FREQ=MONTHLY;BYMONTHDAY=-3 | 1997-09-28 1997-10-29 1997-11-28 1997-12-29
1997-09-02 1999-12-31 FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR | 1998-02-13 1998-03-13 1998-11-13 1999-08-13
1997-09-02 1997-12-31 FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3 | 1997-09-04 1997-10-07 1997-11-06
1997-09-02 1997-12-31 FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2 | 1997-09-29 1997-10-30 1997-11-27 1997-12-30
1997-03-10 2001-12-31 FREQ=YEARLY;INTERVAL=2;COUNT=4;BYMONTH=1,2,3 | 1997-03-10 1999-01-10 1999-02-10 1999-03-10
1997-05-19 1999-12-31 FREQ=YEARLY;BYDAY=20MO | 1997-05-19 1998-05-18 1999-05-17
1997-05-12 1999-12-31 FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO | 1997-05-12 1998-05-11 1999-05-17
1997-03-13 1997-12-31 FREQ=YEARLY;BYMONTH=3;BYDAY=TH | 1997-03-13 1997-03-20 1997-03-27
1997-01-01 2003-12-31 FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200 | 1997-01-01 1997-04-10 1997-07-19 2000-01-01
1996-11-05 2003-12-31 FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 | 1996-11-05 2000-11-07
";

#[test]
fn the_examples_of_the_rfc_hold() {
    for example in EXAMPLES.trim().lines() {
        let (given, expected) = example.split_once(" | ").unwrap();
        let [first, last, rule] = given.splitn(3, ' ').collect::<Vec<_>>().try_into().unwrap();
        let start = Day::parse(first).unwrap().0.at(9, 0, 0, 0);
        check_from(start, rule, days(first, last), expected);
    }
}

#[test]
fn what_a_rule_leaves_out_comes_from_its_first_start() {
    let years = days("1997-01-01", "1999-12-31");
    check("FREQ=YEARLY", years, "1997-09-02 1998-09-02 1999-09-02");
    check("FREQ=YEARLY;BYWEEKNO=20", years, "1998-05-12 1999-05-18");
    check_from(
        date(2024, 1, 31).at(0, 0, 0, 0),
        "FREQ=MONTHLY",
        days("2024-01-01", "2024-06-01"),
        "2024-01-31 2024-03-31 2024-05-31",
    );
    check_from(
        date(2024, 2, 29).at(0, 0, 0, 0),
        "FREQ=YEARLY",
        days("2024-01-01", "2029-01-01"),
        "2024-02-29 2028-02-29",
    );
}

#[test]
fn positions_are_counted_from_the_start_of_the_period() {
    // 2 September 1997 is a Tuesday, the second of its week's two days even though nothing starts on that Monday.
    let rule = "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=2";
    check(
        rule,
        days("1997-09-01", "1997-09-10"),
        "1997-09-02 1997-09-09",
    );
}

#[test]
fn a_rule_that_never_strikes_ends() {
    let all = days("1997-09-02", "9999-12-31");
    check("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", all, "");
    check("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", all, "");
    check(
        "FREQ=YEARLY;INTERVAL=4294967295",
        days("1998-01-01", "9999-12-31"),
        "",
    );
}

fn first() -> impl Strategy<Value = DateTime> {
    (1990..2027_i16, 1..13_i8, 1..32_i8, 0..24_i8).prop_filter_map(
        "no such day",
        |(year, month, day, hour)| {
            Some(
                jiff::civil::Date::new(year, month, day)
                    .ok()?
                    .at(hour, 30, 0, 0),
            )
        },
    )
}

/// Rules without what `rrule` reads in another way than RFC 5545: `BYWEEKNO` without `BYDAY`, the weeks at the turn of
/// the year, of which it loses days, and `BYSETPOS` under `WEEKLY`, where its first week starts late.
fn rule() -> impl Strategy<Value = String> {
    let weekdays = "(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU)){0,2}";
    let ordinals = "-?[1-5](MO|TH|SU)(,-?[1-5](SA|FR))?";
    let month_days = "(;BYMONTHDAY=-?([1-9]|[12][0-9]|3[01])(,-?[1-9])?)?";
    let year_days = "-?([1-9]|[1-9][0-9]|[12][0-9][0-9]|36[0-6])(,-?[1-9][0-9])?";
    let weeks = "-?([2-9]|[1-4][0-9]|5[01])";
    let positions = "(;BYSETPOS=-?[1-4](,[1-3])?)?";
    let months = "(;BYMONTH=([1-9]|1[0-2])(,[1-9])?)?";
    let bodies = [
        format!("DAILY{month_days}"),
        format!("DAILY;BYDAY={weekdays}"),
        "WEEKLY".to_owned(),
        format!("WEEKLY;BYDAY={weekdays}"),
        format!("MONTHLY{month_days}"),
        format!("MONTHLY;BYDAY={weekdays}{month_days}{positions}"),
        format!("MONTHLY;BYDAY={ordinals}{positions}"),
        format!("YEARLY{month_days}"),
        format!("YEARLY;BYDAY={ordinals}{positions}"),
        format!("YEARLY;BYDAY={weekdays}{month_days}{positions}"),
        format!("YEARLY;BYWEEKNO={weeks};BYDAY={weekdays}"),
        format!("YEARLY;BYYEARDAY={year_days}"),
    ];
    let limit = "(;COUNT=[1-9][0-9]?|;UNTIL=20(1[0-9]|2[0-9])0615T120000Z)?";
    let rule = format!(
        "FREQ=({}){months}(;INTERVAL=[1-5])?{limit}(;WKST=(SU|TH))?",
        bodies.join("|")
    );
    proptest::string::string_regex(&rule).unwrap()
}

proptest! {
    #[test]
    fn starts_agree_with_the_oracle(first in first(), text in rule(), skipped in 0..400_i64, length in 1..3000_i64) {
        let rule = Recurrence::parse(&text).unwrap();
        let from = Day(first.date()).plus(skipped).unwrap();
        let within = DayRange::new(from, from.plus(length).unwrap());
        let expected = oracle(first, &text, within);
        let found: Vec<String> = rule
            .starts(first, within, &Zone::utc())
            .map(|start| start.strftime("%Y%m%dT%H%M%S").to_string())
            .collect();
        if let Some(expected) = expected {
            prop_assert_eq!(found, expected);
        }
    }
}

#[test]
fn weeks_are_those_of_iso_8601() {
    let all = days("1990-01-01", "2030-12-31");
    for week in [1, 2, 51, 52, 53] {
        let rule = format!("FREQ=YEARLY;BYWEEKNO={week};BYDAY=MO,TU,WE,TH,FR,SA,SU");
        let expected: Vec<String> = std::iter::successors(Some(all.first), |day| day.plus(1))
            .take_while(|day| *day <= all.last)
            .filter(|day| day.0.iso_week_date().week() == week)
            .map(|day| day.to_string())
            .collect();
        check_from(all.first.0.at(0, 0, 0, 0), &rule, all, &expected.join(" "));
    }
}

/// Returns what `rrule` gives; none for a rule that it refuses.
fn oracle(first: DateTime, rule: &str, within: DayRange) -> Option<Vec<String>> {
    let text = format!("DTSTART:{}\nRRULE:{rule}", first.strftime("%Y%m%dT%H%M%SZ"));
    let set: rrule::RRuleSet = text.parse().ok()?;
    let at = |day: Day| {
        let second = day
            .0
            .to_zoned(jiff::tz::TimeZone::UTC)
            .unwrap()
            .timestamp()
            .as_second();
        chrono::DateTime::from_timestamp(second, 0)
            .unwrap()
            .with_timezone(&rrule::Tz::UTC)
    };
    let starts = set
        .after(at(within.first))
        .before(at(within.last.next()))
        .all(u16::MAX);
    if starts.limited {
        return None;
    }
    let last = within.last.0.strftime("%Y%m%dT235959").to_string();
    let texts = starts
        .dates
        .iter()
        .map(|start| start.format("%Y%m%dT%H%M%S").to_string());
    Some(texts.filter(|text| *text <= last).collect())
}
