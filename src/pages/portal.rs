//! What every page is written from: the plan, what is published of it, and where everything stands.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::agenda::Agenda;
use super::kinds;
use super::names::Names;
use super::notes::Shelf;
use super::parts::{Dates, Locale};
use super::story::Story;
use crate::diagnostic::Diagnostic;
use crate::diff::{Chronicle, Slip, slips};
use crate::lifecycle::Progress;
use crate::markdown::Renderer;
use crate::plan::address::index_address;
use crate::plan::{DocId, Kind, Plan, Publication};
use crate::schedule::Schedule;
use crate::search::Index;
use crate::text::FileId;
use crate::time::Zone;

pub(super) use crate::plan::address::HOME;

/// A portal that is being made: the plan and what its pages have in common.
#[derive(Debug)]
pub struct Portal<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// For which day it is made, and with or without drafts.
    pub publication: Publication,
    /// The language, its words and its way of writing dates.
    pub locale: &'p Locale,
    /// Writes Markdown as HTML.
    pub renderer: Renderer,
    /// The plan, indexed for questions about time.
    pub schedule: Arc<Schedule<'p>>,
    /// What its histories and gates come to as of today.
    pub progress: Arc<Progress<'p>>,
    /// The zone of wall times whose plan names none, which is reported.
    pub utc: Zone,
    /// What pages are called in windows and search results.
    pub names: Names<'p>,
    all_diagnostics: &'p [Diagnostic],
    diagnostics: FxHashMap<FileId, Vec<&'p Diagnostic>>,
    /// Each document's page, by id; empty for one that is not published.
    paths: Vec<String>,
    /// The published documents that have a page, by kind and id.
    published: Vec<DocId>,
    /// The same in the order of their indexes.
    indexes: OnceLock<Vec<DocId>>,
    /// What takes place when.
    agenda: OnceLock<Agenda>,
    /// What can be searched for.
    pub(super) index: OnceLock<Index>,
    /// What moved in the plan; none when nobody told.
    chronicle: Option<&'p Chronicle>,
    /// What of it is shown, page by page.
    story: Story<'p>,
    /// How far dates are from where they were first.
    slips: Vec<Slip<'p>>,
    /// The release notes.
    shelf: OnceLock<Shelf>,
}

impl<'p> Portal<'p> {
    /// Returns the portal of `plan`. `diagnostics` are shown on the pages that they concern.
    pub fn new(
        plan: &'p Plan,
        publication: Publication,
        locale: &'p Locale,
        diagnostics: &'p [Diagnostic],
    ) -> Self {
        let schedule = Arc::new(Schedule::new(plan));
        let progress = Arc::new(Progress::new(plan, publication.as_of));
        Self::standing((schedule, progress), publication, locale, diagnostics)
    }

    /// Returns a portal of the same plan on the same day, with other diagnostics and no history. What is known of the
    /// plan's times is not worked out again.
    #[must_use]
    pub fn again(&self, diagnostics: &'p [Diagnostic]) -> Self {
        let stands = (Arc::clone(&self.schedule), Arc::clone(&self.progress));
        Self::standing(stands, self.publication, self.locale, diagnostics)
    }

    fn standing(
        (schedule, progress): (Arc<Schedule<'p>>, Arc<Progress<'p>>),
        publication: Publication,
        locale: &'p Locale,
        diagnostics: &'p [Diagnostic],
    ) -> Self {
        let plan = schedule.plan();
        let mut by_file: FxHashMap<FileId, Vec<&Diagnostic>> = FxHashMap::default();
        for diagnostic in diagnostics {
            by_file
                .entry(diagnostic.finding.at.file)
                .or_default()
                .push(diagnostic);
        }
        let is_published = |id| plan.is_published(id, publication);
        let path = |id| {
            if is_published(id) {
                plan.address(id)
            } else {
                String::new()
            }
        };
        let paths = plan.documents().map(|(id, _)| path(id)).collect();
        let pages = plan
            .documents()
            .filter(|(id, document)| document.host.is_none() && is_published(*id));
        let published: Vec<_> = pages.map(|(id, _)| id).collect();
        let names = Names::of(published.iter().map(|&id| plan.document(id)));
        let indexes = OnceLock::new();
        let (renderer, utc) = (Renderer::default(), Zone::utc());
        let portal = Self {
            plan,
            publication,
            locale,
            renderer,
            schedule,
            progress,
            utc,
            names,
            all_diagnostics: diagnostics,
            diagnostics: by_file,
            paths,
            published,
            indexes,
            agenda: OnceLock::new(),
            index: OnceLock::new(),
            chronicle: None,
            story: Story::default(),
            slips: Vec::new(),
            shelf: OnceLock::new(),
        };
        portal.slipped()
    }

