//! Burn-up: how many of the criteria before a deployment were met by which day, against how many there were.
//!
//! What counts today is dated: a criterion by its evidence or its waiver, else by the decision that relied on it, which is
//! the day by which it was met at the latest. What no day is known of is counted apart and stands on no day. The total
//! changes when a release joins the train with its first entry, and when it is given up.

use std::collections::BTreeMap;

use super::criteria::{CriterionResult, Standing};
use super::progress::Progress;
use super::results::GateResult;
use crate::plan::kinds::release::Release;
use crate::plan::value::When;
use crate::plan::{Course, DocId};
use crate::time::Day;

/// How many criteria there were by a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tallied {
    /// Of how many it is known that they were met, or waived, by then.
    pub met: usize,
    /// How many there were.
    pub of: usize,
}

/// The criteria of a train and its releases over time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BurnUp {
    /// The days on which a count changed, in order.
    pub days: Vec<(Day, Tallied)>,
    /// Where they stand today, those without a day as well.
    pub today: Tallied,
    /// How many are met, or waived, and no day is known of it.
    pub undated: usize,
}

/// What changes on one day.
#[derive(Clone, Copy, Default)]
struct Change {
    met: i64,
    of: i64,
}

impl<'p> Progress<'p> {
    /// Returns how the criteria before the deployment of the train `train` were met over time: its own, and those of its
    /// releases that `counts` says so of.
    pub fn burn_up(&self, train: DocId, counts: impl Fn(DocId) -> bool) -> BurnUp {
        let releases = self.plan.all::<Release>();
        let members = releases.filter(|of| of.document.belongs.train == Some(train));
        let members = members.map(|of| of.id).filter(|id| counts(*id));
        let mut changes: BTreeMap<Option<Day>, Change> = BTreeMap::new();
        let mut today = Tallied::default();
        let mut undated = 0;
        for id in std::iter::once(train).chain(members) {
            let Some(course) = self.plan.course(id) else {
                continue;
            };
            let joined = entered_first(&course);
            let gone = self.given_up(&course);
            for gate in self.gates_to_deployment(id) {
                for result in &gate.criteria {
                    let passes = result.standing.passes();
                    let met = passes.then(|| met_on(gate, result)).flatten();
                    changes.entry(joined).or_default().of += 1;
                    if let Some(met) = met {
                        let met = joined.map_or(met, |joined| met.max(joined));
                        changes.entry(Some(met)).or_default().met += 1;
                    }
                    if gone.is_some() || self.plan.is_abandoned(id) {
                        let change = changes.entry(gone.or(joined)).or_default();
                        change.of -= 1;
                        change.met -= i64::from(met.is_some());
                        continue;
                    }
                    today.of += 1;
                    today.met += usize::from(passes);
                    undated += usize::from(passes && met.is_none());
                }
            }
        }
        BurnUp {
            days: self.summed(changes),
            today,
            undated,
        }
    }

    /// Returns the counts after each of `changes` up to today. What has always been there counts from the first day on.
    fn summed(&self, changes: BTreeMap<Option<Day>, Change>) -> Vec<(Day, Tallied)> {
        let count = |sum: i64| usize::try_from(sum).unwrap_or(0);
        let mut sum = Change::default();
        let mut days: Vec<(Day, Tallied)> = Vec::new();
        for (day, change) in changes {
            sum.met += change.met;
            sum.of += change.of;
            let tallied = Tallied {
                met: count(sum.met),
                of: count(sum.of),
            };
            let is_new = days.last().is_none_or(|(_, last)| *last != tallied);
            if let Some(day) = day.filter(|day| *day <= self.day && is_new) {
                days.push((day, tallied));
            }
        }
        days
    }

    /// Returns the day on which `course` was given up, if it was and its history says when.
    fn given_up(&self, course: &Course<'p>) -> Option<Day> {
        let last = course.history.iter().last()?;
        let day = last.value.date.as_ref().and_then(When::days)?.first;
        self.plan.is_abandoned(course.id).then_some(day)
    }
}

/// Returns the first day of the history of `course`.
fn entered_first(course: &Course<'_>) -> Option<Day> {
    let dates = course.history.iter();
    let days = dates.filter_map(|entry| entry.value.date.as_ref()?.days());
    days.map(|days| days.first).min()
}

