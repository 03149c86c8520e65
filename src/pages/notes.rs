//! Release notes as a publication of their own: the list of all, the newest first, and what each train, application and
//! audience reads of them in full.
//!
//! A page for an audience names and links only what that audience may read: it looks at the portal through
//! [`View::read_by`], and [`Shelf`] leaves out the notes and fragments that are meant for others.

mod care;
mod list;
mod marks;
mod shelf;
mod told;

#[cfg(test)]
mod tests;

use super::listing::pages;
use super::parts::{Document, Empty, Link, Shell};
use super::{Portal, Route, Subject, View};
use crate::pages::frame::{Layout, Page, shell_of_list};
use crate::plan::address::{
    NOTES_FOR_AUDIENCES, NOTES_OF_APPLICATIONS, NOTES_OF_TRAINS, index_address, page_address,
};
use crate::plan::config::Audience;
use crate::plan::value::Item;
use crate::plan::{DocId, Kind};

pub use marks::Marks;
pub use shelf::{Entry, Shelf, day_of};

/// Which notes a page tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All of them.
    All,
    /// Those of a train.
    Train(DocId),
    /// Those of an application.
    Application(DocId),
    /// Those that the audience at this place in `audiences` may read.
    Audience(usize),
}

impl Selection {
    /// Returns the folder of its pages; none for an audience whose name cannot be part of an address.
    fn folder(self, portal: &Portal<'_>) -> Option<String> {
        let below = |folder: &str, id: DocId| format!("{folder}/{}", portal.plan.document(id).id);
        match self {
            Self::All => Some(Kind::Note.folder().to_owned()),
            Self::Train(id) => Some(below(NOTES_OF_TRAINS, id)),
            Self::Application(id) => Some(below(NOTES_OF_APPLICATIONS, id)),
            Self::Audience(at) => {
                let name = &audience(portal, at)?.id.value;
                let is_sound = |letter: char| letter.is_alphanumeric() || "-_".contains(letter);
                let is_name = !name.is_empty() && name.chars().all(is_sound);
                is_name.then(|| format!("{NOTES_FOR_AUDIENCES}/{name}"))
            }
        }
    }

    /// Returns the path of its page `number`, counted from 1.
    pub fn address(self, portal: &Portal<'_>, number: usize) -> Option<String> {
        Some(match self {
            Self::All => index_address(Kind::Note, number),
            _ => page_address(&self.folder(portal)?, number),
        })
    }

    /// Returns the notes, newest first.
    pub fn entries(self, portal: &Portal<'_>) -> Vec<Entry> {
        let of = match self {
            Self::Train(id) | Self::Application(id) => Some(id),
            Self::All | Self::Audience(_) => None,
        };
        let reader = self.reader(portal);
        portal.shelf().entries(portal.plan, of, reader)
    }

    /// Returns the audience for whom it is.
    pub fn reader<'p>(self, portal: &Portal<'p>) -> Option<&'p str> {
        match self {
            Self::Audience(at) => Some(&audience(portal, at)?.id.value),
            _ => None,
        }
    }
}

fn audience<'p>(portal: &Portal<'p>, at: usize) -> Option<&'p Item<Audience>> {
    portal.plan.config.audiences.items.get(at)
}

/// Returns what an audience is called.
fn audience_title(audience: &Item<Audience>) -> &str {
    let title = audience.value.title.as_ref();
    title.map_or(&*audience.id.value, |title| &*title.value)
}

/// Returns every selection that has pages: a train has them from the start, so that its address can be given away, an
/// application from its first note.
pub fn selections(portal: &Portal<'_>) -> Vec<Selection> {
    let trains = portal.published_of(Kind::Train).iter();
    let applications = portal.published_of(Kind::Application).iter();
    let applications = applications.filter(|id| portal.shelf().has(**id));
    let audiences = 0..portal.plan.config.audiences.items.len();
    let all = std::iter::once(Selection::All)
        .chain(trains.map(|&id| Selection::Train(id)))
        .chain(applications.map(|&id| Selection::Application(id)))
        .chain(audiences.map(Selection::Audience));
    all.filter(|some| some.folder(portal).is_some()).collect()
}

/// Returns the pages of every selection.
pub(super) fn routes(portal: &Portal<'_>) -> Vec<Route> {
    let pages = |some: Selection| {
        let entries = some.entries(portal);
        let count = match some {
            Selection::All => list::chunks(&entries).len(),
            _ => told::chunks(portal, &entries).len(),
        };
        let route = move |number| {
            Some(Route {
                path: some.address(portal, number)?,
                subject: Subject::Notes(some, number),
            })
        };
        (1..=count.max(1)).filter_map(route)
    };
    selections(portal).into_iter().flat_map(pages).collect()
}

