//! `gate/criterion-overdue`: a criterion is met by the day on which it is due.

use super::stated::{misspelt, of_course, open_courses};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{Due, DueKind, EvidenceFault, Standing};
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
    for course in open_courses(context.plan).filter(|course| !course.gates.is_empty()) {
        let late = context.progress.late_in(course.id);
        let late = late.iter().filter(|due| due.kind == DueKind::Criterion);
        for due in late {
            if let Some(gate) = due
                .gate
                .filter(|gate| !is_told(context, course, gate, due.id))
            {
                findings.push(overdue(context, &course, gate, due));
            }
        }
    }
}

/// Returns whether another rule tells why the criterion does not hold: what is wrong with its evidence or its waiver, that
/// its name is misspelt, or that the gate was gone through nevertheless.
fn is_told(context: &Context<'_>, course: Course<'_>, gate: &str, id: &str) -> bool {
    let Some(result) = context.progress.gate(course.id, gate) else {
        return false;
    };
    let is_misspelt = || misspelt(&result.gate).iter().any(|(_, it)| it.id == id);
    if result.crossed.is_some() || is_misspelt() {
        return true;
    }
    let stated = of_course(context, course);
    let of_it = stated
        .iter()
        .find(|it| it.gate.gate.id == gate && &*it.own.id.value == id);
    of_it.is_some_and(|it| {
        let has_faults = it.evidence_faults().next().is_some();
        it.has_incomplete_waiver() || it.waived_until().is_some() || has_faults
    })
}

fn overdue(context: &Context<'_>, course: &Course<'_>, gate: &str, due: &Due<'_>) -> Finding {
    let own = course.gates.get(gate);
    let own = own.and_then(|gate| gate.value.criteria.get(due.id));
    let has_day = own.is_some_and(|own| own.value.due.is_some());
    let place = own.filter(|_| !has_day).map_or(due.span, |own| own.id.span);
    let message = format!(
        "criterion {} of gate {gate} was due on {} and {}",
        due.id,
        due.due.words(),
        standing(context, course, gate, due.id)
    );
    let finding = Finding::new(NAME, course.locate(place), message);
    let finding = match place == due.span {
        true => finding,
        false => finding.also(course.locate(due.span), "the gate is due on this day"),
    };
    finding.hint("write `status: met` with its evidence, or a new day under `due:`")
}

/// Returns where the criterion stands, in words.
fn standing(context: &Context<'_>, course: &Course<'_>, gate: &str, id: &str) -> String {
    let result = context.progress.gate(course.id, gate);
    let criteria = result.map_or(&[][..], |result| &result.criteria);
    let Some(result) = criteria.iter().find(|result| result.criterion.id == id) else {
        return "is not met".to_owned();
    };
    match (result.evidence.first(), result.standing) {
        (Some(EvidenceFault::Expired(end, _)), _) => {
            let end = end.words();
            format!("is not met: its evidence counted until {end}")
        }
        (Some(fault), _) => format!("is not met: {fault}"),
        (None, Standing::NotRun) => "is not run".to_owned(),
        (None, _) => "is not met".to_owned(),
    }
}
