//! `person/double-booked`: nobody has something to do by hand in two deployments at the same time.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::deployment::{Step, StepMode, StepStatus};
use crate::plan::{Doc, DocId, Kind, Plan};
use crate::rules::book::{Context, Rule};
use crate::text::Location;
use crate::time::InstantRange;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("double-booked.md"),
    check,
);

const NAME: &str = "person/double-booked";

/// A step that somebody does by hand.
struct Booking<'p> {
    turnover: Doc<'p, Turnover>,
    step: &'p str,
    /// Where the person is named.
    at: Location,
    /// When: the step's own time where all durations before it are known, else the whole deployment's.
    range: InstantRange,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let mut bookings: BTreeMap<DocId, Vec<Booking<'_>>> = BTreeMap::new();
    let to_come = context
        .on_the_way()
        .filter(|turnover| turnover.is_to_come());
    for turnover in to_come {
        for (person, booking) in booked(context, turnover) {
            bookings.entry(person).or_default().push(booking);
        }
    }
    for (person, mut booked) in bookings {
        booked.sort_by_key(|booking| (booking.range, booking.turnover.id));
        // Two deployments that clash once do so with every step: one word for each pair.
        let mut told = FxHashSet::default();
        for (index, one) in booked.iter().enumerate() {
            let later = booked[index + 1..]
                .iter()
                .take_while(|other| other.range.start < one.range.end);
            let elsewhere = later.filter(|other| other.turnover.id != one.turnover.id);
            for other in elsewhere.filter(|other| other.range.overlaps(one.range)) {
                let pair = (
                    one.turnover.id.min(other.turnover.id),
                    one.turnover.id.max(other.turnover.id),
                );
                if told.insert(pair) {
                    findings.push(clash(plan, person, one, other));
                }
            }
        }
    }
}

/// Returns the steps of `turnover` that are still to be done by hand, and by whom.
fn booked<'p>(context: &Context<'p>, turnover: Doc<'p, Turnover>) -> Vec<(DocId, Booking<'p>)> {
    let (plan, schedule) = (context.plan, context.schedule);
    let Some(sheet) = schedule.run_sheet(turnover) else {
        return Vec::new();
    };
    let (zone, calendar) = (schedule.zone(turnover.id), schedule.calendar(turnover.id));
    let mut booked = Vec::new();
    // From the first step on that does not say how long it takes, nobody knows when.
    let mut is_timed = true;
    for barrier in &sheet.barriers {
        for step in barrier
            .steps
            .iter()
            .filter(|step| is_to_do_by_hand(&step.value))
        {
            let owner = step.value.owner.as_ref();
            let person = owner.and_then(|owner| owner.target);
            let person = person.filter(|&id| plan.document(id).kind == Kind::Person);
            let Some((owner, person)) = owner.zip(person) else {
                continue;
            };
            let start = barrier.range.start;
            let duration = step.value.duration.as_ref().filter(|_| is_timed);
            let end = duration.and_then(|it| calendar.instant_after(start, it.value, zone));
            let range = end.map(|end| InstantRange::new(start, end));
            let booking = Booking {
                turnover,
                step: &step.id.value,
                at: plan.locate(turnover.id, owner.span),
                range: range.unwrap_or(sheet.deployment),
            };
            booked.push((person, booking));
        }
        is_timed &= barrier
            .steps
            .iter()
            .all(|step| step.value.duration.is_some());
    }
    booked
}

fn is_to_do_by_hand(step: &Step) -> bool {
    let by_hand = step
        .mode
        .as_ref()
        .is_none_or(|mode| mode.value == StepMode::Manual);
    by_hand
        && step
            .status
            .as_ref()
            .is_none_or(|status| status.value == StepStatus::Pending)
}

fn clash(plan: &Plan, person: DocId, one: &Booking<'_>, other: &Booking<'_>) -> Finding {
    let name = &plan.document(person).id;
    let (first, second) = (&one.turnover.document.id, &other.turnover.document.id);
    let message = format!(
        "{name} does step {} of turnover {second} while step {} of {first} is due",
        other.step, one.step
    );
    let finding =
        Finding::new(NAME, other.at, message).also(one.at, format!("step {} of {first}", one.step));
    finding.hint("let somebody else do one of them, or move one of the deployments")
}
