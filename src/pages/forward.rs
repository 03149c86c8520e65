//! The forward schedule: every planned deployment, change and outage of the next 90 days, in order; what of it runs into
//! something, with the next free slot; and how long each service is out.

use std::collections::BTreeMap;

use super::frame::{Layout, Page, shell_of_list};
use super::listing::{document, pages};
use super::parts::{Answer, Document, Empty, Section, State, Table, Tone, Value};
use super::{Portal, Route, Subject, View};
use crate::plan::address::{FORWARD_SCHEDULE, page_address};
use crate::plan::kinds::application::Application;
use crate::plan::kinds::freeze::FreezeSeverity;
use crate::plan::{Doc, DocId};
use crate::schedule::{Coming, Conflict, Event};
use crate::time::{Day, InstantRange};

/// How many days the schedule looks ahead.
const AHEAD: i64 = 90;

/// How many days come first.
const WEEK: i64 = 7;

/// How many days without anything are worth a sentence.
const MONTH: i64 = 30;

/// How many planned things stand on one page: with their conflicts they stay below 1,500 elements.
const ROWS: usize = 60;

/// How many conflicts are told with a slot of their own.
const MOST_CONFLICTS: usize = 25;

/// Returns the pages of the schedule.
pub(super) fn routes(portal: &Portal<'_>) -> impl Iterator<Item = Route> {
    let view = View::new(portal, super::portal::HOME);
    let count = coming(&view).len().div_ceil(ROWS).max(1);
    (1..=count).map(|number| Route {
        path: page_address(FORWARD_SCHEDULE, number),
        subject: Subject::ForwardSchedule(number),
    })
}

/// Returns the page.
pub(super) fn layout<'p>(view: &View<'p>, number: usize) -> Layout<'p> {
    context(view, number).with("document.html")
}

/// Returns everything published that is planned for the next days, in order.
fn coming<'p>(view: &View<'p>) -> Vec<Coming<'p>> {
    let mut found = view.portal.schedule.coming(days(view, AHEAD));
    found.retain(|coming| view.portal.path(coming.document).is_some());
    found
}

/// Returns the day that is `count` days from today.
fn ahead(view: &View<'_>, count: i64) -> Day {
    view.as_of().plus(count).unwrap_or(view.as_of())
}

/// Returns the `count` days from today on.
fn days(view: &View<'_>, count: i64) -> InstantRange {
    let zone = view.portal.schedule.zone_of_plan();
    InstantRange::new(
        zone.start_of(view.as_of()),
        zone.start_of(ahead(view, count)),
    )
}

fn context<'p>(view: &View<'p>, number: usize) -> Page<'p> {
    let all = coming(view);
    let about =
        "Planned deployments, changes and outages of the next 90 days, with their conflicts";
    let shell = shell_of_list(view, "forward-schedule", "Forward schedule", about, number);
    let shown = all.chunks(ROWS).nth(number - 1).unwrap_or_default();
    let mut document = Document {
        pages: pages(view, number, all.len().div_ceil(ROWS), |number| {
            page_address(FORWARD_SCHEDULE, number)
        }),
        ..Document::default()
    };
    let (soon, later): (Vec<Coming<'p>>, Vec<Coming<'p>>) = shown
        .iter()
        .partition(|coming| coming.reach.outer().overlaps(days(view, WEEK)));
    if number == 1 {
        let conflicts = conflicts(view, &all);
        let outages = outages(view, &all);
        document.answers = vec![
            next_week(view, &all),
            conflicting(view, &conflicts),
            out_of_service(view, &outages),
        ];
        document.sections = vec![
            this_week(view, &all, &soon),
            conflicts_section(view, &conflicts),
            outages_section(view, outages),
        ];
    }
    document.sections.extend(afterwards(view, &later));
    Page { shell, document }
}

/// What is next, and how much there is in a week.
fn next_week<'p>(view: &View<'p>, all: &[Coming<'p>]) -> Answer<'p> {
    let week = days(view, WEEK);
    let soon = all
        .iter()
        .filter(|coming| coming.reach.outer().overlaps(week));
    let count = soon.count();
    let value = match count {
        0 => Value::word("Nothing in the next seven days"),
        _ => view.counted("{n} planned", count).into(),
    };
    let next = all.first().map(|next| {
        let when = view.of(next.document).period(Some(next.period));
        [view.document(next.document), when]
    });
    Answer::new(
        ("next-seven-days", "Next seven days"),
        value,
        next.into_iter().flatten(),
    )
}

/// A planned deployment and what it runs into.
struct Hit<'p> {
    coming: Coming<'p>,
    conflicts: Vec<Conflict<'p>>,
}

