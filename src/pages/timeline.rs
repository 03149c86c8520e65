//! The timeline of all trains: around today, by year and by quarter; as a table and, beside it, as a drawing.

mod lanes;

use super::agenda::{Sort, month_link};
use super::axis;
use super::frame::{Layout, Page};
use super::parts::{
    Bar, Block, Document, Empty, Link, Mark, Pager, Pages, Section, Shell, Timeline,
};
use super::portal::HOME;
use super::{Portal, Route, Subject, View};
use crate::plan::address::schedule_address;
use crate::time::{Day, DayRange, civil};

/// Returns the pages around today, and of each year and quarter from the first to the last thing that takes place.
pub(super) fn routes(portal: &Portal<'_>) -> Vec<Route> {
    let route = |(year, quarter)| Route {
        path: schedule_address(year, quarter),
        subject: Subject::Schedule(year, quarter),
    };
    let mut routes = vec![route((None, None))];
    for year in portal.agenda().years() {
        routes.push(route((Some(year), None)));
        let quarters = axis::quarters(portal.agenda(), year).into_iter();
        routes.extend(quarters.map(|quarter| route((Some(year), Some(quarter)))));
    }
    routes
}

/// Returns the days that a page shows: around today, those from the quarter before on for a year and a half, or to the
/// end of the quarter in which the last plan ends.
fn days(view: &View<'_>, year: Option<i16>, quarter: Option<i8>) -> Option<DayRange> {
    match (year, quarter) {
        (Some(year), Some(quarter)) => axis::quarter(year, quarter),
        (Some(year), None) => axis::months(year, 1, 12),
        (None, _) => {
            let today = view.as_of().0;
            let before = today.checked_sub(jiff::Span::new().months(3)).ok()?;
            let (year, month) = (before.year(), first_month(before));
            let days = axis::months(year, month, 18)?;
            let last = view.portal.agenda().last_plan(view.portal, days);
            let last = last.unwrap_or(days.last).max(view.as_of()).0;
            let end = axis::months(last.year(), first_month(last), 3)?.last;
            Some(DayRange::new(days.first, end))
        }
    }
}

/// Returns the first month of the quarter of `date`.
fn first_month(date: civil::Date) -> i8 {
    (date.month() - 1) / 3 * 3 + 1
}

/// Returns the page; none when there is nothing at its address.
pub(super) fn layout<'p>(
    view: &View<'p>,
    year: Option<i16>,
    quarter: Option<i8>,
) -> Option<Layout<'p>> {
    context(view, year, quarter).map(|context| context.with("calendar.html"))
}

fn context<'p>(view: &View<'p>, year: Option<i16>, quarter: Option<i8>) -> Option<Page<'p>> {
    let days = days(view, year, quarter)?;
    let locale = view.portal.locale;
    let title = match (year, quarter) {
        (Some(year), Some(quarter)) => view.portal.dates().quarter(year, quarter).text,
        (Some(year), None) => locale.phrase("Schedule {when}", &[("when", &year)]),
        (None, _) => locale.word("Schedule").to_owned(),
    };
    let mut shell = Shell::new("schedule", view.path, title.clone());
    shell.window_title = format!("{title} · {}", locale.word("Timeline")).into();
    let dates = view.portal.dates();
    let (first, last) = (dates.day(days.first.0).text, dates.day(days.last.0).text);
    let ends: [(&str, &dyn std::fmt::Display); 2] = [("from", &first), ("to", &last)];
    let told = locale.phrase("Trains and freezes from {from} to {to}", &ends);
    shell.description = match year {
        Some(_) => told.clone(),
        None => format!("{}: {told}", locale.word("Timeline of all trains")),
    }
    .into();
    shell.place = schedule_address(None, None);
    shell.crumbs = vec![Link::new(view.href(HOME), "Home")];
    if year.is_some() {
        let all = Link::new(view.href(&schedule_address(None, None)), "Schedule");
        shell.crumbs.push(all);
    }
    if quarter.is_some() {
        shell.crumbs.extend(year.map(|year| year_link(view, year)));
    }
    let (table, timeline) = lanes::lanes(view, days, told);
    let is_empty = timeline.lanes.is_empty();
    let empty =
        is_empty.then(|| Block::Empty(Empty::new("No train has a date in this time", None)));
    let stages = Section::new("stages", "Stages and milestones");
    let stages = empty.into_iter().fold(stages, Section::block);
    let stages = super::blocks::told(table)
        .into_iter()
        .fold(stages, Section::block);
    let chart = Section::new("timeline", "Timeline").block(Block::Timeline(timeline));
    let document = Document {
        kind: Some("Timeline of all trains".into()),
        sections: vec![stages, chart],
        pages: strip(view, year, quarter),
        pager: pager(view, year, quarter),
        ..Document::default()
    };
    Some(Page { shell, document })
}

