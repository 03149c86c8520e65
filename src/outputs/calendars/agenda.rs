//! Everything of a plan that has a day, and in which calendars it stands.
//!
//! Each calendar has what its reader can act on, and no more. That of the portal has what concerns everybody: the stages
//! and milestones of trains, and of releases that travel alone, turnovers, outages, freezes and windows. A train's adds
//! its gates, its reservations and its early life support, and has only the freezes that its turnovers meet. An
//! application's has the stages, milestones and gates of its releases, the turnovers that bring them, and the freezes
//! and windows that cover it; an environment's what happens in it. A freeze's has its exceptions, and a person's only
//! what that person owns or has to do. Freezes and windows that were over a year ago are left to the calendar of the
//! portal and to their own.

mod closed;
mod course;
mod dated;
mod duties;
mod turnover;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::event::{Event, Status};
use crate::markdown;
use crate::pages::parts::State;
use crate::pages::{Portal, View, scope_in_words};
use crate::plan::kinds::person::Person;
use crate::plan::kinds::team::Team;
use crate::plan::parts::person::Who;
use crate::plan::parts::scope::Scope;
use crate::plan::value::{Ref, Reference, Text};
use crate::plan::{Detail, DocId};
use dated::Dated;

/// An event and the calendars in which it stands.
#[derive(Clone, Debug)]
pub(super) struct Entry<'p> {
    /// The event.
    pub event: Event<'p>,
    /// Whether it stands in the calendar of the portal.
    pub everywhere: bool,
    /// The documents in whose calendars it stands.
    pub of: Vec<DocId>,
}

impl<'p> Entry<'p> {
    /// Returns `event` for the calendars of the documents `of` alone.
    fn new(event: Event<'p>, of: impl IntoIterator<Item = DocId>) -> Self {
        let mut of: Vec<_> = of.into_iter().collect();
        of.sort_unstable();
        of.dedup();
        Self {
            event,
            everywhere: false,
            of,
        }
    }

    /// Returns it for the calendar of the portal as well.
    fn everywhere(self, everywhere: bool) -> Self {
        Self { everywhere, ..self }
    }
}

/// Returns everything that is published and has a day, in a fixed order.
pub(super) fn entries<'p>(portal: &'p Portal<'p>) -> Vec<Entry<'p>> {
    let teller = Teller {
        portal,
        met: &closed::met(portal),
    };
    let documents: Vec<_> = portal.plan.documents().map(|(id, _)| id).collect();
    let published = documents
        .par_iter()
        .filter(|id| portal.path(**id).is_some());
    let mut entries: Vec<_> = published
        .flat_map_iter(|&id| teller.of_document(id))
        .collect();
    entries.extend(duties::entries(&teller));
    entries
}

/// Tells what of a portal has a day.
#[derive(Clone, Copy)]
struct Teller<'t, 'p> {
    portal: &'p Portal<'p>,
    /// The trains whose turnovers a freeze meets, by freeze.
    met: &'t FxHashMap<DocId, Vec<DocId>>,
}

