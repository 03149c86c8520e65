//! The environments: which are free, where two want one at a time, what has them when, and what version is where.

mod matrix;

use super::axis;
use super::blocks;
use super::frame::{Layout, Page, shell_of_list};
use super::lanes::Taken;
use super::listing::{document, pages};
use super::parts::{
    Answer, Block, Document, Empty, Link, Pages, Section, Shell, State, Table, Tone, Value,
};
use super::portal::HOME;
use super::show::Show;
use super::{Portal, Route, Subject, View};
use crate::plan::address::{VERSIONS, index_address, lanes_address, page_address};
use crate::plan::kinds::environment::{Environment, EnvironmentStatus};
use crate::plan::value::Choices;
use crate::plan::{Doc, Kind};
use crate::schedule::{Claim, Clash, Occupancy, Vacancy};
use crate::time::{Day, DayRange, InstantRange};
use matrix::Matrix;

/// How many environments are drawn beside each other.
const MOST_LANES: usize = 25;

/// Over how many months the lanes reach, from the month before this one on.
const MONTHS: i32 = 4;

/// How many names an answer holds.
const MOST_NAMED: usize = 5;

/// How far from today a quarter still has a page, in days.
const FARTHEST: i64 = 5 * 366;

/// Returns the pages beside the index itself: each quarter in which something has an environment, and the version matrix
/// where it is too long for the index.
pub(super) fn routes(portal: &Portal<'_>) -> Vec<Route> {
    let lanes = quarters(portal).into_iter().map(|(year, quarter)| Route {
        path: lanes_address(year, quarter),
        subject: Subject::Lanes(year, quarter),
    });
    let view = View::new(portal, HOME);
    let matrix = (1..=Matrix::of(&view).pages()).map(|number| Route {
        path: page_address(VERSIONS, number),
        subject: Subject::Versions(number),
    });
    lanes.chain(matrix).collect()
}

/// Returns the published environments, in the order of their index.
fn environments<'p>(view: &View<'p>) -> impl Iterator<Item = Doc<'p, Environment>> + use<'p> {
    let portal = view.portal;
    let all = portal.index_of(Kind::Environment).iter();
    all.filter_map(|&id| portal.plan.get::<Environment>(id))
}

/// Returns the quarters in which an environment is reserved or something is deployed to it, each with its year.
fn quarters(portal: &Portal<'_>) -> Vec<(i16, i8)> {
    let schedule = &portal.schedule;
    let mut taken: Vec<DayRange> = Vec::new();
    for &id in portal.published_of(Kind::Environment) {
        let held = schedule.bookings_of(id).iter();
        let held = held.filter(|of| portal.path(of.holder).is_some());
        taken.extend(held.filter_map(|of| schedule.booked_days(of)));
        let turnovers = schedule.turnovers_to(id).iter();
        let shown = turnovers.filter(|of| portal.path(of.id).is_some());
        taken.extend(
            shown.filter_map(|of| Some(schedule.days(of.id, schedule.reach(*of)?.outer()))),
        );
    }
    let today = portal.publication.as_of;
    taken.retain(|days| {
        let is_near = |day: Day| today.until(day).abs() < FARTHEST;
        is_near(days.first) && is_near(days.last)
    });
    let years = taken
        .iter()
        .flat_map(|of| [of.first.0.year(), of.last.0.year()]);
    let (Some(first), Some(last)) = (years.clone().min(), years.max()) else {
        return Vec::new();
    };
    let all = (first..=last).flat_map(|year| (1..=4).map(move |quarter| (year, quarter)));
    let is_used = |&(year, quarter): &(i16, i8)| {
        let days = axis::quarter(year, quarter);
        days.is_some_and(|days| taken.iter().any(|of| of.overlaps(days)))
    };
    all.filter(is_used).collect()
}

/// Returns the page.
pub(super) fn layout<'p>(view: &View<'p>) -> Layout<'p> {
    index(view).with("calendar.html")
}

