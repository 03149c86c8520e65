//! The critical path of a train: the chain of releases that decides when it is there, and the slack of the others.

use rustc_hash::FxHashMap;

use super::{Dependency, Needed, ReleaseDates, Schedule};
use crate::plan::kinds::release::Release;
use crate::plan::{Doc, DocId};
use crate::time::Instant;

/// How the releases of a train hang together in time.
#[derive(Clone, Debug)]
pub struct TrainPath<'p> {
    /// The critical path: releases that wait for each other, from the first to the one that ends last.
    pub path: Vec<Doc<'p, Release>>,
    /// The slack of every release whose dates are known, by id.
    pub slack: Vec<ReleaseSlack<'p>>,
    /// When the last release is planned to be there.
    pub end: Instant,
}

/// How much later a release could be.
#[derive(Clone, Copy, Debug)]
pub struct ReleaseSlack<'p> {
    /// The release.
    pub release: Doc<'p, Release>,
    /// When it is planned to be there, at the latest.
    pub end: Instant,
    /// By how many seconds it could move without moving another release of the train, or the train's end. Negative
    /// where one that needs it is planned too early.
    pub seconds: i64,
}

/// A need between two releases of one train, and how many seconds it leaves between them.
struct Tie {
    earlier: DocId,
    later: DocId,
    gap: i64,
}

impl<'p> Schedule<'p> {
    /// Returns the critical path of the train `train`; none while no release of it has a date.
    ///
    /// Each need ties two releases as planned; the slack of a release is the least that the ties after it leave, and
    /// the path leads back from the release that ends last over the tightest ties.
    pub fn train_path(&self, train: DocId) -> Option<TrainPath<'p>> {
        let releases = self.releases_of(train).iter().copied();
        let dated = releases.filter_map(|release| Some((release, self.release_dates(release.id)?)));
        let dated: Vec<(Doc<'p, Release>, ReleaseDates<'p>)> = dated.collect();
        let dates: FxHashMap<DocId, &ReleaseDates<'p>> = dated
            .iter()
            .map(|(release, dates)| (release.id, dates))
            .collect();
        let needs = dated
            .iter()
            .flat_map(|(release, _)| self.needs_of(release.id));
        let ties: Vec<Tie> = needs.filter_map(|need| self.tie(need, &dates)).collect();
        let end_of = |dates: &ReleaseDates<'p>| dates.reach.end.latest;
        let end = dated.iter().map(|(_, dates)| end_of(dates)).max()?;
        let slack = slack(&dated, &ties, end);
        let last = dated
            .iter()
            .rev()
            .max_by_key(|(_, dates)| end_of(dates))
            .map(|(release, _)| *release)?;
        let seconds =
            |release: &Doc<'p, Release>| slack.get(&release.id).copied().unwrap_or_default();
        Some(TrainPath {
            path: self.way_to(last, &ties),
            slack: dated
                .iter()
                .map(|(release, dates)| ReleaseSlack {
                    release: *release,
                    end: end_of(dates),
                    seconds: seconds(release),
                })
                .collect(),
            end,
        })
    }

    /// Returns how `need` ties two releases of which `dates` are known.
    fn tie(
        &self,
        need: &Dependency<'p>,
        dates: &FxHashMap<DocId, &ReleaseDates<'p>>,
    ) -> Option<Tie> {
        let Needed::Release(needed) = need.needed else {
            return None;
        };
        let is_dated = dates.contains_key(&need.release.id) && dates.contains_key(&needed.id);
        let gap = self.lead(need).filter(|_| is_dated)?;
        Some(Tie {
            earlier: needed.id,
            later: need.release.id,
            gap,
        })
    }

    /// Returns the chain of releases that leads to `last`, each tied to the next as tightly as any.
    fn way_to(&self, last: Doc<'p, Release>, ties: &[Tie]) -> Vec<Doc<'p, Release>> {
        let mut path = vec![last];
        while let Some(&first) = path.last() {
            let before = ties
                .iter()
                .filter(|tie| tie.later == first.id && !path.iter().any(|of| of.id == tie.earlier));
            let Some(tightest) = before.min_by_key(|tie| (tie.gap, tie.earlier)) else {
                break;
            };
            let Some(release) = self.plan.get(tightest.earlier) else {
                break;
            };
            path.push(release);
        }
        path.reverse();
        path
    }
}

/// Returns the slack of each release, in seconds: the ties after it, and the end of the train where there are none.
fn slack(
    dated: &[(Doc<'_, Release>, ReleaseDates<'_>)],
    ties: &[Tie],
    end: Instant,
) -> FxHashMap<DocId, i64> {
    let own = |dates: &ReleaseDates<'_>| end.duration_since(dates.reach.end.latest).as_secs();
    let mut slack: FxHashMap<DocId, i64> = dated
        .iter()
        .map(|(release, dates)| (release.id, own(dates)))
        .collect();
    // A chain has no more ties than there are releases; in a loop, which is reported as such, the rounds end as well.
    for _ in 0..dated.len() {
        let mut changed = false;
        for tie in ties {
            let after = slack
                .get(&tie.later)
                .copied()
                .unwrap_or_default()
                .saturating_add(tie.gap);
            if let Some(before) = slack
                .get_mut(&tie.earlier)
                .filter(|before| after < **before)
            {
                *before = after;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    slack
}
