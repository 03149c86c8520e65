//! What holds for every value: reading never panics, a fault lies inside its text, a rewrite is right, and what is
//! written reads as the same value.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod claims;

use claims::check_all;
use jiff::civil::Weekday;
use proptest::prelude::*;

use super::*;

/// Texts made of the pieces of values, so that many are valid and the others are nearly so.
const DATE: &str = concat!(
    "(1999|2024|2026|9999|20261)",
    "(-(0[1-9]|1[0-3])(-([0-2][0-9]|3[01])([ T]2[0-5]:[0-6]0(:59)?(Z|[+-]1[0-5]:30)?)?)?|-W[0-5][0-9]|-Q[0-5])?",
);
const RELATIVE: &str = "(T|t|rc-1|code-complete)([+-](14|0|7)(bd|d|w|h|m|mo|)){0,2}";
const DURATION: &str =
    "[+-]?(P?([0-9]{1,7}[WDwd]){0,2}T?([0-9]{1,3}[hmsHMS]){0,2}|[0-9]{1,3}(bd| days|))";
const RULE: &str = concat!(
    "FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY)(;INTERVAL=[0-3])?",
    "(;COUNT=[0-9]|;UNTIL=2026(12|13)31(T220000Z?)?)?(;BYMONTH=[0-9]{1,2}(,[0-9])?)?",
    "(;BYDAY=[+-]?[0-9]?(MO|SA|XX)(,SU)?)?(;BYSETPOS=-?[0-9])?(;WKST=SU)?",
);
const VERSION: &str =
    "[v<>=~^]{0,2}[0-9]{1,4}(\\.[0-9]{1,2}){0,3}(-rc\\.?[0-9])?(\\+b)?(, ?<[0-9])?";
const NOISE: &str = "[0-9TZWQPFREQBYdhmwbt:/+.,;=é \\-]{0,24}|\\PC{0,16}";

fn date() -> impl Strategy<Value = String> {
    prop_oneof![
        DATE,
        RELATIVE,
        Just("tbd".to_owned()),
        Just("9999-12-31".to_owned())
    ]
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        date(),
        DURATION,
        (date(), prop_oneof![date(), DURATION.prop_map(|text| text)])
            .prop_map(|(from, until)| format!("{from}/{until}")),
        (date(), date()).prop_map(|(first, last)| format!("{first}..{last}")),
        RULE,
        VERSION,
        NOISE,
    ]
}

fn day() -> impl Strategy<Value = Day> {
    (0..400_i64).prop_map(|days| Day::parse("2026-01-01").unwrap().plus(days).unwrap())
}

fn calendar() -> impl Strategy<Value = Calendar> {
    let weekend = proptest::collection::vec(0..7_i8, 0..5);
    let holidays = proptest::collection::btree_map(day(), Just(String::new()), 0..60);
    (weekend, holidays).prop_map(|(weekend, holidays)| Calendar {
        weekend: weekend
            .into_iter()
            .map(|day| Weekday::from_monday_zero_offset(day).unwrap())
            .collect(),
        holidays,
        roll: None,
    })
}

proptest! {
    #[test]
    fn values_read_as_they_are_written(text in any_text()) {
        check_all(&text);
    }

    #[test]
    fn days_and_instants_of_an_interval_agree(from in date(), until in prop_oneof![date(), DURATION]) {
        let (calendar, zone) = (Calendar::default(), Zone::parse("Europe/London").unwrap());
        let Ok(interval) = Interval::parse(&format!("{from}/{until}")) else {
            return Ok(());
        };
        if let (Some(days), Some(range)) = (interval.days(&calendar), interval.instants(&zone, &calendar)) {
            // An explicit offset may move the day by one.
            prop_assert!(days.first.previous() <= zone.day(range.start));
            prop_assert!(zone.day(range.end) <= days.last.next().next());
        }
    }

    #[test]
    fn business_days_agree_with_counting_one_by_one(calendar in calendar(), start in day(), count in -40..40_i32) {
        let mut expected = start;
        for _ in 0..count.abs() {
            expected = expected.plus(i64::from(count.signum())).unwrap();
            while !calendar.is_business_day(expected) {
                expected = expected.plus(i64::from(count.signum())).unwrap();
            }
        }
        prop_assert_eq!(calendar.add(start, count), Some(expected));
        prop_assert_eq!(calendar.count_between(start, expected), i64::from(count));
    }

    #[test]
    fn wall_times_land_where_another_database_puts_them(
        zone in prop_oneof!["Europe/(London|Lisbon)", "America/(New_York|Santiago)", "Australia/(Sydney|Lord_Howe)"],
        // 1990 to 2023, in half hours: the databases agree about the past.
        half_hours in 350_640..946_000_i64,
    ) {
        let instant = chrono::DateTime::from_timestamp(half_hours * 1800, 0).unwrap();
        let wall = Zone::utc().wall(Instant::from_second(half_hours * 1800).unwrap());
        let at = |found: &chrono::DateTime<chrono_tz::Tz>| Instant::from_second(found.timestamp()).unwrap();
        let found = Zone::parse(&zone).unwrap().place(wall);
        match instant.naive_utc().and_local_timezone(zone.parse::<chrono_tz::Tz>().unwrap()) {
            chrono::LocalResult::Single(expected) => prop_assert_eq!(found, Landing::Once(at(&expected))),
            chrono::LocalResult::Ambiguous(first, _) => prop_assert_eq!(found, Landing::Twice(at(&first))),
            chrono::LocalResult::None => prop_assert!(matches!(found, Landing::Skipped(_))),
        }
    }
}
