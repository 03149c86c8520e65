//! `milestone/out-of-order`: milestones come in the order of the gates and freezes that they belong to.

use std::collections::BTreeSet;

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::milestone::{Milestone, MilestoneCategory};
use crate::plan::kinds::release::Release;
use crate::plan::value::When;
use crate::plan::{Doc, DocId, Kind, Plan};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("out-of-order.md"),
    check,
);

const NAME: &str = "milestone/out-of-order";

/// Two milestones, of which the first has to come first and does not.
type Reversed<'p> = (Dated<'p>, Dated<'p>);

/// A milestone and its day.
type Dated<'p> = (Doc<'p, Milestone>, &'p When);

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let report = |pair: Reversed<'_>| report(plan, pair);
    for (train, _) in plan
        .of_kind(Kind::Train)
        .filter(|(id, _)| plan.is_open(*id))
    {
        findings.extend(
            reversed(plan, train, plan.own_milestones(train))
                .into_iter()
                .map(report),
        );
    }
    for release in releases(plan) {
        let milestones = plan
            .release_milestones(release)
            .into_iter()
            .map(|entry| entry.milestone)
            .collect();
        // Where both are the train's, the train is at fault.
        let is_own = |milestone: &Dated<'_>| milestone.0.document.belongs.release.is_some();
        let found = reversed(plan, release.id, milestones).into_iter();
        findings.extend(
            found
                .filter(|(one, other)| is_own(one) || is_own(other))
                .map(report),
        );
    }
}

/// Returns the releases that are on their way and have milestones of their own.
fn releases(plan: &Plan) -> impl Iterator<Item = Doc<'_, Release>> {
    let milestones = plan.of_kind(Kind::Milestone);
    let owners: BTreeSet<_> = milestones
        .filter_map(|(_, milestone)| milestone.belongs.release)
        .collect();
    owners
        .into_iter()
        .filter(|&id| plan.is_open(id))
        .filter_map(|id| plan.get(id))
}

/// Returns which of the milestones of the train or release `id` are in the wrong order.
fn reversed<'p>(
    plan: &'p Plan,
    id: DocId,
    milestones: Vec<Doc<'p, Milestone>>,
) -> Vec<Reversed<'p>> {
    let kept = milestones.into_iter().filter(|milestone| !milestone.skip);
    let dated: Vec<Dated<'_>> = kept
        .filter_map(|milestone| Some((milestone, milestone.fields.due.as_ref()?)))
        .collect();
    let mut found = by_gate(plan, id, &dated);
    found.extend(by_freeze(&dated));
    found
}

/// Compares milestones of earlier gates with those of later ones. Each is the earlier of at most one pair, so that one
/// that is far too late is one fault and not as many as there are gates behind it.
fn by_gate<'p>(plan: &Plan, id: DocId, dated: &[Dated<'p>]) -> Vec<Reversed<'p>> {
    let stages = plan.stages_of(id);
    let position = |milestone: &Dated<'_>| stages.gate_position(milestone.0.gate.as_ref()?);
    let gated = dated
        .iter()
        .filter_map(|milestone| Some((position(milestone)?, *milestone)));
    let mut gated: Vec<_> = gated.collect();
    gated.sort_by_key(|(position, milestone)| (*position, milestone.0.id));
    let later_ones = |position| {
        gated
            .iter()
            .filter(move |(of, _)| *of > position)
            .map(|(_, later)| *later)
    };
    let mut found: Vec<Reversed<'p>> = Vec::new();
    for (position, earlier) in &gated {
        let wrong = later_ones(*position)
            .find(|later| later.1.resolved.certainly_before(&earlier.1.resolved));
        // One that is far too early is one fault as well.
        let told = |later: &Dated<'_>| found.iter().any(|(_, other)| other.0.id == later.0.id);
        if let Some(later) = wrong.filter(|later| !told(later)) {
            found.push((*earlier, later));
        }
    }
    found
}

/// Compares the starts of freezes with their thaws, the first with the first, when there are as many of both.
fn by_freeze<'p>(dated: &[Dated<'p>]) -> Vec<Reversed<'p>> {
    let of = |wanted: MilestoneCategory| -> Vec<Dated<'p>> {
        let fits = |(milestone, _): &&Dated<'p>| {
            milestone
                .category
                .as_ref()
                .is_some_and(|of| of.value == wanted)
        };
        dated.iter().filter(fits).copied().collect()
    };
    let (starts, thaws) = (
        of(MilestoneCategory::FreezeStart),
        of(MilestoneCategory::Thaw),
    );
    if starts.len() != thaws.len() {
        return Vec::new();
    }
    let pairs = starts.into_iter().zip(thaws);
    pairs
        .filter(|(start, thaw)| thaw.1.resolved.certainly_before(&start.1.resolved))
        .collect()
}

fn report(plan: &Plan, ((earlier, earlier_due), (later, later_due)): Reversed<'_>) -> Finding {
    let (name, other) = (later.document.short_id(), earlier.document.short_id());
    let (when, than) = (later_due.resolved.words(), earlier_due.resolved.words());
    let why = match (&earlier.fields.gate, &later.fields.gate) {
        (Some(gate), Some(of)) if gate.value != of.value => {
            format!("gate {} comes before gate {}", &**gate, &**of)
        }
        _ => "the freeze has to start first".to_owned(),
    };
    let message = format!("milestone {name} is due {when}, before milestone {other} {than}");
    let finding = Finding::new(NAME, plan.locate(later.id, later_due.span), message);
    let finding = finding.also(plan.locate(earlier.id, earlier_due.span), why);
    finding.hint("correct one of the two days")
}
