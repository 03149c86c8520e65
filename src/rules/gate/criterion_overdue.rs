//! `gate/criterion-overdue`: a criterion is met by the day on which it is due.

use super::stated::{courses, of_course};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{Due, DueKind};
use crate::plan::Course;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("criterion-overdue.md"),
    check,
);

const NAME: &str = "gate/criterion-overdue";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for course in courses(context.plan).filter(|course| !course.gates.is_empty()) {
        let late = context.progress.late_in(course.id);
        let late = late.iter().filter(|due| due.kind == DueKind::Criterion);
        for due in late {
            if let Some(gate) = due
                .gate
                .filter(|gate| !is_told(context, course, gate, due.id))
            {
                findings.push(overdue(&course, gate, due));
            }
        }
    }
}

/// Returns whether another rule tells why the criterion does not hold: what is wrong with its evidence or its waiver, or
/// that the gate was gone through nevertheless.
fn is_told(context: &Context<'_>, course: Course<'_>, gate: &str, id: &str) -> bool {
    let result = context.progress.gate(course.id, gate);
    if result.is_some_and(|result| result.crossed.is_some()) {
        return true;
    }
    let stated = of_course(context, course);
    let of_it = stated
        .iter()
        .find(|it| it.gate == gate && &*it.own.id.value == id);
    of_it.is_some_and(|it| it.has_incomplete_waiver() || !it.evidence_faults().is_empty())
}

fn overdue(course: &Course<'_>, gate: &str, due: &Due<'_>) -> Finding {
    let own = course.gates.get(gate);
    let own = own.and_then(|gate| gate.value.criteria.get(due.id));
    let has_day = own.is_some_and(|own| own.value.due.is_some());
    let place = own.filter(|_| !has_day).map_or(due.span, |own| own.id.span);
    let message = format!(
        "criterion {} of gate {gate} was due on {} and is not met",
        due.id,
        due.due.words()
    );
    let finding = Finding::new(NAME, course.locate(place), message);
    let finding = match place == due.span {
        true => finding,
        false => finding.also(course.locate(due.span), "the gate is due on this day"),
    };
    finding.hint("write `status: met` with its evidence, or a new day under `due:`")
}