/// Returns a link to the notes of the train or application `id`, where they have a page.
pub(super) fn link_to<'p>(view: &View<'p>, id: DocId) -> Option<Link<'p>> {
    let portal = view.portal;
    let kind = portal.plan.document(id).kind;
    let some = match kind {
        Kind::Train => Selection::Train(id),
        _ => Selection::Application(id),
    };
    let path = some
        .address(portal, 1)
        .filter(|_| kind == Kind::Train || portal.shelf().has(id))?;
    let words = portal.locale.word("All release notes in full");
    Some(Link::new(view.href(&path), words))
}

/// Returns the page.
pub(super) fn layout<'p>(view: &View<'p>, some: Selection, number: usize) -> Layout<'p> {
    let view = &view.read_by(some.reader(view.portal));
    context(view, some, number).with("document.html")
}

fn context<'p>(view: &View<'p>, some: Selection, number: usize) -> Page<'p> {
    let entries = some.entries(view.portal);
    let chunks = match some {
        Selection::All => list::chunks(&entries),
        _ => told::chunks(view.portal, &entries),
    };
    let shown = chunks.get(number - 1).copied().unwrap_or_default();
    let mut sections = match some {
        Selection::All => list::sections(view, shown, number),
        _ => told::sections(view, shown),
    };
    if number == 1 {
        let after = usize::from(some == Selection::All).min(sections.len());
        sections.splice(after..after, care::sections(view, &entries));
    }
    if entries.is_empty() {
        let nothing = super::parts::Section::new("notes", "Release notes");
        sections.insert(
            0,
            nothing.block(super::parts::Block::Empty(empty(view, some))),
        );
    }
    sections.retain(|section| !section.blocks.is_empty());
    let links = sections.iter().map(super::parts::Section::link);
    let address = |number| some.address(view.portal, number).unwrap_or_default();
    Page {
        shell: shell(view, some, number),
        document: Document {
            summary: summary(view, some),
            contents: super::parts::contents(links.collect()),
            sections,
            pages: pages(view, number, chunks.len(), address),
            ..Document::default()
        },
    }
}

fn shell<'p>(view: &View<'p>, some: Selection, number: usize) -> Shell<'p> {
    let portal = view.portal;
    let phrase = |pattern: &str, name: &str| portal.locale.phrase(pattern, &[("name", &name)]);
    let (title, about, sets_apart) = match some {
        Selection::All => {
            let about = "What changes for whom: every release note, newest first";
            ("Release notes".to_owned(), about.to_owned(), String::new())
        }
        Selection::Train(id) | Selection::Application(id) => {
            let document = portal.plan.document(id);
            (
                phrase("Release notes of {name}", &document.title),
                phrase(
                    "What changes with {name}, in full and newest first",
                    &document.title,
                ),
                format!(" · {} {}", document.kind, document.id),
            )
        }
        Selection::Audience(at) => {
            let name = audience(portal, at).map_or("", audience_title);
            let id = some.reader(portal).unwrap_or_default();
            (
                phrase("Release notes for {name}", name),
                phrase("What changes for {name}, in full and newest first", name),
                format!(" · {id}"),
            )
        }
    };
    let mut shell = shell_of_list(view, "notes", title, &about, number);
    if !sets_apart.is_empty() {
        shell.window_title = format!("{}{sets_apart}", shell.window_title).into();
        shell.description = format!("{}{sets_apart}", shell.description).into();
        shell.crumbs.push(view.index(Kind::Note));
    }
    shell.place = super::menu::place(Kind::Note);
    shell
}

/// Returns what an audience is, or where the train or application itself is.
fn summary<'p>(view: &View<'p>, some: Selection) -> Option<super::parts::Prose<'p>> {
    match some {
        Selection::Audience(at) => {
            let about = audience(view.portal, at)?.value.description.as_ref()?;
            Some(view.prose(&about.value))
        }
        _ => None,
    }
}

/// Returns what stands where there is no note yet: how to publish the first one.
fn empty<'p>(view: &View<'p>, some: Selection) -> Empty<'p> {
    let how = match some {
        Selection::Audience(_) => {
            "Name this audience in `audience:` of a note; one without `audience:` is for everyone."
        }
        _ => {
            "Add a Markdown file below `notes/` of a train, with `release:` and `date:` before its text. It is published with \
             the next build."
        }
    };
    Empty::new("No release note yet", Some(view.prose(how)))
}