/// Returns the page of the lanes in a quarter; none when there is nothing at its address.
pub(super) fn lanes_layout<'p>(view: &View<'p>, year: i16, quarter: i8) -> Option<Layout<'p>> {
    lanes(view, (year, quarter)).map(|context| context.with("calendar.html"))
}

/// Returns a page of the version matrix.
pub(super) fn versions_layout<'p>(view: &View<'p>, number: usize) -> Layout<'p> {
    versions(view, number).with("document.html")
}

/// An environment as it stands today.
type Standing<'p> = (Doc<'p, Environment>, Occupancy<'p>);

fn index<'p>(view: &View<'p>) -> Page<'p> {
    let portal = view.portal;
    let all = portal.published_of(Kind::Environment).len();
    let title = "Environments";
    let mut shell = Shell::new("environments", view.path, title);
    shell.description = format!(
        "{title} of the plan: which of the {all} are free, who has them, and what version is where"
    )
    .into();
    shell.crumbs = vec![Link::new(view.href(HOME), "Home")];
    shell.place = super::menu::place(Kind::Environment);
    let counts = |id| portal.path(id).is_some();
    let first = environments(view).take(Pages::ROWS);
    let standing: Vec<Standing<'p>> = first
        .map(|of| (of, portal.schedule.occupancy(of, view.as_of(), counts)))
        .collect();
    let clashes = clashes(view);
    let matrix = Matrix::of(view);
    let answers = match all {
        0 => Vec::new(),
        _ => vec![
            free_now(view, &standing),
            clashing(view, &clashes),
            matrix.answer(),
        ],
    };
    let mut sections = vec![now(view, &standing)];
    if all > 0 {
        sections.extend([clash_table(view, &clashes), around_today(view)]);
        sections.push(matrix.section());
    }
    let later = pages(view, 1, all.div_ceil(Pages::ROWS), |number| {
        index_address(Kind::Environment, number)
    });
    let document = Document {
        answers,
        sections,
        pages: later.or_else(|| strip(view, None)),
        ..Document::default()
    };
    Page { shell, document }
}

/// Which environments nobody has.
fn free_now<'p>(view: &View<'p>, standing: &[Standing<'p>]) -> Answer<'p> {
    let (slug, label) = ("free-now", "Free now");
    let free = standing.iter();
    let free: Vec<_> = free
        .filter(|(_, of)| matches!(of.now, Vacancy::Free))
        .collect();
    if free.is_empty() {
        let state = State::new("reserved")
            .worded("No environment is free")
            .toned(Tone::Warn);
        return Answer::new((slug, label), state, Vec::new());
    }
    let rest = free.len().saturating_sub(MOST_NAMED);
    let locale = view.portal.locale;
    let more = (rest > 0).then(|| locale.phrase("and {n} more", &[("n", &rest)]));
    let named = free
        .iter()
        .take(MOST_NAMED)
        .map(|(environment, _)| view.document(environment.id));
    let value = Value::list(named.chain(more.map(Value::from)));
    let next = free.iter().filter_map(|(_, of)| Some(of.next?.0)).min();
    let until = next.map(|day| {
        let day = view.portal.dates().day(day.previous().0);
        Value::list([Value::word("At least until"), day.into()])
    });
    Answer::new((slug, label), value, until)
}

/// Returns the clashes of published reservations that are not over.
fn clashes<'p>(view: &View<'p>) -> Vec<Clash<'p>> {
    let schedule = &view.portal.schedule;
    let mut clashes = schedule.clashes();
    clashes.retain(|clash| {
        let shown = [
            clash.environment.id,
            clash.first.holder,
            clash.second.holder,
        ];
        let shared = overlap(view, clash);
        shown.iter().all(|&id| view.portal.path(id).is_some())
            && shared.is_none_or(|days| days.last >= view.as_of())
    });
    clashes.sort_by_key(|clash| overlap(view, clash).map(|days| days.first));
    clashes
}

