//! What the portal was made from, and how it is read: the revision, the day, what is in it, what is doubtful in it, what
//! can be downloaded, and what words, shapes and keys mean.

mod doubts;
mod legend;
mod time;

use super::blocks;
use super::channels::{self, FORMATS};
use super::frame::{Layout, Page, capitalised, shell_of_list};
use super::parts::{Block, Document, Fact, Link, Section, Value, contents};
use super::{Route, Subject, View};
use crate::plan::Kind;
use crate::plan::address::{ABOUT, REFERENCE, REGISTERS, REPORTS, page_address};
use crate::registers::Register;

/// Returns the route of the page.
pub(super) fn route() -> Route {
    Route {
        path: page_address(ABOUT, 1),
        subject: Subject::About,
    }
}

/// Returns the page.
pub(super) fn layout<'p>(view: &View<'p>) -> Layout<'p> {
    context(view).with("about.html")
}

fn context<'p>(view: &View<'p>) -> Page<'p> {
    let about = "What this portal was made from, what is doubtful in it, and how it is read";
    let shell = shell_of_list(view, "about", "About this portal", about, 1);
    let mut facts = vec![
        Fact::new("As of", view.day(view.as_of())),
        Fact::new("Documents", blocks::count(view.portal.published().len())),
    ];
    facts.extend(doubts::counts(view));
    let sections = vec![
        doubts::warnings(view),
        kinds(view),
        downloads(view),
        legend::states(),
        legend::words(),
        legend::keys(),
        time::zones(view),
        time::calendars(view),
    ];
    Page {
        shell,
        document: Document {
            facts,
            contents: contents(sections.iter().map(Section::link).collect()),
            sections,
            ..Document::default()
        },
    }
}

/// How many documents of each kind are published.
fn kinds<'p>(view: &View<'p>) -> Section<'p> {
    let kinds = Kind::ALL.iter().copied();
    let shown = kinds.filter(|kind| !view.portal.published_of(*kind).is_empty());
    let columns = ["Kind", "Documents"];
    let table = blocks::table("Documents of each kind", columns, shown, |kind| {
        let count = view.portal.published_of(kind).len();
        [view.index(kind).into(), blocks::count(count)]
    });
    blocks::section("documents", "What is in it", [blocks::told(table)])
}

/// What can be downloaded or subscribed to.
fn downloads<'p>(view: &View<'p>) -> Section<'p> {
    let locale = view.portal.locale;
    let file = |path: String| Value::from(Link::new(view.href(&path), path));
    let whole = Fact::new("The whole plan as JSON", file("plan.json".to_owned()));
    let calendar = Fact::new(
        "Everything dated as a calendar",
        file(channels::CALENDAR.to_owned()),
    );
    let feeds = channels::feeds(view.portal).into_iter().filter(|feed| {
        let topic = &feed.topic;
        !matches!(topic, channels::Topic::Document(_))
    });
    let feeds = feeds.flat_map(|feed| FORMATS.map(|(ending, _, _)| feed.path(ending)));
    let feeds = Fact::new("Feeds", Value::list(feeds.map(file)));
    let registers = Register::ALL.iter().map(|register| file(register.table()));
    let registers = Fact::new("Registers as CSV", Value::list(registers));
    let reports = super::report_tables().map(file);
    let reports = Fact::new("Reports as CSV", Value::list(reports));
    let folders = [
        (REGISTERS, "Registers"),
        (REPORTS, "Reports"),
        (REFERENCE, "The format, field by field"),
    ];
    let pages = folders.map(|(folder, name)| {
        Value::from(Link::new(
            view.href(&page_address(folder, 1)),
            locale.word(name),
        ))
    });
    let pages = Fact::new("Described in", Value::list(pages));
    let own = "Trains, applications, environments, freezes and people also have calendars of their own, and trains and \
               applications have feeds: each page names its own. Schemas come from `trainboard export schema`.";
    let note = Block::Prose(view.prose(locale.word(own)));
    let facts = blocks::facts([whole, calendar, feeds, registers, reports, pages]);
    blocks::section("downloads", "Downloads", [facts, Some(note)])
}

/// Returns the name of a kind of which there are several.
fn many(kind: Kind) -> String {
    capitalised(kind.many())
}
