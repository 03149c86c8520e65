//! Trains and releases: stages, milestones, gates, reservations, early life support.

use super::{Dated, Entry, Teller, plain};
use crate::outputs::calendars::event::{Event, Status};
use crate::plan::kinds::milestone::Milestone;
use crate::plan::parts::lifecycle::Stage;
use crate::plan::{Course, DocId, Kind};

/// Returns what a train or a release has of its own.
pub(super) fn entries<'p>(teller: &Teller<'_, 'p>, course: Course<'p>) -> Vec<Entry<'p>> {
    let mut entries = stages(teller, course);
    entries.extend(gates(teller, course));
    entries.extend(reservations(teller, course));
    entries.extend(support(teller, course));
    entries
}

fn stages<'p>(teller: &Teller<'_, 'p>, course: Course<'p>) -> Vec<Entry<'p>> {
    let plan = teller.portal.plan;
    let planned = plan.planned_stages(&course);
    let entries = planned.into_iter().filter_map(|(name, period)| {
        let dated = Dated::period(teller.portal, course.id, Some(period))?;
        let summary = teller.owned(Some(course.id), &teller.word(&name.value));
        let part = format!("stage-{}", name.value);
        let event = teller.event((course.id, &part), summary, dated, "Stage");
        Some(filed(
            teller,
            course.id,
            with_standing(teller, course.id, event),
        ))
    });
    entries.collect()
}

/// Returns the gates that have a day.
fn gates<'p>(teller: &Teller<'_, 'p>, course: Course<'p>) -> Vec<Entry<'p>> {
    if course.gates.iter().all(|gate| gate.value.due.is_none()) {
        return Vec::new();
    }
    let results = teller.portal.progress.gates(course.id).iter();
    let entries = results.filter_map(|result| {
        let gate = &result.gate;
        let dated = Dated::date(teller.portal, course.id, gate.due())?;
        let name = gate.title().map_or_else(|| teller.word(gate.id), plain);
        let summary = teller.phrase("Gate {gate}", "gate", &name);
        let summary = teller.owned(Some(course.id), &summary);
        let part = format!("gate-{}", gate.id);
        let mut event = teller.event((course.id, &part), summary, dated, "Deadline");
        event.details.push(teller.word(result.state.word()));
        let event = with_standing(teller, course.id, event);
        Some(Entry::new(event, calendar_of(teller, course.id)))
    });
    entries.collect()
}

/// Returns the environments that are reserved. A reservation has no name: it is called after its environment, and after
/// how many of that environment stand above it.
fn reservations<'p>(teller: &Teller<'_, 'p>, course: Course<'p>) -> Vec<Entry<'p>> {
    let mut above: Vec<DocId> = Vec::new();
    let mut entries = Vec::new();
    for reservation in course.reservations {
        let Some(environment) = reservation.environment.as_ref().and_then(|of| of.target) else {
            continue;
        };
        let number = above.iter().filter(|of| **of == environment).count() + 1;
        above.push(environment);
        let planned = reservation.planned.as_ref();
        let Some(dated) = Dated::period(teller.portal, course.id, planned) else {
            continue;
        };
        let name = &teller.portal.plan.document(environment).id;
        let part = format!("reservation-{name}-{number}");
        let place = teller.title(environment).to_owned();
        let summary = teller.phrase("{place} reserved", "place", &place);
        let summary = teller.owned(Some(course.id), &summary);
        let mut event = teller.event((course.id, &part), summary, dated, "Reservation");
        event.place = Some(place);
        event
            .details
            .extend(reservation.purpose.as_ref().map(plain));
        let shared = if reservation.shared {
            "shared"
        } else {
            "exclusive"
        };
        event.details.push(teller.word(shared));
        let train = teller.portal.plan.document(course.id).belongs.train;
        let of = [Some(environment), Some(course.id), train];
        let event = with_standing(teller, course.id, event);
        entries.push(Entry::new(event, of.into_iter().flatten()));
    }
    entries
}

