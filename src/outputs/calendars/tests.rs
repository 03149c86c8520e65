//! Calendars of small plans, line by line, and read back by a parser that is not ours.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use crate::outputs::made;
use crate::plan::Drafts;

const PLAN: &str = "\
-- trainboard.yaml --
title: Plan
base_url: https://plan.example/x/
timezone: Europe/London
-- environments/live.md --
---
title: Live
category: production
---
-- trains/q4/index.md --
---
title: Q4
history: [{stage: construction, date: 2026-10-01}]
---
";

fn calendars(files: &str) -> BTreeMap<String, String> {
    made(&format!("{PLAN}{files}"), Drafts::Hidden, super::write)
}

/// Returns the lines of the event `uid`, unfolded, without its frame and its stamps.
fn event(calendar: &str, uid: &str) -> Vec<String> {
    let lines = calendar.replace("\r\n ", "");
    let start = format!("BEGIN:VEVENT\r\nUID:{uid}@plan.example\r\n");
    let (_, event) = lines.split_once(&start).unwrap_or_default();
    let (event, _) = event.split_once("END:VEVENT").unwrap_or_default();
    let left_out = [
        "DTSTAMP",
        "LAST-MODIFIED",
        "SEQUENCE",
        "TRANSP",
        "URL",
        "CATEGORIES",
    ];
    let told = event
        .split_terminator("\r\n")
        .filter(|line| !left_out.iter().any(|name| line.starts_with(name)));
    told.map(str::to_owned).collect()
}

/// Checks the event `uid` in the calendar of the portal.
fn check(files: &str, uid: &str, expected: &[&str]) {
    let calendars = calendars(files);
    let told = event(&calendars["calendar.ics"], uid);
    assert_eq!(told, expected, "{}", calendars["calendar.ics"]);
}

#[test]
fn days_include_their_last_one_and_moments_do_not() {
    check(
        "-- freezes/year-end.md --\n---\nplanned: 2026-12-18/2027-01-04\nreason: Closing, as ever\nscope: {environments: [live]}\n---\n# Year end; all\n",
        "freeze:year-end",
        &[
            "DTSTART;VALUE=DATE:20261218",
            "DTEND;VALUE=DATE:20270105",
            "SUMMARY:Year end\\; all",
            "DESCRIPTION:Hard\\nCovers Live\\nClosing\\, as ever",
            "STATUS:CONFIRMED",
        ],
    );
    check(
        "-- trains/q4/turnovers/night.md --\n---\ntitle: Night\nenvironment: live\nplanned: 2026-12-12 22:00/4h\nstatus: accepted\nbackout: {duration: 2h}\n---\n",
        "turnover:q4/night",
        &[
            "DTSTART;TZID=Europe/London:20261212T220000",
            "DTEND;TZID=Europe/London:20261213T020000",
            "SUMMARY:Q4: Night",
            "DESCRIPTION:Accepted\\nBack-out reserve until Sun 13 Dec 2026 04:00 GMT",
            "LOCATION:Live",
            "STATUS:CONFIRMED",
        ],
    );
}

#[test]
fn what_is_known_only_so_far_is_tentative_and_says_so() {
    check(
        "-- trains/q4/milestones/code.md --\n---\ntitle: Code\ndue: 2026-12\n---\n",
        "milestone:q4/code",
        &[
            "DTSTART;VALUE=DATE:20261201",
            "DTEND;VALUE=DATE:20270101",
            "SUMMARY:Q4: Code",
            "DESCRIPTION:Known only so far: 2026-12",
            "STATUS:TENTATIVE",
        ],
    );
    check(
        "-- trains/q4/milestones/code.md --\n---\ndue: tbd\n---\n",
        "milestone:q4/code",
        &[],
    );
}

#[test]
fn what_was_called_off_stays_and_says_so() {
    check(
        "-- trains/q4/turnovers/night.md --\n---\ntitle: Night\nenvironment: live\nplanned: 2026-12-12/2026-12-12\nstatus: cancelled\n---\n",
        "turnover:q4/night",
        &[
            "DTSTART;VALUE=DATE:20261212",
            "DTEND;VALUE=DATE:20261213",
            "SUMMARY:Cancelled: Q4: Night",
            "DESCRIPTION:Cancelled",
            "LOCATION:Live",
            "STATUS:CANCELLED",
        ],
    );
}

