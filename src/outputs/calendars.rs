//! Calendars to subscribe to (RFC 5545, RFC 7986): one of the whole portal, and one each of trains, applications,
//! environments, freezes and people.
//!
//! An event is written once and its lines are put into every calendar in which it stands. A calendar is there from the
//! day on which its document is, and has at least the zone of the plan in it, so that nobody who subscribed finds it
//! gone.

mod agenda;
mod event;
mod lines;
mod zones;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::identity::{Identity, portal_title};
use super::{Build, OutputError, Sink};
use crate::pages::channels::{CALENDAR, calendar_of, calendars};
use crate::pages::{Portal, channels};
use crate::plan::DocId;
use crate::time::{InstantRange, Zone};
use event::Written;
use lines::Lines;

/// How often readers look for changes: a plan moves by days.
const REFRESH: &str = "PT6H";

/// For how long after its last event the rules of a zone are told, in days: long enough for a rule to show.
const RULES: i64 = 4 * 366;

/// Writes every calendar.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    let portal = build.portal;
    let identity = Identity::of(portal);
    let entries = agenda::entries(portal);
    let mut of: FxHashMap<DocId, Vec<usize>> = FxHashMap::default();
    let mut everywhere = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        if entry.everywhere {
            everywhere.push(index);
        }
        for &document in &entry.of {
            of.entry(document).or_default().push(index);
        }
    }
    let as_of = portal.publication.as_of;
    let written: Vec<_> = entries
        .into_par_iter()
        .map(|entry| entry.event.written(&identity, as_of))
        .collect();
    let shelf = Shelf {
        portal,
        identity: &identity,
        written: &written,
    };
    let title = portal_title(portal);
    sink.put(
        CALENDAR,
        shelf.calendar(CALENDAR, title, &everywhere).as_bytes(),
    )?;
    let documents: Vec<_> = calendars(portal).collect();
    documents.into_par_iter().try_for_each(|id| {
        let Some(path) = calendar_of(portal, id) else {
            return Ok(());
        };
        let title = channels::title(portal, id);
        let events = of.get(&id).map_or(&[][..], Vec::as_slice);
        let calendar = shelf.calendar(&path, &title, events);
        Ok(sink.put(&path, calendar.as_bytes())?)
    })
}

/// The events of a portal, from which calendars are put together.
#[derive(Clone, Copy)]
struct Shelf<'s, 'p> {
    portal: &'s Portal<'p>,
    identity: &'s Identity,
    written: &'s [Written<'s>],
}

impl Shelf<'_, '_> {
    /// Returns the calendar at `path` of the events at the places `indexes`.
    fn calendar(&self, path: &str, title: &str, indexes: &[usize]) -> String {
        let mut events: Vec<&Written<'_>> = indexes.iter().map(|&at| &self.written[at]).collect();
        events.sort_by(|one, other| one.order.cmp(&other.order));
        let mut lines = Lines::default();
        lines.put("BEGIN", "VCALENDAR");
        lines.put("VERSION", "2.0");
        lines.put("PRODID", "-//trainboard//Release plan//EN");
        lines.put("CALSCALE", "GREGORIAN");
        self.head(&mut lines, path, title);
        for zone in self.zones(&events) {
            lines.lines(&zone);
        }
        for event in events {
            lines.lines(&event.lines);
        }
        lines.put("END", "VCALENDAR");
        lines.into_string()
    }

    /// Adds what the calendar is called and where it comes from.
    fn head(&self, lines: &mut Lines, path: &str, title: &str) {
        lines.text("UID", &self.identity.scoped(&format!("calendar:{path}")));
        lines.text("NAME", title);
        lines.text("X-WR-CALNAME", title);
        lines.text("X-WR-TIMEZONE", self.portal.schedule.zone_of_plan().name());
        lines.put("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
        lines.put("X-PUBLISHED-TTL", REFRESH);
        let page = path.replace(CALENDAR, "index.html");
        if let (Some(page), Some(source)) =
            (self.identity.address(&page), self.identity.address(path))
        {
            lines.put("URL", &page);
            lines.put("SOURCE;VALUE=URI", &source);
        }
    }

    /// Returns the zones that `events` name; that of the plan when there are no events at all, since a calendar has to
    /// have something in it.
    fn zones(&self, events: &[&Written<'_>]) -> Vec<String> {
        let mut zones: BTreeMap<&str, (&Zone, InstantRange)> = BTreeMap::new();
        for (zone, range) in events.iter().filter_map(|event| event.zone) {
            let (_, all) = zones.entry(zone.name()).or_insert((zone, range));
            *all = InstantRange::new(all.start.min(range.start), all.end.max(range.end));
        }
        if events.is_empty() {
            let zone = self.portal.schedule.zone_of_plan();
            zones.insert(
                zone.name(),
                (zone, zone.whole(self.portal.publication.as_of)),
            );
        }
        let components = zones.into_values().map(|(zone, range)| {
            let day = zone.day(range.end);
            let end = zone.start_of(day.plus(RULES).unwrap_or(day));
            zones::component(zone, InstantRange::new(range.start, end))
        });
        components.collect()
    }
}
