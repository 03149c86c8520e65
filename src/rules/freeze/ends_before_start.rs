//! `freeze/ends-before-start`: a freeze, and its repetition, end after they begin.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Doc;
use crate::plan::kinds::freeze::Freeze;
use crate::rules::book::{Context, Rule};
use crate::time::{Date, Day, Limit, Until};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("ends-before-start.md"),
    check,
);

const NAME: &str = "freeze/ends-before-start";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for freeze in context.plan.all::<Freeze>() {
        findings.extend(reversed(context, freeze).or_else(|| repeats_before(context, freeze)));
    }
}

/// Returns a finding where only the zone tells that the end is not after the start: one of them has an offset.
fn reversed(context: &Context<'_>, freeze: Doc<'_, Freeze>) -> Option<Finding> {
    let planned = freeze.fields.planned.as_ref()?;
    let (Date::Moment(start), Until::Date(Date::Moment(end))) =
        (planned.resolved.from(), planned.resolved.until())
    else {
        return None;
    };
    let zone = context.schedule.zone(freeze.id);
    if start.at(zone) < end.at(zone) {
        return None;
    }
    let message = format!(
        "in {}, freeze {} ends before it begins",
        zone.name(),
        freeze.document.id
    );
    let at = context.plan.locate(freeze.id, planned.to);
    Some(Finding::new(NAME, at, message).hint("write both ends in one zone"))
}

/// Returns a finding where the repetition is over before the freeze holds for the first time.
fn repeats_before(context: &Context<'_>, freeze: Doc<'_, Freeze>) -> Option<Finding> {
    let repeats = freeze.fields.repeats.as_ref()?;
    let last = match repeats.value.limit() {
        Limit::Day(day) => day,
        Limit::Wall(wall) => Day(wall.date()),
        _ => return None,
    };
    let planned = freeze.fields.planned.as_ref()?;
    let first = planned.days()?.first;
    if last >= first {
        return None;
    }
    let message = format!(
        "freeze {} repeats until {}, and begins only on {}",
        freeze.document.id,
        last.words(),
        first.words()
    );
    let finding = Finding::new(NAME, context.plan.locate(freeze.id, repeats.span), message);
    let finding = finding.also(
        context.plan.locate(freeze.id, planned.from),
        "the first time",
    );
    Some(finding.hint("let `UNTIL` come after the first time, or leave `repeats` out"))
}