#[test]
fn windows_keep_their_rule_and_leave_out_what_the_clocks_skip() {
    let window =
        |fields: &str| format!("-- windows/w.md --\n---\ntitle: W\nduration: 2h\n{fields}\n---\n");
    let check = |fields: &str, expected: &[&str]| {
        let calendars = calendars(&window(fields));
        let told = event(&calendars["calendar.ics"], "window:w");
        let told: Vec<_> = told
            .iter()
            .take_while(|line| !line.starts_with("SUMMARY"))
            .collect();
        assert_eq!(told, expected);
    };
    // The rule begins with its first start, not with the day from which it counts.
    check(
        "starts: 2026-11-02 22:00\nrepeats: FREQ=WEEKLY;BYDAY=SA\nuntil: 2027-03-31",
        &[
            "DTSTART;TZID=Europe/London:20261107T220000",
            "DURATION:PT2H",
            "RRULE:FREQ=WEEKLY;BYDAY=SA;UNTIL=20270331T225959Z",
        ],
    );
    check(
        "starts: 2027-03-07 01:30\nrepeats: FREQ=WEEKLY;COUNT=4\non_gap: skip",
        &[
            "DTSTART;TZID=Europe/London:20270307T013000",
            "DURATION:PT2H",
            "RRULE:FREQ=WEEKLY;UNTIL=20270404T003000Z",
            "EXDATE;TZID=Europe/London:20270328T013000",
        ],
    );
    check(
        "starts: 2027-03-07 01:30\nrepeats: FREQ=WEEKLY;COUNT=4",
        &[
            "DTSTART;TZID=Europe/London:20270307T013000",
            "DURATION:PT2H",
            "RRULE:FREQ=WEEKLY;COUNT=4",
        ],
    );
}

#[test]
fn each_reader_gets_what_concerns_them() {
    let calendars = calendars(
        "-- people/ana.md --\n---\nname: Ana\n---\n-- people/ben.md --\n---\nname: Ben\n---\n\
         -- trains/q4/turnovers/night.md --\n---\nenvironment: live\nplanned: 2026-12-12/2026-12-12\nowner: ana\n---\n",
    );
    let has_it = |path: &str| calendars[path].contains("turnover:q4/night");
    let having: Vec<_> = calendars
        .keys()
        .filter(|path| has_it(path))
        .map(String::as_str)
        .collect();
    assert_eq!(
        having,
        [
            "calendar.ics",
            "environments/live/calendar.ics",
            "people/ana/calendar.ics",
            "trains/q4/calendar.ics"
        ],
    );
    // Nobody who subscribed finds a calendar gone, or one that no reader accepts.
    assert!(calendars["people/ben/calendar.ics"].contains("BEGIN:VTIMEZONE"));
}

#[test]
fn drafts_and_what_is_not_due_yet_appear_in_no_calendar() {
    let hidden = "-- freezes/a.md --\n---\nplanned: 2026-12-18/2027-01-04\ndraft: true\n---\n\
                  -- freezes/b.md --\n---\nplanned: 2026-12-18/2027-01-04\npublish_after: 2026-12-01\n---\n";
    let all: String = calendars(hidden).into_values().collect();
    assert!(!all.contains("freeze:"), "{all}");
    let shown = made(&format!("{PLAN}{hidden}"), Drafts::Shown, super::write);
    assert_eq!(
        event(&shown["calendar.ics"], "freeze:a").last().unwrap(),
        "STATUS:TENTATIVE"
    );
    assert!(!shown.contains_key("freezes/b/calendar.ics"));
}

#[test]
fn no_title_breaks_out_of_its_event() {
    let attack = r#"\r\nBEGIN:VEVENT\r\nUID:x\u0000\u0007\u2028]]> =cmd| <b> \"q\" 🚆🚆🚆🚆🚆🚆🚆🚆🚆🚆🚆🚆🚆🚆🚆🚆🚆🚆"#;
    let files = format!(
        "-- freezes/a.md --\n---\ntitle: \"a{attack}\"\nplanned: 2026-12-18/2027-01-04\nreason: \"b{attack}\"\n---\n"
    );
    let calendar = &calendars(&files)["calendar.ics"];
    assert_eq!(calendar.matches("\nBEGIN:VEVENT").count(), 1, "{calendar}");
    assert!(
        calendar
            .split("\r\n")
            .all(|line| line.len() <= 75 && !line.contains(char::is_control))
    );
    let read: icalendar::Calendar = calendar.parse().unwrap();
    assert_eq!(read.components.len(), 1);
}
