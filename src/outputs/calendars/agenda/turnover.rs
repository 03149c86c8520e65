//! Turnovers with their waves and outages, and change requests.

use super::course::with_standing;
use super::{Dated, Entry, Teller, plain};
use crate::outputs::calendars::event::{Event, Status, Time};
use crate::plan::kinds::change::{Change, ChangeStatus};
use crate::plan::kinds::turnover::{Turnover, TurnoverStatus};
use crate::plan::parts::deployment::{Wave, WaveStatus};
use crate::plan::value::{Choices, Item};
use crate::plan::{Doc, DocId};
use crate::schedule::{is_cancelled, is_to_come};

/// Returns a turnover, each of its waves, and its outage.
pub(super) fn entries<'p>(teller: &Teller<'_, 'p>, turnover: Doc<'p, Turnover>) -> Vec<Entry<'p>> {
    let concerned = concerned(teller, turnover);
    let file = |event| Entry::new(event, concerned.iter().copied()).everywhere(true);
    let mut entries: Vec<_> = deployment(teller, turnover).into_iter().map(file).collect();
    let waves = turnover.fields.waves.iter();
    entries.extend(waves.filter_map(|of| wave(teller, turnover, of)).map(file));
    entries.extend(outage(teller, turnover).map(|(event, services)| {
        let of = concerned.iter().copied().chain(services);
        Entry::new(event, of).everywhere(true)
    }));
    entries
}

/// Returns the documents in whose calendars a turnover stands: its environment, its train, the applications that it
/// brings, and whoever has a hand in it.
fn concerned(teller: &Teller<'_, '_>, turnover: Doc<'_, Turnover>) -> Vec<DocId> {
    let plan = teller.portal.plan;
    let fields = turnover.fields;
    let contents = plan
        .get::<Turnover>(turnover.id)
        .map_or_else(Vec::new, |turnover| {
            teller.portal.schedule.contents(turnover)
        });
    let published = contents
        .iter()
        .filter(|release| teller.portal.path(release.id).is_some());
    let mut of: Vec<_> = published
        .filter_map(|release| release.document.belongs.application)
        .collect();
    of.extend(fields.environment.as_ref().and_then(|of| of.target));
    of.extend(turnover.document.belongs.train);
    of.extend(teller.owners(turnover.document.common.owner.as_ref()));
    let accepts = fields.acceptance.as_ref();
    of.extend(teller.owners(accepts.and_then(|said| said.by.as_ref())));
    for step in fields.tasks.iter() {
        of.extend(teller.owners(step.owner.as_ref()));
    }
    for test in fields.smoke.iter() {
        of.extend(teller.owners(test.owner.as_ref()));
    }
    of
}

/// Returns the deployment as a whole: as it took place once it did, else as planned.
fn deployment<'p>(teller: &Teller<'_, 'p>, turnover: Doc<'p, Turnover>) -> Option<Event<'p>> {
    let fields = turnover.fields;
    let planned = fields.planned.as_ref();
    let actual = fields.actual.as_ref();
    let is_past = !is_to_come(fields) && !is_cancelled(fields);
    let period = match is_past {
        true => actual.or(planned),
        false => planned,
    };
    let dated = Dated::period(teller.portal, turnover.id, period)?;
    let is_timed = matches!(dated.time, Time::Span(..));
    let mut event = base(teller, turnover, "", &turnover.document.title, dated);
    if is_past && actual.is_some() {
        let planned = planned.map(|planned| planned.resolved.to_string());
        event
            .details
            .extend(planned.map(|planned| teller.phrase("Planned {when}", "when", &planned)));
    }
    let occupied = teller.portal.schedule.occupied(turnover);
    let reserve = occupied.filter(|of| is_timed && !is_past && !of.reserve.is_empty());
    event.details.extend(reserve.map(|occupied| {
        let zone = teller.portal.schedule.zone(turnover.id);
        let until = teller
            .portal
            .dates()
            .moment(&zone.zoned(occupied.reserve.end));
        teller.phrase("Back-out reserve until {time}", "time", &until.text)
    }));
    let releases: Vec<_> = teller.portal.schedule.contents(turnover);
    let releases: Vec<_> = releases.iter().map(|release| release.id).collect();
    if !releases.is_empty() {
        let titles = teller.titles(&releases);
        event
            .details
            .push(teller.phrase("Brings {titles}", "titles", &titles));
    }
    Some(event)
}