    /// Returns the portal with what moved in its plan.
    #[must_use]
    pub fn with_history(mut self, chronicle: &'p Chronicle) -> Self {
        self.chronicle = Some(chronicle);
        self.story = Story::of(&self, chronicle);
        self.slipped()
    }

    /// Returns the portal with its slips.
    fn slipped(mut self) -> Self {
        let mut slips = slips(self.plan, self.chronicle);
        slips.retain(|slip| self.path(slip.document).is_some());
        self.slips = slips;
        self
    }

    /// Returns the path of the page that shows the document `id`, from the portal's root; an anchor follows when the
    /// document is written inside another one. None when it is not published.
    pub fn path(&self, id: DocId) -> Option<&str> {
        self.paths
            .get(id.index())
            .map(String::as_str)
            .filter(|path| !path.is_empty())
    }

    /// Returns the published documents that have a page of their own, by kind and id.
    pub fn published(&self) -> &[DocId] {
        &self.published
    }

    /// Returns the published documents of `kind` that have a page of their own, by id.
    pub fn published_of(&self, kind: Kind) -> &[DocId] {
        self.of_kind(&self.published, kind)
    }

    /// Returns the published documents of `kind` that have a page of their own, in the order of their index.
    pub(super) fn index_of(&self, kind: Kind) -> &[DocId] {
        self.of_kind(self.indexes.get_or_init(|| kinds::in_order(self)), kind)
    }

    /// Returns what takes place when.
    pub(super) fn agenda(&self) -> &Agenda {
        self.agenda.get_or_init(|| Agenda::of(self))
    }

    /// Returns what moved in the plan; none when nobody told.
    pub fn chronicle(&self) -> Option<&'p Chronicle> {
        self.chronicle
    }

    /// Returns what moved in what is published.
    pub fn story(&self) -> &Story<'p> {
        &self.story
    }

    /// Returns the published dates that are not where they were first, the latest first.
    pub fn slips(&self) -> &[Slip<'p>] {
        &self.slips
    }

    /// Returns the release notes, newest first.
    pub fn shelf(&self) -> &Shelf {
        self.shelf.get_or_init(|| Shelf::of(self))
    }

    /// Returns those of `documents`, which stand by kind, that are of `kind`.
    fn of_kind<'d>(&self, documents: &'d [DocId], kind: Kind) -> &'d [DocId] {
        let kind_of = |id: &DocId| self.plan.document(*id).kind;
        let start = documents.partition_point(|id| kind_of(id) < kind);
        let end = documents.partition_point(|id| kind_of(id) <= kind);
        &documents[start..end]
    }

    /// Returns every diagnostic of the plan, published or not.
    pub fn diagnostics(&self) -> &'p [Diagnostic] {
        self.all_diagnostics
    }

    /// Returns the diagnostics in the file `file`.
    pub fn diagnostics_in(&self, file: FileId) -> &[&'p Diagnostic] {
        self.diagnostics.get(&file).map_or(&[], Vec::as_slice)
    }

    /// Returns a writer of dates.
    pub fn dates(&self) -> Dates<'_> {
        Dates::new(self.locale, self.publication.as_of.0)
    }
}

/// Returns the path of the index of `kind`: its first page.
pub(super) fn index_path(kind: Kind) -> String {
    index_address(kind, 1)
}
