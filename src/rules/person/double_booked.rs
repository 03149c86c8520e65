//! `person/double-booked`: nobody has something to do by hand in two deployments at the same time.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::deployment::{Step, StepMode, StepStatus};
use crate::plan::value::Item;
use crate::plan::{Doc, DocId, Kind, Plan};
use crate::rules::book::{Context, Rule};
use crate::text::Location;
use crate::time::{Instant, InstantRange, Zone};

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
    for turnover in plan.all::<Turnover>() {
        for (person, booking) in booked(plan, turnover) {
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
fn booked<'p>(plan: &'p Plan, turnover: Doc<'p, Turnover>) -> Vec<(DocId, Booking<'p>)> {
    let belongs = turnover.document.belongs;
    let ended = [belongs.release, belongs.train]
        .into_iter()
        .flatten()
        .any(|owner| !plan.is_open(owner));
    if ended || !turnover.is_to_come() {
        return Vec::new();
    }
    let utc = Zone::utc();
    let zone = plan.zone_of(turnover.id).unwrap_or(&utc);
    let planned = turnover.fields.planned.as_ref();
    let planned = planned.and_then(|planned| {
        planned
            .resolved
            .instants(zone, &plan.business_days(turnover.id))
    });
    let Some(planned) = planned else {
        return Vec::new();
    };
    let manual = turnover
        .fields
        .tasks
        .iter()
        .filter(|step| is_to_do_by_hand(step));
    let booking = |step: &'p Item<Step>| {
        let owner = step.value.owner.as_ref()?;
        let person = owner
            .target
            .filter(|&id| plan.document(id).kind == Kind::Person)?;
        let range = time_of(&turnover, step, planned.start).unwrap_or(planned);
        Some((
            person,
            Booking {
                turnover,
                step: &step.id.value,
                at: plan.locate(turnover.id, owner.span),
                range,
            },
        ))
    };
    manual.filter_map(booking).collect()
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

/// Returns when `step` is done in a deployment that begins at `start`: after the longest step of each `seq` before its
/// own. None when a duration on the way is not known.
fn time_of(turnover: &Turnover, step: &Step, start: Instant) -> Option<InstantRange> {
    let seq = step.seq.as_ref()?.value;
    let mut longest: BTreeMap<u32, i64> = BTreeMap::new();
    for other in &turnover.tasks {
        let of = other.seq.as_ref()?.value;
        if of < seq {
            let seconds = other.duration.as_ref()?.value.exact_seconds()?;
            let known = longest.entry(of).or_default();
            *known = seconds.max(*known);
        }
    }
    let after = |instant: Instant, seconds| {
        instant
            .checked_add(jiff::SignedDuration::from_secs(seconds))
            .ok()
    };
    let begins = after(start, longest.values().sum())?;
    Some(InstantRange::new(
        begins,
        after(begins, step.duration.as_ref()?.value.exact_seconds()?)?,
    ))
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
