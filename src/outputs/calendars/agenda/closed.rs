//! When deployments may and may not take place: freezes with their exceptions, and windows.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::dated::horizon;
use super::{Dated, Entry, Teller, plain};
use crate::outputs::calendars::event::{Event, Status, Time};
use crate::pages::Portal;
use crate::plan::kinds::exception::{Exception, RulingResult};
use crate::plan::kinds::freeze::Freeze;
use crate::plan::kinds::window::Window;
use crate::plan::parts::scope::Scope;
use crate::plan::value::Choices;
use crate::plan::{Doc, DocId, Kind};
use crate::schedule::SeriesEnd;
use crate::time::{Day, Interval};

/// For how long a freeze or a window that is over stays in the calendars of applications and environments, in days.
const KEPT: i64 = 366;

/// Returns the trains whose turnovers meet each freeze.
pub(super) fn met(portal: &Portal<'_>) -> FxHashMap<DocId, Vec<DocId>> {
    let schedule = &portal.schedule;
    let trains = portal.published_of(Kind::Train).par_iter();
    let pairs: Vec<_> = trains
        .flat_map_iter(|&train| {
            let turnovers = schedule.turnovers_in(train).iter();
            let published = turnovers.filter(|turnover| portal.path(turnover.id).is_some());
            let conflicts = published.flat_map(|turnover| schedule.freeze_conflicts(*turnover));
            let mut freezes: Vec<_> = conflicts.map(|conflict| conflict.freeze.id).collect();
            freezes.sort_unstable();
            freezes.dedup();
            freezes.into_iter().map(move |freeze| (freeze, train))
        })
        .collect();
    let mut met: FxHashMap<DocId, Vec<DocId>> = FxHashMap::default();
    for (freeze, train) in pairs {
        met.entry(freeze).or_default().push(train);
    }
    met
}

/// Returns a freeze. One that repeats is one event with its rule.
pub(super) fn freeze<'p>(teller: &Teller<'_, 'p>, freeze: Doc<'p, Freeze>) -> Option<Entry<'p>> {
    let (portal, fields) = (teller.portal, freeze.fields);
    let planned = &fields.planned.as_ref()?.resolved;
    let dated = match portal.schedule.freeze_series(freeze) {
        Some(series) => {
            let zone = portal.schedule.zone(freeze.id);
            Dated::series(portal, zone, planned, series)
        }
        None => Dated::interval(portal, freeze.id, planned)?,
    };
    let title = freeze.document.title.to_string();
    let mut event = teller.event((freeze.id, ""), title, dated, "Freeze");
    event.details.push(teller.word(fields.strictness().word()));
    event
        .details
        .push(teller.coverage(freeze.id, fields.scope.as_ref()));
    event.details.extend(fields.reason.as_ref().map(plain));
    let mut of = vec![freeze.id];
    of.extend(teller.met.get(&freeze.id).into_iter().flatten());
    of.extend(teller.owners(freeze.document.common.owner.as_ref()));
    of.extend(covered(teller, fields.scope.as_ref(), &event));
    Some(Entry::new(event, of).everywhere(true))
}

/// Returns a window. One that repeats is one event with its rule.
pub(super) fn window<'p>(teller: &Teller<'_, 'p>, window: Doc<'p, Window>) -> Option<Entry<'p>> {
    let (portal, fields) = (teller.portal, window.fields);
    let (starts, duration) = (fields.starts.as_ref()?, fields.duration.as_ref()?);
    let interval = Interval::new(starts.resolved.clone(), duration.value).ok()?;
    let zone = portal.schedule.zone(window.id);
    let dated = match fields.repeats {
        Some(_) => {
            let series = portal
                .schedule
                .window_series(window, horizon(portal, zone))?;
            Dated::series(portal, zone, &interval, series)
        }
        None => Dated::interval(portal, window.id, &interval)?,
    };
    let title = window.document.title.to_string();
    let mut event = teller.event((window.id, ""), title, dated, "Window");
    event
        .details
        .push(teller.coverage(window.id, fields.scope.as_ref()));
    let cutoff = fields.cutoff.as_ref();
    event.details.extend(cutoff.map(|cutoff| {
        teller.phrase(
            "Nothing is started in the last {duration}",
            "duration",
            &cutoff.value.to_string(),
        )
    }));
    let of = covered(teller, fields.scope.as_ref(), &event);
    Some(Entry::new(event, of).everywhere(true))
}

/// Returns the applications and environments that `scope` covers, unless `event` was over long ago.
fn covered(teller: &Teller<'_, '_>, scope: Option<&Scope>, event: &Event<'_>) -> Vec<DocId> {
    let (portal, today) = (teller.portal, teller.portal.publication.as_of);
    let last = match &event.time {
        Time::Days(days) => days.last,
        Time::Span(range, zone) => zone.day(range.end),
        Time::Series(series) => match series.end {
            SeriesEnd::By(wall) => Day(wall.date()),
            _ => today,
        },
    };
    if last.until(today) > KEPT {
        return Vec::new();
    }
    let schedule = &portal.schedule;
    let environments = portal.published_of(Kind::Environment).iter();
    let applications = portal.published_of(Kind::Application).iter();
    environments
        .filter(|&&id| schedule.reaches_environment(scope, id))
        .chain(applications.filter(|&&id| schedule.reaches_application(scope, id)))
        .copied()
        .collect()
}

/// Returns the day on which an exception ends, for the calendar of its freeze.
pub(super) fn exception<'p>(
    teller: &Teller<'_, 'p>,
    id: DocId,
    exception: &'p Exception,
) -> Option<Entry<'p>> {
    let dated = Dated::date(teller.portal, id, exception.expires.as_ref())?;
    let title = &teller.portal.plan.document(id).title;
    let summary = teller.phrase("{title} ends", "title", title);
    let mut event = teller.event((id, ""), summary, dated, "Deadline");
    let result = exception
        .decision
        .as_ref()
        .and_then(|decision| decision.result.as_ref());
    let result = result.map(|result| result.value);
    event
        .details
        .extend(result.map(|result| teller.word(result.word())));
    event.status = match result {
        Some(RulingResult::Approved) => event.status,
        Some(RulingResult::Rejected | RulingResult::Reverted) => Status::Cancelled,
        None => Status::Tentative,
    };
    event.details.extend(exception.reason.as_ref().map(plain));
    let freeze = exception.freeze.as_ref()?.target?;
    Some(Entry::new(event, [freeze]))
}
