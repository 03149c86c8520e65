//! What people have to do: everything that is still open and has a day, for the calendars of those who do it.

use super::{Dated, Entry, Teller};
use crate::lifecycle::{Due, DueKind, holders};
use crate::plan::DocId;
use crate::plan::kinds::review::Review;

/// How far ahead duties are looked for, in days: ten years.
const AHEAD: u32 = 3653;

/// Returns what is to be done, by whom it is. Milestones stand in the calendars of their owners already.
pub(super) fn entries<'p>(teller: &Teller<'_, 'p>) -> Vec<Entry<'p>> {
    let due = teller.portal.progress.due(AHEAD).into_iter();
    let due = due
        .filter(|due| due.kind != DueKind::Milestone && teller.portal.path(due.document).is_some());
    due.filter_map(|due| entry(teller, &due)).collect()
}

fn entry<'p>(teller: &Teller<'_, 'p>, due: &Due<'p>) -> Option<Entry<'p>> {
    let mut people = teller.people(due.owner);
    if let Some(role) = due.role {
        let held = holders(teller.portal.plan, role, due.due);
        let held = held.iter().map(|person| person.id);
        people.extend(held.filter(|&id| teller.portal.path(id).is_some()));
    }
    if people.is_empty() {
        return None;
    }
    let title = crate::markdown::plain(due.title);
    let title = match due.kind {
        DueKind::Approval => teller.phrase("Approval {level}", "level", &title),
        _ => title,
    };
    let summary = teller.owned(Some(due.document), &title);
    let part = match due.gate {
        Some(gate) => format!("{}-{gate}-{}", due.kind.word(), due.id),
        None => format!("{}-{}", due.kind.word(), due.id),
    };
    let mut event = teller.event(
        (due.document, &part),
        summary,
        Dated::day(due.due),
        "Deadline",
    );
    event.details.extend(
        due.gate
            .map(|gate| teller.phrase("Gate {gate}", "gate", &teller.word(gate))),
    );
    if due.is_late(teller.portal.publication.as_of) {
        event
            .details
            .push(teller.portal.locale.word("Overdue").to_owned());
    }
    Some(Entry::new(event, people))
}

/// Returns the day of a post mortem, for those who take part.
pub(super) fn review<'p>(
    teller: &Teller<'_, 'p>,
    id: DocId,
    review: &'p Review,
) -> Option<Entry<'p>> {
    let document = teller.portal.plan.document(id);
    let dated = Dated::date(teller.portal, id, review.date.as_ref())?;
    let event = teller.event((id, ""), document.title.to_string(), dated, "Review");
    let attendees = review.attendees.iter();
    let mut of: Vec<_> = attendees
        .flat_map(|who| teller.people(Some(&who.reference)))
        .collect();
    of.extend(teller.owners(document.common.owner.as_ref()));
    of.extend(document.belongs.train);
    Some(Entry::new(event, of))
}
