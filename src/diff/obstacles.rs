//! What deployments run into and what releases lack, in two plans.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::comparison::{Entry, Fact, NeedFault, Obstruction, Subject, Turn};
use super::pairs::Pairs;
use super::plans::Side;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::{Doc, DocId, Kind};
use crate::schedule::{Broken, Clash, Conflict, Dependency, Needed, is_to_come};

/// One of the two plans, by name.
#[derive(Clone, Copy)]
enum Which {
    Old,
    New,
}

/// Returns what deployments run into now and did not before, what releases lack, and the other way round.
/// Documents of which `changed` tells that something changed in them are why.
pub(super) fn entries(
    old: &Side<'_>,
    new: &Side<'_>,
    pairs: &Pairs<'_>,
    changed: &BTreeSet<Subject>,
) -> Vec<Entry> {
    let told = Told {
        old,
        new,
        pairs,
        changed,
    };
    let mut entries = told.conflicts();
    entries.extend(told.needs());
    entries.extend(told.clashes());
    entries.extend(told.paths());
    entries
}

struct Told<'c> {
    old: &'c Side<'c>,
    new: &'c Side<'c>,
    pairs: &'c Pairs<'c>,
    changed: &'c BTreeSet<Subject>,
}

impl<'c> Told<'c> {
    fn subject(&self, which: Which, id: DocId) -> Subject {
        match which {
            Which::Old => self.pairs.old_subject(id),
            Which::New => self.pairs.subject(id),
        }
    }

    fn conflicts(&self) -> Vec<Entry> {
        let turnovers: Vec<_> = self.new.plan.all::<Turnover>().collect();
        let told = turnovers
            .par_iter()
            .map(|turnover| self.conflicts_of(*turnover));
        told.collect::<Vec<_>>().concat()
    }

    fn conflicts_of(&self, turnover: Doc<'c, Turnover>) -> Vec<Entry> {
        if !is_to_come(turnover.fields) {
            return Vec::new();
        }
        let known = self.pairs.before(turnover.id);
        let known = known.and_then(|id| self.old.plan.get::<Turnover>(id));
        let known = known.filter(|known| is_to_come(known.fields));
        let before = known.map_or_else(BTreeSet::new, |known| self.obstructions(Which::Old, known));
        let after = self.obstructions(Which::New, turnover);
        let came = after.difference(&before).map(|with| (with, Turn::Came));
        let went = before.difference(&after).map(|with| (with, Turn::Went));
        let entry = |(with, turn): (&Obstruction, Turn)| Entry {
            of: self.pairs.subject(turnover.id),
            fact: Fact::Conflict {
                with: with.clone(),
                turn,
            },
        };
        came.chain(went).map(entry).collect()
    }

    /// Returns what `turnover` runs into.
    fn obstructions(&self, which: Which, turnover: Doc<'c, Turnover>) -> BTreeSet<Obstruction> {
        let schedule = match which {
            Which::Old => self.old.schedule,
            Which::New => self.new.schedule,
        };
        let conflicts = schedule.conflicts(turnover).into_iter();
        let obstruction = |conflict| match conflict {
            Conflict::Freeze(conflict) => Obstruction::Freeze {
                freeze: self.subject(which, conflict.freeze.id),
                severity: conflict.severity,
            },
            Conflict::Window => Obstruction::Window,
            Conflict::Reserved(booking) => Obstruction::Reserved {
                holder: self.subject(which, booking.holder),
            },
        };
        conflicts.map(obstruction).collect()
    }

    fn needs(&self) -> Vec<Entry> {
        let releases: Vec<_> = self.new.plan.all::<Release>().collect();
        let told = releases.par_iter().map(|release| self.needs_of(release.id));
        told.collect::<Vec<_>>().concat()
    }

    fn needs_of(&self, release: DocId) -> Vec<Entry> {
        let after = self.faults(Which::New, release);
        let known = self.pairs.before(release);
        let before = known.map_or_else(BTreeMap::new, |known| self.faults(Which::Old, known));
        let mut entries = Vec::new();
        for (needed, fault) in &after {
            let was = before.get(needed).copied().flatten();
            let turn = match (was, fault) {
                (None, Some(_)) => Turn::Came,
                (Some(_), None) => Turn::Went,
                _ => continue,
            };
            if let Some(reason) = fault.or(was) {
                entries.push(Entry {
                    of: self.pairs.subject(release),
                    fact: Fact::Need {
                        needed: needed.clone(),
                        turn,
                        reason,
                    },
                });
            }
        }
        entries
    }