impl<'p> Teller<'_, 'p> {
    fn of_document(&self, id: DocId) -> Vec<Entry<'p>> {
        let plan = self.portal.plan;
        match &plan.document(id).detail {
            Detail::Train(_) | Detail::Release(_) => {
                let course = plan.course(id);
                course.map_or_else(Vec::new, |course| course::entries(self, course))
            }
            Detail::Turnover(_) => {
                let turnover = plan.get(id);
                turnover.map_or_else(Vec::new, |turnover| turnover::entries(self, turnover))
            }
            _ => self.only_entry(id).into_iter().collect(),
        }
    }

    /// Returns the entry of a document that has no more than one.
    fn only_entry(&self, id: DocId) -> Option<Entry<'p>> {
        let plan = self.portal.plan;
        match &plan.document(id).detail {
            Detail::Milestone(milestone) => course::milestone(self, id, milestone),
            Detail::Freeze(_) => closed::freeze(self, plan.get(id)?),
            Detail::Window(_) => closed::window(self, plan.get(id)?),
            Detail::Exception(exception) => closed::exception(self, id, exception),
            Detail::Change(change) => turnover::change(self, id, change),
            Detail::Review(review) => duties::review(self, id, review),
            _ => None,
        }
    }

    /// Returns the event of the part `part` of the document `id`; an empty part is the document as a whole.
    fn event(
        &self,
        (id, part): (DocId, &str),
        summary: String,
        dated: Dated<'p>,
        category: &'static str,
    ) -> Event<'p> {
        let document = self.portal.plan.document(id);
        let hash = if part.is_empty() { "" } else { "#" };
        let so_far = dated
            .so_far
            .map(|date| self.phrase("Known only so far: {date}", "date", &date));
        let is_open = so_far.is_some() || document.common.draft;
        Event {
            uid: format!("{}:{}{hash}{part}", document.kind, document.id),
            summary,
            time: dated.time,
            status: if is_open {
                Status::Tentative
            } else {
                Status::Confirmed
            },
            category: self.portal.locale.word(category),
            place: None,
            details: so_far.into_iter().collect(),
            page: self.portal.path(id).unwrap_or_default(),
        }
    }

    fn phrase(&self, english: &str, name: &str, value: &str) -> String {
        self.portal.locale.phrase(english, &[(name, &value)])
    }

    /// Returns a word of the format as people read it.
    fn word(&self, word: &str) -> String {
        let state = State::new(word);
        self.portal.locale.word(&state.word).to_owned()
    }

    /// Returns the title of the document `id`, or its id when it is not published.
    fn title(&self, id: DocId) -> &'p str {
        let document = self.portal.plan.document(id);
        match self.portal.path(id) {
            Some(_) => &document.title,
            None => &document.id,
        }
    }

    /// Returns the titles of `documents`, one after the other; of many only the first and how many more there are.
    fn titles(&self, documents: &[DocId]) -> String {
        const MOST: usize = 12;
        let shown: Vec<_> = documents
            .iter()
            .take(MOST)
            .map(|&id| self.title(id))
            .collect();
        let shown = shown.join(", ");
        match documents.len().saturating_sub(MOST) {
            0 => shown,
            more => self
                .portal
                .locale
                .phrase("{shown} and {n} more", &[("shown", &shown), ("n", &more)]),
        }
    }

    /// Returns what `owned` belongs to, before what it is called: `2026 Q4: Code complete`.
    fn owned(&self, owner: Option<DocId>, owned: &str) -> String {
        match owner {
            Some(owner) => format!("{}: {owned}", self.title(owner)),
            None => owned.to_owned(),
        }
    }

    /// Returns what `scope` covers: `Covers Cards in Production`.
    fn coverage(&self, id: DocId, scope: Option<&'p Scope>) -> String {
        let view = View::new(self.portal, self.portal.path(id).unwrap_or_default());
        let what = scope_in_words(&view, scope);
        self.phrase("Covers {what}", "what", &what)
    }

    /// Returns the published people whom `who` means: one, or all of a team.
    fn people(&self, who: Option<&Reference>) -> Vec<DocId> {
        let plan = self.portal.plan;
        let Some(target) = who.and_then(|who| who.target) else {
            return Vec::new();
        };
        let mut people = match plan.get::<Team>(target) {
            Some(team) => team
                .members
                .iter()
                .chain(&team.lead)
                .filter_map(|member| member.target)
                .collect(),
            None => vec![target],
        };
        people.retain(|&id| self.portal.path(id).is_some() && plan.get::<Person>(id).is_some());
        people
    }

    fn owners(&self, who: Option<&Ref<Who>>) -> Vec<DocId> {
        self.people(who.map(|who| &who.reference))
    }
}

/// Returns the words of `text` without markup.
fn plain(text: &Text) -> String {
    markdown::plain(&text.value)
}