/// Returns the days on which both sides of a clash have the environment, or may.
fn overlap(view: &View<'_>, clash: &Clash<'_>) -> Option<DayRange> {
    let schedule = &view.portal.schedule;
    let (one, other) = (clash.first.reach?.outer(), clash.second.reach?.outer());
    let shared: Option<InstantRange> = clash.overlap.or_else(|| one.intersection(other));
    Some(schedule.days(clash.environment.id, shared?))
}

fn clashing<'p>(view: &View<'p>, clashes: &[Clash<'p>]) -> Answer<'p> {
    let (slug, label) = ("clashes", "Clashes");
    let Some(first) = clashes.first() else {
        let state = State::new("on-track").worded("No clash");
        return Answer::new((slug, label), state, Vec::new());
    };
    let locale = view.portal.locale;
    let words = match clashes.len() {
        1 => locale.word("1 clash").to_owned(),
        many => locale.phrase("{n} clashes", &[("n", &many)]),
    };
    let days = overlap(view, first);
    let when = days.map(|days| view.portal.dates().days(days.first.0, days.last.0));
    let details = vec![
        view.document(first.environment.id),
        Value::list([
            view.document(first.first.holder),
            view.document(first.second.holder),
        ]),
        when.into(),
    ];
    Answer::new((slug, label), State::new("conflict").worded(words), details)
}

fn clash_table<'p>(view: &View<'p>, clashes: &[Clash<'p>]) -> Section<'p> {
    let columns = [
        "Environment",
        "Reserved for",
        "And for",
        "Both from",
        "Until",
    ];
    let mut table = Table::new("Two who want one environment at a time", columns);
    for clash in clashes.iter().take(Pages::ROWS) {
        let days = overlap(view, clash);
        table.row([
            view.document(clash.environment.id),
            view.document(clash.first.holder),
            view.document(clash.second.holder),
            days.map_or(Value::Empty, |days| view.day(days.first)),
            days.map_or(Value::Empty, |days| view.day(days.last)),
        ]);
    }
    let empty = Empty::new("No two reservations clash", None);
    Section::new("clashes", "Clashes").table(table, empty)
}

/// How each environment stands, and until when.
fn now<'p>(view: &View<'p>, standing: &[Standing<'p>]) -> Section<'p> {
    let columns = [
        "Environment",
        "Now",
        "By",
        "Until",
        "Then",
        "Status",
        "Used by",
    ];
    let mut table = Table::new("How each environment stands today", columns);
    let mut current = None;
    for (environment, occupancy) in standing {
        let group = Environment::group(view, *environment);
        if group != Value::Empty && current.as_ref() != Some(&group) {
            table.group(group.clone());
            current = Some(group);
        }
        table.row(row(view, *environment, occupancy));
    }
    let how = view
        .prose("Add a Markdown file below `environments/`, or any file with `kind: environment`.");
    let empty = Empty::new("There is no environment yet", Some(how));
    let told = blocks::told(table).unwrap_or(Block::Empty(empty));
    Section::new("now", "Today").block(told)
}

fn row<'p>(
    view: &View<'p>,
    environment: Doc<'p, Environment>,
    occupancy: &Occupancy<'p>,
) -> [Value<'p>; 7] {
    let (state, by, until) = match occupancy.now {
        Vacancy::Offline => (State::new("offline").toned(Tone::Bad), None, None),
        Vacancy::Frozen(of) => (
            State::new("frozen").toned(Tone::Bad),
            Some(of.freeze.id),
            Some(of.days.last),
        ),
        Vacancy::Reserved(of, days) => (
            State::new("reserved").toned(Tone::Active),
            Some(of.holder),
            Some(days.last),
        ),
        Vacancy::Shared(of, days) => (
            State::new("shared").toned(Tone::Active),
            Some(of.holder),
            Some(days.last),
        ),
        Vacancy::Free => {
            let last = occupancy.next.map(|(day, _)| day.previous());
            (State::new("free").toned(Tone::Good), None, last)
        }
    };
    let (then, day) = match occupancy.next {
        Some((day, Claim::Booking(of))) => (Some(of.holder), Some(day)),
        Some((day, Claim::Freeze(of))) => (Some(of.freeze.id), Some(day)),
        None => (None, None),
    };
    let then = blocks::several([
        document(view, then),
        day.map_or(Value::Empty, |day| view.day(day)),
    ]);
    let status = environment.status.as_ref().map(|status| status.value);
    // That it is available is what everybody expects, and that it is offline has been said.
    let status = status.filter(|status| *status == EnvironmentStatus::Restricted);
    let until = until.map_or(Value::Empty, |day| view.day(day));
    [
        view.document(environment.id),
        state.into(),
        document(view, by),
        until,
        then,
        status
            .map(|status| State::new(status.word()).toned(Tone::Warn))
            .into(),
        Value::word(match environment.shared {
            true => "several trains at a time",
            false => "one train at a time",
        }),
    ]
}

/// What has the environments around today.
fn around_today<'p>(view: &View<'p>) -> Section<'p> {
    let first = view.as_of().0.first_of_month();
    let first = first
        .checked_sub(jiff::Span::new().months(1))
        .unwrap_or(first);
    let days = axis::months(first.year(), first.month(), MONTHS);
    match days {
        Some(days) => taken(view, days),
        None => Section::new("lanes", "Lanes"),
    }
}

