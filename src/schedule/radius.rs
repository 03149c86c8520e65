//! The blast radius: which releases are hit when something slips, directly and through what it hits.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::{Dependency, Needed, Schedule};
use crate::plan::DocId;
use crate::plan::kinds::release::Release;

/// A release that is hit.
#[derive(Clone, Copy, Debug)]
pub struct Hit<'p> {
    /// The need over which it is hit in the fewest steps.
    pub need: Dependency<'p>,
    /// In how many steps: 1 for directly.
    pub steps: usize,
    /// By how many seconds the first thing can slip before this release has to move, over the tightest way to it. None
    /// where a date on every way is not known.
    pub lead: Option<i64>,
}

/// A need by its place among all, whose it is, and by how many seconds what it waits for could come later.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    need: usize,
    release: DocId,
    lead: Option<i64>,
}

/// More than anything can slip.
const UNKNOWN: i64 = i64::MAX;

/// The needs that wait for each document, by its index; for a release, also those that wait for its whole train. They are
/// kept, because every release is asked for its radius and most needs are in many of them.
pub(super) type Dependents = Vec<Vec<Waiting>>;

impl<'p> Schedule<'p> {
    /// Returns what `need` waits for: the document that it names and, for a version, the releases that bring it.
    pub fn providers(&self, need: &Dependency<'p>) -> Vec<DocId> {
        let mut providers: Vec<DocId> = need.needed.document().into_iter().collect();
        if let Needed::Version { .. } = need.needed {
            let answers = self.version_answers(need).into_iter();
            let found = answers.filter_map(|answer| Some(answer.found?.release?.id));
            providers.extend(found.filter(|id| *id != need.release.id));
            providers.sort();
            providers.dedup();
        }
        providers
    }

    pub(super) fn dependents_of_all(&self) -> Dependents {
        let mut dependents: Dependents = self.plan.documents().map(|_| Vec::new()).collect();
        for (index, need) in self.dependencies.iter().enumerate() {
            let lead = self.lead(need);
            let providers = self.providers(need).into_iter();
            for provider in providers.filter(|_| !need.is_on_itself()) {
                if let Some(waiting) = dependents.get_mut(provider.index()) {
                    waiting.push(Waiting {
                        need: index,
                        release: need.release.id,
                        lead,
                    });
                }
            }
        }
        for release in self.plan.all::<Release>() {
            let train = release.document.belongs.train;
            let of_train = train.and_then(|train| dependents.get(train.index()).cloned());
            if let Some(waiting) = dependents.get_mut(release.id.index()) {
                waiting.extend(of_train.into_iter().flatten());
            }
        }
        dependents
    }

    /// Returns the needs that wait for the document `of`.
    fn waiting_for(&self, of: DocId) -> &[Waiting] {
        self.dependents().get(of.index()).map_or(&[], Vec::as_slice)
    }

    /// Returns the releases that are hit when one of `of` slips, by steps, then by release.
    pub fn radius(&self, of: &[DocId]) -> Vec<Hit<'p>> {
        let mut reached = self.marks(false);
        for id in of {
            reached[id.index()] = true;
        }
        let mut next: VecDeque<(DocId, usize)> = of.iter().map(|&id| (id, 1)).collect();
        let mut hits: Vec<Hit<'p>> = Vec::new();
        while let Some((at, steps)) = next.pop_front() {
            for waiting in self.waiting_for(at) {
                let is_known = &mut reached[waiting.release.index()];
                if !std::mem::replace(is_known, true) {
                    next.push_back((waiting.release, steps + 1));
                    let need = self.dependencies.get(waiting.need);
                    hits.extend(need.map(|&need| Hit {
                        need,
                        steps,
                        lead: None,
                    }));
                }
            }
        }
        let leads = self.leads(of);
        for hit in &mut hits {
            hit.lead = Some(leads[hit.need.release.id.index()]).filter(|lead| *lead != UNKNOWN);
        }
        hits.sort_by_key(|hit| (hit.steps, hit.need.release.id));
        hits
    }

    /// Returns `mark` for each document, by its index: a search through thousands of needs asks for one at each step.
    fn marks<T: Clone>(&self, mark: T) -> Vec<T> {
        vec![mark; self.dependents().len()]
    }

    /// Returns by how much something in `of` can slip before each release that it hits has to move, by the index of the
    /// document; [`UNKNOWN`] where it is not hit, or by dates that are not known.
    fn leads(&self, of: &[DocId]) -> Vec<i64> {
        let mut leads = self.marks(UNKNOWN);
        let mut next: BinaryHeap<Reverse<(i64, DocId)>> =
            of.iter().map(|&id| Reverse((0, id))).collect();
        while let Some(Reverse((lead, at))) = next.pop() {
            if leads[at.index()] < lead {
                continue;
            }
            for waiting in self.waiting_for(at) {
                let id = waiting.release;
                // What is too late already moves at once.
                let Some(own) = waiting.lead.filter(|_| !of.contains(&id)) else {
                    continue;
                };
                let lead = lead.saturating_add(own.max(0));
                if lead < leads[id.index()] {
                    leads[id.index()] = lead;
                    next.push(Reverse((lead, id)));
                }
            }
        }
        leads
    }
}
