//! The reports: what those who answer for releases look at in a meeting. One number first, then the worst five, then the
//! whole; the list of them prints as the pack for the board.

mod compliance;
mod failures;
mod frequency;
mod leads;
mod measured;
mod overdue;
mod readiness;
mod restores;

use super::blocks;
use super::frame::{Layout, Page, shell_of_list};
use super::parts::{Answer, Block, Document, Empty, Fact, Link, Section, Shell, Table, Value};
use super::{Portal, Route, Subject, View};
use crate::measures::Measures;
use crate::plan::DocId;
use crate::plan::address::{REGISTERS, REPORTS, page_address, report_table};
use crate::registers::{self, Register};

/// How many of the worst are told first.
const WORST: usize = 5;

/// How many rows each table has before the rest is only counted.
const MOST_ROWS: usize = 100;

/// One report.
struct Report {
    /// The name that its addresses have: `time-to-restore`.
    name: &'static str,
    /// What it is called.
    title: &'static str,
    /// The question that it answers.
    about: &'static str,
    /// What it says.
    told: for<'p> fn(&View<'p>) -> Told<'p>,
    /// What it says for programs.
    lines: fn(&View<'_>) -> Lines,
}

/// What a report says.
struct Told<'p> {
    /// The one number.
    number: Value<'p>,
    /// What belongs to the number.
    details: Vec<Value<'p>>,
    /// The worst, the very worst first.
    worst: Table<'p>,
    /// What stands where there is nothing bad.
    nothing: Empty<'p>,
    /// All of it.
    sections: Vec<Section<'p>>,
}

/// A report as a table for programs.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The names of its columns.
    pub columns: &'static [&'static str],
    /// Its rows, one cell for each column.
    pub rows: Vec<Vec<String>>,
}

/// Every report, in the order in which a board reads them. One that is added here has a page, a place in the list and a
/// table for programs.
const ALL: &[Report] = &[
    readiness::REPORT,
    overdue::REPORT,
    compliance::REPORT,
    frequency::REPORT,
    failures::REPORT,
    restores::REPORT,
    leads::REPORT,
];

/// What stands among the reports and is a page of its own: the path of that page from the portal's root, what it is
/// called, and the question that it answers.
const ELSEWHERE: &[(&str, &str, &str)] = &[(
    "reports/slips/index.html",
    "Slips",
    "How far each date of the plan is from where it was first, the worst first",
)];

/// Returns the list of the reports, and the page of each.
pub(super) fn routes() -> impl Iterator<Item = Route> {
    let route = |name: Option<&'static str>| Route {
        path: path(name),
        subject: Subject::Report(name),
    };
    let reports = ALL.iter().map(move |of| route(Some(of.name)));
    std::iter::once(route(None)).chain(reports)
}

fn path(name: Option<&str>) -> String {
    match name {
        Some(name) => page_address(&format!("{REPORTS}/{name}"), 1),
        None => page_address(REPORTS, 1),
    }
}

/// Returns every report as a table for programs, with the path of its file from the portal's root.
pub fn lines(portal: &Portal<'_>) -> Vec<(String, Lines)> {
    let view = View::new(portal, super::portal::HOME);
    let of = |report: &Report| (report_table(report.name), (report.lines)(&view));
    ALL.iter().map(of).collect()
}

/// Returns the paths of the tables for programs, from the portal's root.
pub fn tables() -> impl Iterator<Item = String> {
    let slips = std::iter::once(report_table("slips"));
    ALL.iter().map(|of| report_table(of.name)).chain(slips)
}

/// Returns the page.
pub(super) fn layout<'p>(view: &View<'p>, name: Option<&str>) -> Layout<'p> {
    let report = ALL.iter().find(|report| Some(report.name) == name);
    let context = match report {
        Some(report) => context(view, report),
        None => list(view),
    };
    context.with("report.html")
}