/// Returns the last day of early life support.
fn support<'p>(teller: &Teller<'_, 'p>, course: Course<'p>) -> Option<Entry<'p>> {
    let support = course.support?;
    let dated = Dated::date(
        teller.portal,
        course.id,
        support.ended.as_ref().or(support.until.as_ref()),
    )?;
    let locale = teller.portal.locale;
    let summary = teller.owned(Some(course.id), locale.word("Early life support ends"));
    let event = teller.event((course.id, "support"), summary, dated, "Deadline");
    let event = with_standing(teller, course.id, event);
    let mut of = calendar_of(teller, course.id);
    of.extend(teller.owners(support.owner.as_ref()));
    Some(Entry::new(event, of))
}

/// Returns a milestone. One that only leaves out what its release would inherit is none.
pub(super) fn milestone<'p>(
    teller: &Teller<'_, 'p>,
    id: DocId,
    milestone: &'p Milestone,
) -> Option<Entry<'p>> {
    if milestone.skip {
        return None;
    }
    let document = teller.portal.plan.document(id);
    let owner = document.belongs.release.or(document.belongs.train);
    let dated = Dated::date(teller.portal, id, milestone.due.as_ref())?;
    let summary = teller.owned(owner, &document.title);
    let mut event = teller.event((id, ""), summary, dated, "Milestone");
    let done = milestone.done.as_ref().and_then(|done| done.days());
    event
        .details
        .extend(done.map(|days| teller.phrase("Reached {when}", "when", &days.words())));
    event.details.extend(milestone.reason.as_ref().map(plain));
    let mut entry = match owner {
        Some(owner) => filed(teller, owner, with_standing(teller, owner, event)),
        None => Entry::new(event, []).everywhere(true),
    };
    entry
        .of
        .extend(teller.owners(document.common.owner.as_ref()));
    Some(Entry::new(entry.event, entry.of).everywhere(entry.everywhere))
}

/// Returns `event` of the train or release `id` for everybody whom it concerns: everybody at all, unless it is that of a
/// release that travels with a train.
fn filed<'p>(teller: &Teller<'_, 'p>, id: DocId, event: Event<'p>) -> Entry<'p> {
    let document = teller.portal.plan.document(id);
    let travels = document.kind == Kind::Release && document.belongs.train.is_some();
    Entry::new(event, calendar_of(teller, id)).everywhere(!travels)
}

/// Returns whose calendar has what a train or a release has of its own: the train's, or that of the release's
/// application.
fn calendar_of(teller: &Teller<'_, '_>, id: DocId) -> Vec<DocId> {
    let document = teller.portal.plan.document(id);
    match document.kind {
        Kind::Release => document.belongs.application.into_iter().collect(),
        _ => vec![id],
    }
}

/// Returns `event` of the train or release `id` as sure as that is: one that was given up is cancelled and says so.
pub(super) fn with_standing<'p>(
    teller: &Teller<'_, 'p>,
    id: DocId,
    mut event: Event<'p>,
) -> Event<'p> {
    let plan = teller.portal.plan;
    let Some(course) = plan.course(id) else {
        return event;
    };
    let locale = teller.portal.locale;
    if plan.is_abandoned(id) {
        event.status = Status::Cancelled;
        event.summary = teller.phrase("Abandoned: {what}", "what", &event.summary);
    } else if let Some(hold) = course.on_hold {
        event.status = event.status.max(Status::Tentative);
        let reason = hold.reason.as_ref().map(plain);
        let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
        event
            .details
            .push(format!("{}{reason}", locale.word("On hold")));
    } else if plan.stage_of(id).is_none() || plan.canonical_stage(id) == Some(Stage::Draft) {
        event.status = event.status.max(Status::Tentative);
        event.details.push(locale.word("Still a draft").to_owned());
    }
    event
}
