#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::{month_page, year_page};
use crate::load::load;
use crate::pages::frame::Page;
use crate::pages::parts::{Block, Locale, Table, Value};
use crate::pages::{Portal, View, routes};
use crate::plan::{Drafts, Publication};
use crate::time::Day;
use crate::world::Memory;

/// Two freezes, one of which repeats, a window, a deployment and two milestones, one of them coarse.
const PLAN: &str = "
-- trainboard.yaml --
timezone: Europe/London
-- freezes/year-end.md --
---
title: Year end
planned: 2026-12-30/2027-01-02
severity: hard
repeats: FREQ=YEARLY;COUNT=2
---
-- freezes/peak.md --
---
title: Peak
planned: 2026-12-07/2026-12-08
severity: soft
---
-- windows/saturday.md --
---
title: Saturday
starts: 2026-12-05 22:00
duration: 4h
repeats: FREQ=WEEKLY;COUNT=2
---
-- trains/q4/index.md --
---
title: Q4
milestones:
  - {id: code, title: Code complete, due: 2026-12-08}
  - {id: pilot, title: Pilot, due: 2027-02}
---
-- trains/q4/turnovers/go.md --
---
title: Go
environment: production
planned: 2026-12-12 22:00/2026-12-13 02:00
---
-- environments/production.md --
---
title: Production
production: true
---
";

/// Returns what `read` makes of the portal in the language `tag`.
fn portal<T>(tag: &str, read: impl FnOnce(&Portal<'_>) -> T) -> T {
    let plan = load(&Memory::of_txtar(PLAN)).plan;
    let locale = Locale::new(tag, None).unwrap();
    let publication = Publication {
        as_of: Day::parse("2026-12-08").unwrap(),
        drafts: Drafts::Hidden,
    };
    read(&Portal::new(&plan, publication, &locale, &[]))
}

fn words(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) | Value::Word(text) => text.to_string(),
        Value::Link(link) => link.text.to_string(),
        Value::When(when) => when.text.clone(),
        Value::State(state) => state.word.to_string(),
        Value::Period(period) => {
            let ends = std::iter::once(&period.from).chain(&period.to);
            ends.map(|when| &*when.text).collect::<Vec<_>>().join(" – ")
        }
        Value::List(values) => values.iter().map(words).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

fn rows(table: &Table<'_>) -> impl Iterator<Item = String> {
    let rows = table.groups.iter().flat_map(|group| &group.rows);
    rows.map(|row| row.cells.iter().map(words).collect::<Vec<_>>().join(" | "))
}

/// Returns what a page says as lines: a row of a list each, and of a grid each day on which something takes place.
fn lines(page: &Page<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for block in page
        .document
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
    {
        match block {
            Block::Table(table) => lines.extend(rows(table)),
            Block::Facts(facts) => lines.extend(
                facts
                    .iter()
                    .map(|fact| format!("{}: {}", fact.label, words(&fact.value))),
            ),
            Block::Empty(empty) => lines.push(empty.fact.to_string()),
            Block::Months(months) => {
                for week in months.months.iter().flat_map(|month| &month.weeks) {
                    let at = |cell: &crate::pages::parts::Cell<'_>| {
                        let marks = cell.marks.iter().map(|mark| match &mark.link {
                            Some(link) => format!(" {} {},", mark.word, link.text),
                            None => format!(" {},", mark.word),
                        });
                        let today = if cell.is_today { " today" } else { "" };
                        format!("{}{today}:{}", cell.datetime, marks.collect::<String>())
                    };
                    let told = week
                        .days
                        .iter()
                        .flatten()
                        .filter(|cell| !cell.marks.is_empty());
                    let told: Vec<_> = told.map(at).collect();
                    let count = week.days.iter().flatten().count();
                    if !told.is_empty() {
                        lines.push(format!(
                            "week {} ({count}): {}",
                            week.number.1,
                            told.join(" ")
                        ));
                    }
                }
            }
            _ => {}
        }
    }
    lines
}

fn check_month(tag: &str, (year, month): (i16, i8), expected: &[&str]) {
    portal(tag, |portal| {
        let view = View::new(portal, "calendar/x/index.html");
        assert_eq!(
            lines(&month_page(&view, year, month).unwrap()),
            expected,
            "{year}-{month}"
        );
    });
}

#[test]
fn a_month_tells_the_same_as_list_and_as_grid() {
    check_month(
        "en",
        (2026, 12),
        &[
            "Peak | Mon 7 Dec – Tue 8 Dec 2026 | Soft freeze",
            "Code complete | Tue 8 Dec 2026 | Milestone",
            "Go | Sat 12 Dec 22:00 – Sun 13 Dec 2026 02:00 GMT | Deployment",
            "Year end | Wed 30 Dec 2026 – Sat 2 Jan 2027 | Hard freeze",
            "Saturday | Sat 5 Dec 2026, Sat 12 Dec 2026 | Window",
            "week 49 (6): 2026-12-05: Window Saturday,",
            "week 50 (7): 2026-12-07: Soft freeze Peak, 2026-12-08 today: Soft freeze, Milestone Code complete, \
             2026-12-12: Deployment Go, Window Saturday, 2026-12-13: Deployment,",
            "week 53 (4): 2026-12-30: Hard freeze Year end, 2026-12-31: Hard freeze,",
        ],
    );
    // What is only known to fall in a month is in the list, and in no day.
    check_month(
        "en",
        (2027, 2),
        &[
            "No freeze this month",
            "Next is: Year end, Thu 30 Dec 2027 – Sun 2 Jan 2028",
            "Pilot | February 2027 | Milestone",
        ],
    );
}

#[test]
fn weeks_begin_as_the_region_has_it_and_keep_the_number_of_their_thursday() {
    // A Sunday-first week that begins on 27 December holds the Thursday of week 53.
    let expected = "week 53 (5): 2026-12-30: Hard freeze Year end, 2026-12-31: Hard freeze,";
    portal("en-US", |portal| {
        let view = View::new(portal, "calendar/x/index.html");
        let lines = lines(&month_page(&view, 2026, 12).unwrap());
        assert_eq!(lines.last().map(String::as_str), Some(expected));
    });
}

#[test]
fn a_year_lists_its_freezes_and_has_a_page_for_each_month_that_the_plan_touches() {
    portal("en", |portal| {
        let view = View::new(portal, "calendar/2027/index.html");
        let told = lines(&year_page(&view, 2027).unwrap());
        assert_eq!(
            told[..2],
            [
                "Year end | Wed 30 Dec 2026 – Sat 2 Jan 2027 | Hard freeze | everything",
                "Year end | Thu 30 Dec 2027 – Sun 2 Jan 2028 | Hard freeze | everything",
            ]
        );
        let paths = routes(portal).into_iter().map(|route| route.path);
        let calendar: Vec<_> = paths.filter(|path| path.starts_with("calendar/")).collect();
        let (first, last) = (calendar.first().unwrap(), calendar.last().unwrap());
        assert_eq!((calendar.len(), &**first), (17, "calendar/2026/index.html"));
        assert_eq!(last, "calendar/2028-01/index.html");
    });
}