/// Returns the deployments that run into something, in order.
fn conflicts<'p>(view: &View<'p>, all: &[Coming<'p>]) -> Vec<Hit<'p>> {
    let hit = |coming: &Coming<'p>| {
        let Event::Deployment(turnover) = coming.event else {
            return None;
        };
        let conflicts = view.portal.schedule.conflicts(turnover);
        (!conflicts.is_empty()).then_some(Hit {
            coming: *coming,
            conflicts,
        })
    };
    all.iter().filter_map(hit).collect()
}

/// How many deployments run into something.
fn conflicting<'p>(view: &View<'p>, conflicts: &[Hit<'p>]) -> Answer<'p> {
    let named = ("conflicts", "Conflicts");
    let Some(first) = conflicts.first() else {
        let state = State::new("on-track").worded("No conflict");
        return Answer::new(named, state, Vec::new());
    };
    let count = view.counted("{n} in conflict", conflicts.len());
    let state = State::new("conflict").worded(count);
    let what = view.document(first.coming.document);
    Answer::new(named, state, vec![what, met(view, first)])
}

/// Returns what a deployment runs into.
fn met<'p>(view: &View<'p>, hit: &Hit<'p>) -> Value<'p> {
    let told = hit.conflicts.iter().map(|conflict| match conflict {
        Conflict::Freeze(freeze) => {
            let tone = match freeze.severity {
                FreezeSeverity::Hard => Tone::Bad,
                _ => Tone::Warn,
            };
            let state = State::new("frozen").worded("In a freeze").toned(tone);
            [state.into(), view.document(freeze.freeze.id)]
        }
        Conflict::Window => {
            let state = State::new("conflict").worded("Outside its windows");
            [state.into(), Value::Empty]
        }
        Conflict::Reserved(booking) => {
            let state = State::new("conflict").worded("Reserved by others");
            [state.into(), view.document(booking.holder)]
        }
    });
    super::blocks::several(told.flatten())
}

/// Returns the first time at which a deployment fits, from when it is planned on.
fn free_slot<'p>(view: &View<'p>, hit: &Hit<'p>) -> Value<'p> {
    let Event::Deployment(turnover) = hit.coming.event else {
        return Value::Empty;
    };
    let today = days(view, AHEAD).start;
    let from = hit.coming.reach.start.earliest.max(today);
    match view.portal.schedule.next_fit(turnover, from) {
        Some(fit) => view.of(turnover.id).range(fit.deployment),
        None => Value::word("none within two years"),
    }
}

fn conflicts_section<'p>(view: &View<'p>, conflicts: &[Hit<'p>]) -> Section<'p> {
    let columns = ["Deployment", "Planned", "Conflict", "Next free slot"];
    let mut table = Table::new("Conflicts and the next free slot", columns);
    for hit in conflicts.iter().take(MOST_CONFLICTS) {
        let of = view.of(hit.coming.document);
        table.row([
            view.document(hit.coming.document),
            of.period(Some(hit.coming.period)),
            met(view, hit),
            free_slot(view, hit),
        ]);
    }
    let empty = Empty::new("No conflict in the next 90 days", None);
    Section::new("conflicts", "Conflicts").table(table, empty)
}

/// What is planned for the next seven days, as [`ROWS`] allow.
fn this_week<'p>(view: &View<'p>, all: &[Coming<'p>], soon: &[Coming<'p>]) -> Section<'p> {
    let mut table = Table::new("The next seven days", COLUMNS).with_distances();
    for coming in soon {
        table.row(row(view, coming));
    }
    let month = days(view, MONTH);
    let is_near = all
        .iter()
        .any(|coming| coming.reach.outer().overlaps(month));
    let nothing = match is_near {
        true => "Nothing in the next seven days",
        false => "Nothing in the next 30 days",
    };
    Section::new("week", "Next seven days").table(table, Empty::new(nothing, None))
}

/// The columns of what is planned.
const COLUMNS: [&str; 6] = ["What", "Sort", "When", "Where", "Train", "State"];