fn context<'p>(view: &View<'p>, report: &Report) -> Page<'p> {
    let told = (report.told)(view);
    let answer = Answer::new((report.name, report.title), told.number, told.details);
    let caption = told.worst.caption.clone();
    let worst = Section::new("worst", caption).table(told.worst, told.nothing);
    let mut sections = vec![worst];
    sections.extend(told.sections);
    sections.retain(|section| !section.blocks.is_empty());
    Page {
        shell: shell(view, report),
        document: Document {
            kind: Some("Report".into()),
            summary: Some(view.prose(view.portal.locale.word(report.about))),
            answers: vec![answer],
            sections,
            ..Document::default()
        },
    }
}

fn shell<'p>(view: &View<'p>, report: &Report) -> Shell<'p> {
    let mut shell = shell_of_list(view, "report", report.title, report.about, 1);
    let list = view.href(&path(None));
    shell.crumbs.push(Link::new(list, "Reports"));
    shell
}

/// The list of the reports: the number of each, and its worst five.
fn list<'p>(view: &View<'p>) -> Page<'p> {
    let about =
        "Readiness, what is late, how policies are kept and how deployments go, for the board";
    let shell = shell_of_list(view, "reports", "Reports", about, 1);
    let locale = view.portal.locale;
    let (mut answers, mut sections) = (Vec::new(), Vec::new());
    for report in ALL {
        let told = (report.told)(view);
        let page = Link::new(
            view.href(&path(Some(report.name))),
            locale.word(report.about),
        );
        answers.push(Answer::new(
            (report.name, report.title),
            told.number,
            told.details,
        ));
        let section = Section::new(report.name, report.title).block(Block::More(page));
        sections.push(section.table(told.worst, told.nothing));
    }
    sections.push(registered(view));
    Page {
        shell,
        document: Document {
            answers,
            sections,
            ..Document::default()
        },
    }
}

/// The registers that belong among the reports, and what is a page of its own.
fn registered<'p>(view: &View<'p>) -> Section<'p> {
    let locale = view.portal.locale;
    let plan = view.portal.plan;
    let is_shown = |id: DocId| view.portal.path(id).is_some();
    let backlog = registers::backlog(plan).filter(|of| is_shown(of.document));
    let library = registers::library(plan).filter(|of| is_shown(of.document));
    let registers = [
        (
            Register::Backlog,
            "Backlog of re-opened items",
            backlog.count(),
        ),
        (Register::Library, "Definitive library", library.count()),
    ];
    let registers = registers.map(|(register, title, count)| {
        let folder = format!("{REGISTERS}/{}", register.name());
        let link = Link::new(view.href(&page_address(&folder, 1)), locale.word(title));
        Fact::new(title, Value::list([blocks::count(count), link.into()]))
    });
    let elsewhere = ELSEWHERE.iter().map(|(path, title, about)| {
        let link = Link::new(view.href(path), locale.word(about));
        Fact::new(*title, link)
    });
    let facts = registers.into_iter().chain(elsewhere);
    blocks::section("registers", "Registers", [blocks::facts(facts)])
}

/// Returns how deployments went, of all that is published.
fn measures<'p>(view: &View<'p>) -> Measures<'p> {
    let portal = view.portal;
    Measures::new(&portal.schedule, view.as_of(), |id| {
        portal.path(id).is_some()
    })
}

/// Returns `table` with no more rows than are read, and how many there are besides.
fn capped<'p>(view: &View<'p>, mut table: Table<'p>) -> [Option<Block<'p>>; 2] {
    let rest = table.cap(MOST_ROWS);
    let more = (rest > 0).then(|| {
        let words = view.counted("and {n} more", rest);
        Block::List(vec![words.into()])
    });
    [blocks::told(table), more]
}

/// Returns that something was looked at as of today: what stands beside a number that is nothing.
fn checked<'p>(view: &View<'p>) -> Value<'p> {
    Value::list([Value::word("Checked as of"), view.day(view.as_of()).bare()])
}

/// Returns a number of days in words.
fn days<'p>(view: &View<'p>, count: i64) -> Value<'p> {
    view.plural("1 day", "{n} days", count).into()
}