/// Returns the day by which a criterion of `gate` that passes did so: that of its evidence or of its waiver, else that of
/// the decision which relied on it. None where no day is written.
fn met_on(gate: &GateResult<'_>, result: &CriterionResult<'_>) -> Option<Day> {
    let own = result.criterion.own.map(|own| &own.value);
    let written = match result.standing {
        Standing::Waived => own.and_then(|own| own.waiver.as_ref()?.date.as_ref()),
        _ => own.and_then(|own| own.evidence.as_ref()?.date.as_ref()),
    };
    let written = written.and_then(When::days).map(|days| days.last);
    // Where nobody has to approve and nobody has moved on, the decision is only the one that would be made today.
    let is_made = gate.crossed.is_some() || !gate.signoffs.is_empty();
    let decided = gate.decided.filter(|_| is_made);
    written.or(decided.map(|days| days.first))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::lifecycle::GateStanding;
    use crate::load::load;
    use crate::plan::Kind;
    use crate::world::Memory;

    const PLAN: &str = "
-- trains/q4/index.md --
---
history: [{stage: scoping, date: 2026-10-01}, {stage: construction, date: 2026-11-03}]
gates:
  scoping: {criteria: [{id: agreed, status: met}]}
  construction:
    due: 2026-11-20
    criteria:
      - {id: tested, status: met, evidence: {url: \"https://ci.example/1\", date: 2026-11-10}}
      - {id: small, status: not-met, waiver: {by: ana, reason: R, date: 2026-11-12, expires: 2027-01-31}}
      - {id: told, status: met}
      - {id: open}
  deployment: {criteria: [{id: quiet, status: met}]}
---
-- trains/q4/releases/pay-4.2.md --
---
history: [{stage: scoping, date: 2026-10-20}]
gates: {construction: {criteria: [{id: built, status: not-met}]}}
---
-- trains/q4/releases/late-1.0.md --
---
history: [{stage: scoping, date: 2026-10-20}, {stage: abandoned, date: 2026-11-05}]
gates: {construction: {criteria: [{id: built}]}}
---
";

    #[test]
    fn criteria_are_met_by_a_day_and_counted_apart_without_one() {
        let plan = load(&Memory::of_txtar(PLAN)).plan;
        let progress = Progress::new(&plan, Day::parse("2026-11-21").unwrap());
        let train = plan.find(Kind::Train, "q4").unwrap();
        let burn_up = progress.burn_up(train, |_| true);
        let line = |(day, tallied): &(Day, Tallied)| {
            format!("{} {} of {}", day.0, tallied.met, tallied.of)
        };
        let days: Vec<_> = burn_up.days.iter().map(line).collect();
        assert_eq!(
            days,
            [
                "2026-10-01 0 of 5",
                "2026-10-20 0 of 7",
                // The move relied on what was agreed; a release was given up two days later.
                "2026-11-03 1 of 7",
                "2026-11-05 1 of 6",
                "2026-11-10 2 of 6",
                "2026-11-12 3 of 6",
            ]
        );
        // What is told has no day; the deployment's own gate is passed after it.
        assert_eq!(burn_up.today, Tallied { met: 4, of: 6 });
        assert_eq!(burn_up.undated, 1);
        let only = progress.burn_up(train, |_| false);
        assert_eq!(only.today, Tallied { met: 4, of: 5 });
    }

    #[test]
    fn the_worst_gate_stands_for_all() {
        let plan = load(&Memory::of_txtar(PLAN)).plan;
        let progress = Progress::new(&plan, Day::parse("2026-11-21").unwrap());
        let standing = |kind, id: &str| {
            let id = plan.find(kind, id).unwrap();
            let gates = progress.gates(id).iter();
            let all: Vec<_> = gates.map(|gate| progress.standing(gate).word()).collect();
            let worst = progress.worst(progress.gates(id)).unwrap();
            (all.join(" "), worst.0.gate.id, worst.1)
        };
        assert_eq!(
            standing(Kind::Train, "q4"),
            (
                "passed overdue not-passed".to_owned(),
                "construction",
                GateStanding::Overdue
            )
        );
        assert_eq!(
            standing(Kind::Release, "pay-4.2"),
            ("blocked".to_owned(), "construction", GateStanding::Blocked)
        );
        // Nobody has to act for what was given up.
        assert_eq!(
            standing(Kind::Release, "late-1.0"),
            (
                "not-passed".to_owned(),
                "construction",
                GateStanding::NotPassed
            )
        );
    }
}
