//! What moved in the plan, as far as it is published: the commits and what of each is told, spread over pages.
//!
//! What concerns a document that is not published is left out, and so is a commit of which nothing is left.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Portal;
use crate::diff::{Change, Chronicle, Edit, Fate, Moved};
use crate::load::CONFIG;
use crate::plan::{DocId, Drafts};
use crate::time::Day;

/// How many lines stand on one page: with the headings of their commits they stay below 1,500 elements.
const ROWS: usize = 60;

/// How many lines of one commit are told before the rest is only counted.
const MOST_LINES: usize = 40;

/// How many fields of one document are told before the rest is only counted.
const MOST_EDITS: usize = 8;

/// How many documents that came or went in one commit are named; more are only counted.
const MOST_NAMED: usize = 12;

/// What moved in what is published.
#[derive(Debug, Default)]
pub struct Story<'p> {
    /// The commits of which something is told, newest first.
    pub commits: Vec<Seen<'p>>,
    /// The commits of each page.
    pages: Vec<Range<usize>>,
    /// The newest commit that changed each document, as an index; what only added it does not count.
    last: FxHashMap<DocId, usize>,
}

/// A commit and what is told of it.
#[derive(Debug)]
pub struct Seen<'p> {
    /// The commit.
    pub moved: &'p Moved,
    /// The day on which it was made, in the plan's zone.
    pub day: Day,
    /// The documents that it changed, by the paths that they have now, or had.
    pub paths: Vec<&'p str>,
    /// What it changed.
    pub lines: Vec<Line<'p>>,
    /// The documents that are still there and were before.
    changed: Vec<DocId>,
}

/// One line of a commit.
#[derive(Clone, Copy, Debug)]
pub enum Line<'p> {
    /// A document came, went, was renamed or could not be read.
    Whole(&'p Change, Option<DocId>),
    /// A field changed.
    Field(&'p Change, Option<DocId>, &'p Edit),
    /// So many more fields of a document changed.
    MoreFields(&'p Change, Option<DocId>, usize),
    /// So many documents are new.
    Added(usize),
    /// So many documents are gone.
    Removed(usize),
    /// So many more lines.
    More(usize),
}

impl<'p> Story<'p> {
    pub(super) fn of(portal: &Portal<'p>, chronicle: &'p Chronicle) -> Self {
        let commits = chronicle.commits.iter();
        let commits: Vec<_> = commits.filter_map(|of| seen(portal, of)).collect();
        let mut pages: Vec<Range<usize>> = Vec::new();
        let mut lines = usize::MAX;
        for (at, commit) in commits.iter().enumerate() {
            lines = lines.saturating_add(commit.lines.len() + 1);
            match pages.last_mut() {
                Some(page) if lines <= ROWS => page.end = at + 1,
                _ => {
                    pages.push(at..at + 1);
                    lines = commit.lines.len() + 1;
                }
            }
        }
        let mut last = FxHashMap::default();
        for (at, commit) in commits.iter().enumerate() {
            for id in &commit.changed {
                last.entry(*id).or_insert(at);
            }
        }
        Self {
            commits,
            pages,
            last,
        }
    }

    /// Returns the newest commit that changed the document `id`, and the page that tells it.
    pub fn last_change(&self, id: DocId) -> Option<(&Seen<'p>, usize)> {
        let at = *self.last.get(&id)?;
        Some((self.commits.get(at)?, self.page_of(at)))
    }

    /// Returns how many pages there are, at least one.
    pub fn page_count(&self) -> usize {
        self.pages.len().max(1)
    }

    /// Returns the commits of the page `number`, counted from 1.
    pub fn page(&self, number: usize) -> &[Seen<'p>] {
        let range = self.pages.get(number.saturating_sub(1)).cloned();
        &self.commits[range.unwrap_or_default()]
    }

    /// Returns the number of the page that tells the commit at the index `commit`.
    pub fn page_of(&self, commit: usize) -> usize {
        self.pages.partition_point(|page| page.end <= commit) + 1
    }

    /// Returns the commits since the day `day`, which is included.
    pub fn since(&self, day: Day) -> &[Seen<'p>] {
        let is_recent = |seen: &Seen<'_>| seen.day >= day;
        let count = self.commits.iter().take_while(|seen| is_recent(seen));
        &self.commits[..count.count()]
    }
}

/// Returns the anchor of the commit `moved`.
pub fn anchor(moved: &Moved) -> String {
    format!("c-{}", short(moved))
}

/// Returns the name of the commit `moved`, short enough to be read.
pub(super) fn short(moved: &Moved) -> &str {
    moved.commit.id.get(..10).unwrap_or(&moved.commit.id)
}

fn seen<'p>(portal: &Portal<'p>, moved: &'p Moved) -> Option<Seen<'p>> {
    let shown: Vec<_> = moved
        .changes
        .iter()
        .filter_map(|change| Some((change, shown(portal, change)?)))
        .collect();
    if shown.is_empty() {
        return None;
    }
    Some(Seen {
        moved,
        day: portal.schedule.zone_of_plan().day(moved.commit.time),
        paths: shown
            .iter()
            .map(|(change, _)| change.current.as_deref().unwrap_or(&change.path))
            .collect(),
        lines: lines(&shown),
        changed: shown
            .iter()
            .filter(|(change, _)| change.fate != Fate::Added)
            .filter_map(|(_, id)| *id)
            .collect(),
    })
}

/// Returns the document that `change` is about, which may be gone; none when it is not published.
#[expect(
    clippy::option_option,
    reason = "whether it is told, and which document it is, are two questions"
)]
fn shown(portal: &Portal<'_>, change: &Change) -> Option<Option<DocId>> {
    if change.path == CONFIG {
        return Some(None);
    }
    let Some(current) = &change.current else {
        let publication = portal.publication;
        let is_draft = change.is_draft && publication.drafts == Drafts::Hidden;
        let is_early = change.publish_after.as_ref().is_some_and(|after| {
            let days = after.days();
            days.is_none_or(|days| days.last > publication.as_of)
        });
        return (change.kind.is_some() && !is_draft && !is_early).then_some(None);
    };
    let id = portal.plan.at_path(current)?;
    portal.path(id)?;
    Some(Some(id))
}

fn lines<'p>(shown: &[(&'p Change, Option<DocId>)]) -> Vec<Line<'p>> {
    let counted = |fate: Fate| shown.iter().filter(|(of, _)| of.fate == fate).count();
    let (added, removed) = (counted(Fate::Added), counted(Fate::Removed));
    let mut lines = Vec::new();
    lines.extend((added > MOST_NAMED).then_some(Line::Added(added)));
    lines.extend((removed > MOST_NAMED).then_some(Line::Removed(removed)));
    for &(change, id) in shown {
        match change.fate {
            Fate::Added if added > MOST_NAMED => continue,
            Fate::Removed if removed > MOST_NAMED => continue,
            // What a new approval decides says that it is new.
            Fate::Added if !change.edits.is_empty() => {}
            Fate::Changed => {}
            _ => lines.push(Line::Whole(change, id)),
        }
        let edits = change.edits.iter().take(MOST_EDITS);
        lines.extend(edits.map(|edit| Line::Field(change, id, edit)));
        let rest = change.edits.len().saturating_sub(MOST_EDITS);
        lines.extend((rest > 0).then_some(Line::MoreFields(change, id, rest)));
    }
    if lines.len() > MOST_LINES {
        let rest = lines.len() - MOST_LINES;
        lines.truncate(MOST_LINES);
        lines.push(Line::More(rest));
    }
    lines
}