fn year_link<'p>(view: &View<'_>, year: i16) -> Link<'p> {
    let path = schedule_address(Some(year), None);
    Link::new(view.href(&path), format!("{year:04}"))
}

fn quarter_link<'p>(view: &View<'p>, year: i16, quarter: i8) -> Link<'p> {
    let name = view.portal.dates().quarter(year, quarter).text;
    let path = schedule_address(Some(year), Some(quarter));
    Link::new(view.href(&path), name)
}

/// Returns the years before and after, or the quarters.
fn pager<'p>(view: &View<'p>, year: Option<i16>, quarter: Option<i8>) -> Pager<'p> {
    let years = view.portal.agenda().years();
    let pages: Vec<_> = match quarter {
        None => years.map(|year| (year, None)).collect(),
        Some(_) => years
            .flat_map(|year| {
                axis::quarters(view.portal.agenda(), year)
                    .into_iter()
                    .map(move |of| (year, Some(of)))
            })
            .collect(),
    };
    let here = pages
        .iter()
        .position(|&of| (Some(of.0), of.1) == (year, quarter));
    let links: Vec<_> = pages
        .iter()
        .map(|&(year, quarter)| match quarter {
            Some(quarter) => quarter_link(view, year, quarter),
            None => year_link(view, year),
        })
        .collect();
    here.map_or_else(Pager::default, |at| Pager::around(&links, at))
}

/// Returns what is one step closer or beside: the years, then the quarters of a year, then the months of the calendar.
fn strip<'p>(view: &View<'p>, year: Option<i16>, quarter: Option<i8>) -> Option<Pages<'p>> {
    let Some(year) = year else {
        let links: Vec<_> = view
            .portal
            .agenda()
            .years()
            .map(|year| year_link(view, year))
            .collect();
        return (!links.is_empty()).then_some(Pages { current: 0, links });
    };
    let quarters = axis::quarters(view.portal.agenda(), year);
    let current = quarters.iter().position(|&of| Some(of) == quarter);
    let mut links: Vec<_> = quarters
        .iter()
        .map(|&quarter| quarter_link(view, year, quarter))
        .collect();
    if let Some(days) = quarter.and_then(|quarter| axis::quarter(year, quarter)) {
        let mut month = days.first;
        while month <= days.last {
            links.extend(month_link(view, month));
            month = Day(month.0.last_of_month()).next();
        }
    }
    Some(Pages {
        current: current.map_or(0, |at| at + 1),
        links,
    })
}

/// Returns the timeline of the days `days` without its lanes.
fn axis<'p>(view: &View<'p>, days: DayRange, title: String) -> Timeline<'p> {
    let legend = [
        ("planned", "Planned"),
        ("actual", "Actual"),
        ("milestone", "Milestone"),
        ("hard", "Hard freeze"),
        ("soft", "Soft freeze"),
        ("today", "Today"),
    ];
    let mark = |(slug, word): (&'static str, &'static str)| Mark {
        slug,
        word: word.into(),
        link: None,
    };
    Timeline {
        title,
        legend: legend.map(mark).into(),
        days: days.count(),
        ticks: axis::ticks(view, days),
        today: axis::today(view, days),
        ..Timeline::default()
    }
}

/// Returns the part of `shown` that lies in `days`, as a bar; none where nothing does.
fn bar<'p>(days: DayRange, shown: DayRange, slug: &'static str, label: String) -> Option<Bar<'p>> {
    let (from, to) = axis::place(days, shown)?;
    Some(Bar {
        from,
        to,
        slug,
        label,
        name: String::new(),
        link: None,
    })
}

/// Returns the freezes that touch `days`, as bands.
fn bands<'p>(view: &View<'p>, days: DayRange) -> Vec<Bar<'p>> {
    let freezes = view
        .portal
        .agenda()
        .within(days)
        .filter(|of| of.sort.is_freeze());
    let band = |of: super::agenda::Happening| {
        let name = &*view.portal.plan.document(of.id).title;
        let word = view.portal.locale.word(of.sort.word());
        let slug = match of.sort {
            Sort::Hard => "hard",
            _ => "soft",
        };
        let band = bar(days, of.days, slug, format!("{name}: {word}"))?;
        let link = view.link(of.id);
        Some(Bar { link, ..band })
    };
    freezes.filter_map(band).collect()
}
