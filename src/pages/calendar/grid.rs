//! Months as grids of weeks.

use std::collections::BTreeMap;

use super::list::MOST_DAYS;
use super::{days_of_month, days_of_year, has_month};
use crate::pages::agenda::{Happening, Sort};
use crate::pages::parts::{Cell, Link, Mark, Month, Months, Value, Week};
use crate::pages::view::View;
use crate::plan::DocId;
use crate::plan::address::month_address;
use crate::time::{Day, DayRange, month_name, weekday_name};

/// How many marks stand in one day before the rest is only counted.
const MOST_MARKS: usize = 4;

/// Returns the grid of the month of the days `days`, in which `happenings` take place.
pub(super) fn month<'p>(view: &View<'p>, days: DayRange, happenings: &[Happening]) -> Months<'p> {
    let name = view
        .portal
        .dates()
        .month(days.first.0.year(), days.first.0.month())
        .text;
    let mut opened: BTreeMap<DocId, usize> = BTreeMap::new();
    for of in happenings.iter().filter(|of| of.sort == Sort::Window) {
        *opened.entry(of.id).or_default() += 1;
    }
    // A window that opens on most days would hide what does not: the list tells of it.
    let is_rare = |of: &&Happening| opened.get(&of.id).is_none_or(|many| *many <= MOST_DAYS);
    let weeks = weeks(view, days, |day, begins_row| {
        let on_day = marked(happenings, day).filter(is_rare);
        let mut marks: Vec<_> = on_day
            .map(|of| {
                // What goes on for days is named where it begins and at the start of each row.
                let is_named = of.days.first == day || begins_row;
                let link = is_named.then(|| view.link(of.id)).flatten();
                mark(of.sort, link)
            })
            .collect();
        marks.dedup_by(|one, other| one == other && one.link.is_none());
        marks
    });
    let month = Month {
        caption: Value::Text(name.into()),
        weeks,
    };
    Months {
        legend: legend(&Sort::ALL),
        weekdays: weekdays(view),
        months: vec![month],
        ..Months::default()
    }
}

/// Returns the grids of the months of `year` that have a page. Windows are left out: they would be on every week.
pub(super) fn year<'p>(view: &View<'p>, year: i16, happenings: &[Happening]) -> Months<'p> {
    let mut by_day: BTreeMap<Day, Vec<Sort>> = BTreeMap::new();
    if let Some(days) = days_of_year(year) {
        let shown = happenings
            .iter()
            .filter(|of| is_shown(of) && of.sort != Sort::Window);
        for of in shown {
            let (first, last) = (of.days.first.max(days.first), of.days.last.min(days.last));
            let mut day = first;
            while day <= last {
                by_day.entry(day).or_default().push(of.sort);
                day = day.next();
            }
        }
    }
    for sorts in by_day.values_mut() {
        sorts.sort();
        sorts.dedup();
    }
    let shown = (1..=12).filter(|&month| has_month(view.portal, year, month));
    let month = |month: i8| {
        let weeks = weeks(view, days_of_month(year, month)?, |day, _| {
            let sorts = by_day.get(&day).into_iter().flatten();
            sorts.map(|&sort| mark(sort, None)).collect()
        });
        let name = view.portal.locale.word(month_name(month)).to_owned();
        let link = Link::new(view.href(&month_address(year, month)), name);
        Some(Month {
            caption: link.into(),
            weeks,
        })
    };
    Months {
        legend: legend(&[Sort::Hard, Sort::Soft, Sort::Deployment, Sort::Milestone]),
        weekdays: weekdays(view),
        months: shown.filter_map(month).collect(),
        is_small: true,
        body: String::new(),
    }
}

/// Returns what takes place on `day`, the gravest first.
fn marked(happenings: &[Happening], day: Day) -> impl Iterator<Item = &Happening> {
    let on_day = happenings
        .iter()
        .filter(move |of| is_shown(of) && of.days.contains(day));
    let mut found: Vec<_> = on_day.collect();
    found.sort_by_key(|of| of.sort);
    found.into_iter()
}

/// Returns whether something has days of its own; what is only known to fall in a month stands in the list.
fn is_shown(of: &Happening) -> bool {
    of.is_exact
}

fn mark<'p>(sort: Sort, link: Option<Link<'p>>) -> Mark<'p> {
    Mark {
        slug: sort.slug(),
        word: sort.word().into(),
        link,
    }
}

fn legend<'p>(sorts: &[Sort]) -> Vec<Mark<'p>> {
    sorts.iter().map(|&sort| mark(sort, None)).collect()
}

/// Returns the weekdays from the first of a week on: short and in full.
fn weekdays(view: &View<'_>) -> Vec<(String, String)> {
    let locale = view.portal.locale;
    let days = locale.first_weekday().cycle_forward().take(7);
    days.map(|day| {
        let full = weekday_name(day);
        (
            locale.word(&full[..3]).to_owned(),
            locale.word(full).to_owned(),
        )
    })
    .collect()
}

/// Returns the weeks that `days` touch, with what `marks` says of each day; it is told whether the day begins its row.
fn weeks<'p>(
    view: &View<'_>,
    days: DayRange,
    marks: impl Fn(Day, bool) -> Vec<Mark<'p>>,
) -> Vec<Week<'p>> {
    let first = view.portal.locale.first_weekday();
    let mut weeks: Vec<Week<'p>> = Vec::new();
    let mut day = days.first;
    while day <= days.last {
        let begins_week = day.weekday() == first;
        if begins_week || weeks.is_empty() {
            let before = first.until(day.weekday());
            weeks.push(Week {
                number: number(day, before),
                days: (0..before).map(|_| None).collect(),
            });
        }
        let mut marks = marks(day, begins_week || day == days.first);
        let rest = marks.len().saturating_sub(MOST_MARKS);
        marks.truncate(MOST_MARKS);
        let cell = Cell {
            datetime: day.0.to_string(),
            number: day.0.day(),
            is_today: day == view.as_of(),
            marks,
            rest: (rest > 0).then(|| view.counted("and {n} more", rest)),
        };
        if let Some(week) = weeks.last_mut() {
            week.days.push(Some(cell));
        }
        day = day.next();
    }
    if let Some(week) = weeks.last_mut() {
        week.days.resize(7, None);
    }
    weeks
}

/// Returns the ISO year and number of the week whose day `before` days after its first one is `day`: those of the
/// Thursday in it, on whichever day it begins.
fn number(day: Day, before: i8) -> (i16, i8) {
    let start = day.plus(-i64::from(before)).unwrap_or(day);
    let thursday = start.weekday().until(crate::time::Weekday::Thursday);
    let iso = start.plus(thursday.into()).unwrap_or(day).0.iso_week_date();
    (iso.year(), iso.week())
}
