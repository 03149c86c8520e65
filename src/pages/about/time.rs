//! The time zones and the business calendars by which everything is computed.

use std::collections::BTreeMap;

use super::many;
use crate::pages::blocks;
use crate::pages::parts::{Block, Empty, Section, State, Tone, Value};
use crate::pages::view::View;
use crate::plan::Kind;
use crate::time::Calendar;

/// Returns the section of the time zones.
pub(super) fn zones<'p>(view: &View<'p>) -> Section<'p> {
    let plan = view.portal.plan;
    let mut used: BTreeMap<String, BTreeMap<Kind, usize>> = BTreeMap::new();
    for &id in view.portal.published() {
        let document = plan.document(id);
        if let Some(zone) = &document.common.timezone {
            let kinds = used.entry(zone.value.name().to_owned()).or_default();
            *kinds.entry(document.kind).or_default() += 1;
        }
    }
    let own = plan.config.timezone.as_ref();
    let own = own.map_or("UTC", |zone| zone.value.name()).to_owned();
    used.entry(own.clone()).or_default();
    let columns = ["Time zone", "Used by"];
    let table = blocks::table(
        "Time zones of wall times",
        columns,
        used,
        |(zone, kinds)| {
            let whole = (zone == own).then(|| Value::word("The plan"));
            let kinds = kinds.into_iter().map(|(kind, count)| {
                let name = view.portal.locale.word(&many(kind)).to_owned();
                Value::Word(format!("{name}: {count}").into())
            });
            [
                Value::code(zone),
                Value::list(whole.into_iter().chain(kinds)),
            ]
        },
    );
    blocks::section("zones", "Time zones", [blocks::told(table)])
}

/// Returns the section of the business calendars, and for which days each knows holidays.
pub(super) fn calendars<'p>(view: &View<'p>) -> Section<'p> {
    let plan = view.portal.plan;
    let ids = view.portal.published_of(Kind::Calendar).iter();
    let known = ids.filter_map(|&id| Some((id, plan.calendar(id)?)));
    let columns = ["Calendar", "Holidays", "From", "To", "Standing"];
    let table = blocks::table("Business calendars", columns, known, |(id, calendar)| {
        let days = || calendar.holidays.keys();
        [
            view.document(id),
            blocks::count(calendar.holidays.len()),
            days().next().map(|day| view.day(*day).bare()).into(),
            days().next_back().map(|day| view.day(*day).bare()).into(),
            standing(view, calendar).into(),
        ]
    });
    let how = view.prose(&format!(
        "Add a Markdown list or an `.ics` file below `{}/`.",
        Kind::Calendar.folder()
    ));
    let fact = "No calendar: Saturday and Sunday are free, and no day is a holiday";
    let block = blocks::told(table).unwrap_or(Block::Empty(Empty::new(fact, Some(how))));
    blocks::section("calendars", "Business calendars", [Some(block)])
}

/// Returns whether a calendar still knows of holidays to come.
fn standing<'p>(view: &View<'p>, calendar: &Calendar) -> State<'p> {
    match calendar.holidays.range(view.as_of()..).next() {
        Some(_) => State::new("in-force").worded("In force").toned(Tone::Good),
        None => State::new("missing")
            .worded("No holiday to come")
            .toned(Tone::Warn),
    }
}
