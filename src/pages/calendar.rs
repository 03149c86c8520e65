//! The freeze calendar: a page for each year and for each month that the plan touches.
//!
//! Beside the grid of a month stands a list of the same rank, because a grid is hard to read without seeing it.

mod grid;
mod list;

use super::agenda::Happening;
use super::frame::{Layout, Page};
use super::freezing::{frozen_now, next_freeze};
use super::parts::{Block, Document, Link, Pager, Pages, Section, Shell};
use super::portal::HOME;
use super::{Portal, Route, Subject, View};
use crate::plan::address::{month_address, year_address};
use crate::time::{Day, DayRange, civil, month_name};

/// Returns the pages of every year and every month from the first to the last thing that takes place.
pub(super) fn routes(portal: &Portal<'_>) -> Vec<Route> {
    let mut routes = Vec::new();
    for year in portal.agenda().years() {
        routes.push(Route {
            path: year_address(year),
            subject: Subject::Year(year),
        });
        let months = (1..=12).filter(|&month| has_month(portal, year, month));
        routes.extend(months.map(|month| Route {
            path: month_address(year, month),
            subject: Subject::Month(year, month),
        }));
    }
    routes
}

/// Returns whether a month has a page.
fn has_month(portal: &Portal<'_>, year: i16, month: i8) -> bool {
    portal.agenda().has_month(year, month)
}

/// Returns the days of a month.
fn days_of_month(year: i16, month: i8) -> Option<DayRange> {
    let first = civil::Date::new(year, month, 1).ok()?;
    Some(DayRange::new(Day(first), Day(first.last_of_month())))
}

/// Returns the days of a year.
fn days_of_year(year: i16) -> Option<DayRange> {
    Some(days_of_month(year, 1)?.to(days_of_month(year, 12)?))
}

/// Returns the page; none when there is nothing at its address.
pub(super) fn layout<'p>(view: &View<'p>, year: i16, month: Option<i8>) -> Option<Layout<'p>> {
    let context = match month {
        Some(month) => month_page(view, year, month),
        None => year_page(view, year),
    };
    context.map(|context| context.with("calendar.html"))
}

fn year_page<'p>(view: &View<'p>, year: i16) -> Option<Page<'p>> {
    let days = days_of_year(year)?;
    let happenings: Vec<_> = view.portal.agenda().within(days).collect();
    let mut shell = shell(view, &format!("{year:04}"));
    shell.page_type = "calendar-year";
    shell.crumbs = vec![Link::new(view.href(HOME), "Home")];
    shell.place = view.path.to_owned();
    let years: Vec<_> = view.portal.agenda().years().collect();
    let strip = Pages {
        current: years.iter().position(|&of| of == year)? + 1,
        links: years.iter().map(|&year| year_link(view, year)).collect(),
    };
    let pager = Pager::around(&strip.links, strip.current - 1);
    let months =
        Section::new("months", "Months").block(Block::Months(grid::year(view, year, &happenings)));
    Some(page(
        view,
        shell,
        strip,
        pager,
        vec![list::freezes(view, days, &happenings), months],
    ))
}

fn month_page<'p>(view: &View<'p>, year: i16, month: i8) -> Option<Page<'p>> {
    let days = days_of_month(year, month)?;
    let happenings: Vec<Happening> = view.portal.agenda().within(days).collect();
    let name = view.portal.dates().month(year, month).text;
    let mut shell = shell(view, &name);
    shell.crumbs = vec![Link::new(view.href(HOME), "Home"), year_link(view, year)];
    shell.place = year_address(year);
    let months: Vec<_> = (1..=12)
        .filter(|&month| has_month(view.portal, year, month))
        .collect();
    let short = |&month: &i8| {
        let name = view.portal.locale.word(&month_name(month)[..3]);
        Link::new(view.href(&month_address(year, month)), name.to_owned())
    };
    let strip = Pages {
        current: months.iter().position(|&of| of == month)? + 1,
        links: months.iter().map(short).collect(),
    };
    let neighbour = |day: Day| {
        let (year, month) = (day.0.year(), day.0.month());
        has_month(view.portal, year, month).then(|| {
            let name = view.portal.dates().month(year, month).text;
            Link::new(view.href(&month_address(year, month)), name)
        })
    };
    let pager = Pager {
        previous: neighbour(days.first.previous()),
        next: neighbour(days.last.next()),
    };
    let grid =
        Section::new("grid", "Month").block(Block::Months(grid::month(view, days, &happenings)));
    Some(page(
        view,
        shell,
        strip,
        pager,
        vec![list::agenda(view, days, &happenings), grid],
    ))
}

fn year_link<'p>(view: &View<'_>, year: i16) -> Link<'p> {
    Link::new(view.href(&year_address(year)), format!("{year:04}"))
}

fn shell<'p>(view: &View<'p>, name: &str) -> Shell<'p> {
    let locale = view.portal.locale;
    let mut shell = Shell::new("calendar", view.path, name.to_owned());
    shell.window_title = format!("{} · {name}", locale.word("Freeze calendar")).into();
    let description = "Freezes, maintenance windows, deployments and milestones in {when}";
    shell.description = locale.phrase(description, &[("when", &name)]).into();
    shell
}

fn page<'p>(
    view: &View<'p>,
    shell: Shell<'p>,
    strip: Pages<'p>,
    pager: Pager<'p>,
    sections: Vec<Section<'p>>,
) -> Page<'p> {
    let document = Document {
        kind: Some("Freeze calendar".into()),
        answers: vec![frozen_now(view), next_freeze(view)],
        sections,
        pages: (strip.links.len() > 1).then_some(strip),
        pager,
        ..Document::default()
    };
    Page { shell, document }
}

#[cfg(test)]
mod tests;