/// Returns the way to each quarter, of which `current` is shown; none where there is none, or no other.
fn strip<'p>(view: &View<'p>, current: Option<(i16, i8)>) -> Option<Pages<'p>> {
    let quarters = quarters(view.portal);
    let at = quarters.iter().position(|of| Some(*of) == current);
    (quarters.len() > usize::from(at.is_some())).then(|| Pages {
        current: at.map_or(0, |at| at + 1),
        links: quarters.iter().map(|of| quarter_link(view, *of)).collect(),
    })
}

fn quarter_link<'p>(view: &View<'_>, of: (i16, i8)) -> Link<'p> {
    let name = axis::quarter_name(view, of);
    Link::new(view.href(&lanes_address(of.0, of.1)), name)
}

fn taken<'p>(view: &View<'p>, days: DayRange) -> Section<'p> {
    let section = Section::new("lanes", "Lanes");
    let taken = Taken::of(view, days, environments(view).take(MOST_LANES));
    if taken.is_empty() {
        let how = view.prose("Add `reservations` to a train, or a turnover with `planned` dates.");
        return section.block(Block::Empty(Empty::new(
            "Nobody has reserved an environment in this time",
            Some(how),
        )));
    }
    let drawn = section.block(taken.drawing());
    taken.table().into_iter().fold(drawn, Section::block)
}

fn lanes<'p>(view: &View<'p>, (year, quarter): (i16, i8)) -> Option<Page<'p>> {
    let days = axis::quarter(year, quarter)?;
    let name = axis::quarter_name(view, (year, quarter));
    let locale = view.portal.locale;
    let title = locale.phrase("Environments in {when}", &[("when", &name)]);
    let about = locale.phrase("Who has which environment in {when}", &[("when", &name)]);
    let mut shell = shell_of_list(view, "environment-lanes", title, &about, 1);
    shell.crumbs.push(view.index(Kind::Environment));
    shell.place = super::menu::place(Kind::Environment);
    let document = Document {
        sections: vec![taken(view, days)],
        pages: strip(view, Some((year, quarter))),
        ..Document::default()
    };
    Some(Page { shell, document })
}

fn versions<'p>(view: &View<'p>, number: usize) -> Page<'p> {
    let matrix = Matrix::of(view);
    let about = "Which version of each application is in each environment";
    let mut shell = shell_of_list(view, "version-matrix", "What is where", about, number);
    shell.crumbs.push(view.index(Kind::Environment));
    shell.place = super::menu::place(Kind::Environment);
    let document = Document {
        sections: vec![matrix.page(number)],
        pages: pages(view, number, matrix.pages(), |number| {
            page_address(VERSIONS, number)
        }),
        ..Document::default()
    };
    Page { shell, document }
}
