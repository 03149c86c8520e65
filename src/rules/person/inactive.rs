//! `person/inactive`: nobody acts, or is to act, after the last role was given up.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::person::Person;
use crate::plan::value::{Reference, When};
use crate::plan::{Act, Doc, DocId, Duty, Plan};
use crate::rules::book::{Context, Rule};
use crate::time::{Day, DayRange};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("inactive.md"), check);

const NAME: &str = "person/inactive";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let ended = |person: &Doc<'_, Person>| last_end(person).is_some();
    if !plan.all::<Person>().any(|person| ended(&person)) {
        return;
    }
    for (id, _) in plan.documents() {
        let acts = plan.acts(id);
        let untold = acts
            .iter()
            .filter(|act| !super::is_told_of_role(context, id, act));
        findings.extend(untold.filter_map(|act| acted(plan, id, act)));
        // Somebody who has left leaves many things behind: one word for each document.
        let mut told = FxHashSet::default();
        let left = plan
            .duties(id)
            .into_iter()
            .filter_map(|duty| left_behind(context, id, &duty).zip(duty.owner.target));
        findings.extend(left.filter_map(|(finding, owner)| told.insert(owner).then_some(finding)));
    }
}

/// Returns that somebody acted after the last role had ended.
fn acted(plan: &Plan, id: DocId, act: &Act<'_>) -> Option<Finding> {
    let (person, last) = gone(plan, act.by, act.days?)?;
    let name = &person.document.id;
    let when = act.days.map(DayRange::words).unwrap_or_default();
    let message = format!(
        "{name} {} {when}, and held no role after {}",
        act.deed.phrase(),
        last.1.words()
    );
    let finding = Finding::new(NAME, plan.locate(id, act.by.span), message);
    let finding = finding.also(plan.locate(person.id, last.0.span), "the last role ended");
    Some(finding.hint("correct the date or the name, or write down the role that was held"))
}

/// Returns that something is still in the hands of somebody whose last role has ended.
fn left_behind(context: &Context<'_>, id: DocId, duty: &Duty<'_>) -> Option<Finding> {
    let plan = context.plan;
    let (person, last) = gone(plan, duty.owner, DayRange::day(context.as_of))?;
    let name = &person.document.id;
    let message = format!(
        "{} {} is in the hands of {name}, who held no role after {}",
        duty.what,
        duty.name,
        last.1.words()
    );
    let finding = Finding::new(NAME, plan.locate(id, duty.owner.span), message);
    let finding = finding.also(plan.locate(person.id, last.0.span), "the last role ended");
    Some(finding.hint("name who has taken it over"))
}

/// Returns the person whom `reference` means, and the end of the last role, when that was certainly before `days`.
fn gone<'p>(
    plan: &'p Plan,
    reference: &Reference,
    days: DayRange,
) -> Option<(Doc<'p, Person>, (&'p When, Day))> {
    let person: Doc<'_, Person> = plan.get(reference.target?)?;
    let last = last_end(&person)?;
    DayRange::day(last.1)
        .certainly_before(days)
        .then_some((person, last))
}

/// Returns the last day of the last role, and where that is written; none for somebody who has no role, or one that
/// goes on.
fn last_end<'p>(person: &Doc<'p, Person>) -> Option<(&'p When, Day)> {
    let mut last: Option<(&When, Day)> = None;
    for role in &person.fields.roles {
        let to = role.to.as_ref()?;
        let day = to.days()?.last;
        last = last.filter(|(_, known)| *known >= day).or(Some((to, day)));
    }
    last
}