    /// Returns why each need of `release` is not met; none for those that are.
    fn faults(&self, which: Which, release: DocId) -> BTreeMap<String, Option<NeedFault>> {
        let side = match which {
            Which::Old => self.old,
            Which::New => self.new,
        };
        let needs = side.schedule.needs_of(release).iter();
        needs
            .map(|need| (self.needed(which, need), fault(side, need)))
            .collect()
    }

    /// Returns what `need` asks for, as a sentence names it.
    fn needed(&self, which: Which, need: &Dependency<'_>) -> String {
        let named = need.needed.document().map(|id| {
            let subject = self.subject(which, id);
            format!("{} {}", subject.kind.map_or("", Kind::word), subject.id)
        });
        match (&need.needed, named) {
            (Needed::Version { constraint, .. }, Some(name)) => {
                let written = constraint.map(|constraint| format!(" {constraint}"));
                name + &written.unwrap_or_default()
            }
            (_, Some(name)) => name,
            (Needed::External(what), None) => (*what).to_owned(),
            (_, None) => String::new(),
        }
    }

    fn clashes(&self) -> Vec<Entry> {
        let key = |which: Which, clash: &Clash<'_>| {
            let subject = |id| self.subject(which, id);
            let mut holders = [clash.first.holder, clash.second.holder].map(subject);
            // It is told of the one that changed, else of the first.
            holders.sort_by_key(|of| (!self.changed.contains(of), of.clone()));
            (subject(clash.environment.id), holders)
        };
        let of = |which: Which, side: &Side<'_>| -> BTreeSet<_> {
            let clashes = side.schedule.clashes();
            clashes.iter().map(|clash| key(which, clash)).collect()
        };
        let (before, after) = (of(Which::Old, self.old), of(Which::New, self.new));
        let came = after.difference(&before).map(|clash| (clash, Turn::Came));
        let went = before.difference(&after).map(|clash| (clash, Turn::Went));
        came.chain(went)
            .map(|((environment, [one, other]), turn)| Entry {
                of: one.clone(),
                fact: Fact::Clash {
                    environment: environment.clone(),
                    with: other.clone(),
                    turn,
                },
            })
            .collect()
    }

    fn paths(&self) -> Vec<Entry> {
        let trains = self.new.plan.of_kind(Kind::Train).map(|(id, _)| id);
        let trains: Vec<DocId> = trains.filter(|id| self.new.plan.is_open(*id)).collect();
        let told = trains.par_iter().filter_map(|&train| {
            let known = self.pairs.before(train)?;
            let path = |which: Which, side: &Side<'_>, id| -> Option<Vec<String>> {
                let path = side.schedule.train_path(id)?.path;
                let ids = path.iter().map(|of| self.subject(which, of.id).id);
                Some(ids.collect())
            };
            let before = path(Which::Old, self.old, known)?;
            let after = path(Which::New, self.new, train)?;
            // One release alone is on no path.
            let is_other = before != after && before.len().max(after.len()) > 1;
            is_other.then(|| Entry {
                of: self.pairs.subject(train),
                fact: Fact::Path { before, after },
            })
        });
        told.collect()
    }
}

/// Returns why `need` is not met; none when it is, or may be.
fn fault(side: &Side<'_>, need: &Dependency<'_>) -> Option<NeedFault> {
    let broken = side.schedule.broken(need, side.progress.day());
    let broken = broken.map(|broken| match broken {
        Broken::Itself => NeedFault::Itself,
        Broken::Abandoned => NeedFault::Abandoned,
        Broken::Failed(_) => NeedFault::Failed,
        Broken::Overdue(_) => NeedFault::Overdue,
    });
    let late = || side.schedule.lateness(need).map(|_| NeedFault::Late);
    let version = || {
        let answers = side.schedule.version_answers(need);
        let fails = answers.iter().any(|answer| answer.satisfied == Some(false));
        fails.then_some(NeedFault::Version)
    };
    broken.or_else(late).or_else(version)
}