fn row<'p>(view: &View<'p>, coming: &Coming<'p>) -> [Value<'p>; 6] {
    let plan = view.portal.plan;
    let (sort, place, state) = match coming.event {
        Event::Deployment(turnover) => (
            "Deployment",
            view.maybe(turnover.fields.environment.as_ref()),
            view.state(turnover.fields.status.as_ref()),
        ),
        Event::Outage(turnover) => {
            let outage = turnover.fields.outage.as_ref();
            let services = outage.map_or(Value::Empty, |outage| view.references(&outage.services));
            let state = State::new("outage").worded("Out of service");
            ("Outage", services, Some(state.toned(Tone::Warn)))
        }
        Event::Change(change) => (
            "Change",
            view.references(&change.fields.services),
            view.state(change.fields.status.as_ref()),
        ),
    };
    [
        view.document(coming.document),
        Value::word(sort),
        view.of(coming.document).period(Some(coming.period)),
        place,
        document(view, plan.document(coming.document).belongs.train),
        state.into(),
    ]
}

/// What is planned afterwards, week by week.
fn afterwards<'p>(view: &View<'p>, later: &[Coming<'p>]) -> Option<Section<'p>> {
    let zone = view.portal.schedule.zone_of_plan();
    let mut table = Table::new("The days after that, by week", COLUMNS);
    let mut current = None;
    for coming in later {
        let day = zone.day(coming.reach.start.earliest).max(view.as_of());
        let monday = monday_of(day);
        if current != Some(monday) {
            let sunday = monday.plus(6).unwrap_or(monday);
            let week = view.portal.dates().days(monday.0, sunday.0);
            table.group(Value::from(week).bare());
            current = Some(monday);
        }
        table.row(row(view, coming));
    }
    let section = Section::new("later", "After that");
    (!table.is_empty()).then(|| section.block(super::parts::Block::Table(table)))
}

fn monday_of(day: Day) -> Day {
    let since = i64::from(day.weekday().to_monday_zero_offset());
    day.plus(-since).unwrap_or(day)
}

/// When a service is out: each stretch with the turnover that it is due to, in order.
type Outages<'p> = BTreeMap<DocId, Vec<Coming<'p>>>;

/// Returns when each service is out, by service.
fn outages<'p>(view: &View<'p>, all: &[Coming<'p>]) -> Outages<'p> {
    let mut found = Outages::new();
    for coming in all {
        let Event::Outage(turnover) = coming.event else {
            continue;
        };
        let outage = turnover.fields.outage.as_ref();
        let services = outage.into_iter().flat_map(|outage| &outage.services);
        let services = services.filter_map(|service| view.portal.plan.follow(Some(service)));
        for service in services.map(|service: Doc<'p, Application>| service.id) {
            found.entry(service).or_default().push(*coming);
        }
    }
    found
}

/// Returns how long a service is out in all, in seconds; what overlaps counts once, and a coarse date not at all.
fn seconds(outages: &[Coming<'_>]) -> i64 {
    let ranges = outages.iter().filter_map(|outage| outage.reach.range());
    let united = InstantRange::union(ranges);
    united.into_iter().map(InstantRange::seconds).sum()
}

fn out_of_service<'p>(view: &View<'p>, outages: &Outages<'p>) -> Answer<'p> {
    let named = ("service-outage", "Projected service outage");
    let first = outages.iter().min_by_key(|(service, of)| {
        (
            of.first().map(|first| first.reach.start.earliest),
            **service,
        )
    });
    let Some((service, of)) = first else {
        let state = State::new("on-track").worded("No outage is planned");
        return Answer::new(named, state, Vec::new());
    };
    let count = view.counted("{n} out of service", outages.len());
    let when = of.first().map_or(Value::Empty, |first| {
        view.of(first.document).period(Some(first.period))
    });
    Answer::new(named, count, vec![view.document(*service), when])
}

fn outages_section<'p>(view: &View<'p>, outages: Outages<'p>) -> Section<'p> {
    let columns = ["Service", "Out in all", "When", "Because of"];
    let mut table = Table::new("Projected service outage of the next 90 days", columns);
    for (service, of) in outages {
        let when = of
            .iter()
            .map(|outage| view.of(outage.document).period(Some(outage.period)));
        let because = of.iter().map(|outage| view.document(outage.document));
        table.row([
            view.document(service),
            view.seconds(seconds(&of)),
            Value::list(when),
            Value::list(because),
        ]);
    }
    let empty = Empty::new("No outage is planned", None);
    Section::new("outages", "Projected service outage").table(table, empty)
}