/// Returns an event of `turnover`, as sure as that is.
fn base<'p>(
    teller: &Teller<'_, 'p>,
    turnover: Doc<'p, Turnover>,
    part: &str,
    title: &str,
    dated: Dated<'p>,
) -> Event<'p> {
    let (fields, belongs) = (turnover.fields, turnover.document.belongs);
    let owner = belongs.release.or(belongs.train);
    let category = if part == "outage" {
        "Outage"
    } else {
        "Deployment"
    };
    let summary = teller.owned(owner, title);
    let mut event = teller.event((turnover.id, part), summary, dated, category);
    let environment = fields.environment.as_ref().and_then(|of| of.target);
    event.place = environment.map(|environment| teller.title(environment).to_owned());
    let status = fields.status.as_ref().map(|status| status.value);
    event
        .details
        .extend(status.map(|status| teller.word(status.word())));
    match status {
        Some(TurnoverStatus::Cancelled) => cancel(teller, &mut event, "Cancelled: {what}"),
        Some(TurnoverStatus::Rejected) => cancel(teller, &mut event, "Refused: {what}"),
        Some(TurnoverStatus::Draft) => event.status = event.status.max(Status::Tentative),
        _ => {}
    }
    match owner.filter(|_| event.status != Status::Cancelled && is_to_come(fields)) {
        Some(owner) => with_standing(teller, owner, event),
        None => event,
    }
}

fn cancel(teller: &Teller<'_, '_>, event: &mut Event<'_>, words: &str) {
    event.status = Status::Cancelled;
    event.summary = teller.phrase(words, "what", &event.summary);
}

/// Returns one wave of a phased rollout.
fn wave<'p>(
    teller: &Teller<'_, 'p>,
    turnover: Doc<'p, Turnover>,
    wave: &'p Item<Wave>,
) -> Option<Event<'p>> {
    let dated = Dated::period(teller.portal, turnover.id, wave.planned.as_ref())?;
    let name = wave
        .audience
        .as_ref()
        .map_or_else(|| wave.id.value.to_string(), plain);
    let title = teller.portal.locale.phrase(
        "{title}, wave {wave}",
        &[("title", &turnover.document.title), ("wave", &name)],
    );
    let part = format!("wave-{}", wave.id.value);
    let mut event = base(teller, turnover, &part, &title, dated);
    let status = wave.status.as_ref().map(|status| status.value);
    if status == Some(WaveStatus::Cancelled) && event.status != Status::Cancelled {
        cancel(teller, &mut event, "Cancelled: {what}");
    }
    Some(event)
}

/// Returns what does not work during a turnover, and the services that do not.
fn outage<'p>(
    teller: &Teller<'_, 'p>,
    turnover: Doc<'p, Turnover>,
) -> Option<(Event<'p>, Vec<DocId>)> {
    let outage = turnover.fields.outage.as_ref()?;
    let dated = Dated::period(teller.portal, turnover.id, outage.planned.as_ref())?;
    let services: Vec<_> = outage.services.iter().filter_map(|of| of.target).collect();
    let titles = teller.titles(&services);
    let title = match titles.is_empty() {
        true => teller.portal.locale.word("Service interruption").to_owned(),
        false => teller.phrase("Out of service: {titles}", "titles", &titles),
    };
    Some((base(teller, turnover, "outage", &title, dated), services))
}

/// Returns a change request that has a day of its own. One that releases carry out takes place with those, and is left
/// to the calendars of the applications.
pub(super) fn change<'p>(
    teller: &Teller<'_, 'p>,
    id: DocId,
    change: &'p Change,
) -> Option<Entry<'p>> {
    let plan = teller.portal.plan;
    let document = plan.document(id);
    let dated = Dated::period(teller.portal, id, change.planned.as_ref())?;
    let mut event = teller.event((id, ""), document.title.to_string(), dated, "Change");
    let status = change.status.as_ref().map(|status| status.value);
    event
        .details
        .extend(status.map(|status| teller.word(status.word())));
    match status {
        Some(ChangeStatus::Rejected) => cancel(teller, &mut event, "Refused: {what}"),
        Some(ChangeStatus::Draft) => event.status = event.status.max(Status::Tentative),
        _ => {}
    }
    let releases = change.releases.iter().filter_map(|of| of.target);
    let mut of: Vec<_> = releases
        .filter_map(|release| plan.document(release).belongs.application)
        .collect();
    of.extend(change.services.iter().filter_map(|of| of.target));
    of.extend(teller.owners(document.common.owner.as_ref()));
    Some(Entry::new(event, of).everywhere(change.releases.is_empty()))
}
