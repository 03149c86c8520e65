//! Environments: what is there, what is about to come, who may promote, and when nobody may.

use std::slice;

use crate::pages::axis;
use crate::pages::blocks;
use crate::pages::deployment::{days_of, naming, next_slot, versions_in};
use crate::pages::lanes::{Taken, reservation_state};
use crate::pages::listing::{listed, nearness, referrers};
use crate::pages::parts::{Block, Fact, Section, State, Tone, Value};
use crate::pages::show::{Order, Show};
use crate::pages::view::View;
use crate::plan::kinds::environment::{Environment, EnvironmentStatus};
use crate::plan::kinds::turnover::Turnover;
use crate::plan::value::{Choices, Period};
use crate::plan::{Doc, DocId};
use crate::schedule::Booking;

/// Over how many months the lane of an environment reaches, from the month before on.
const MONTHS: i32 = 6;

impl Show for Environment {
    const TEMPLATE: &'static str = "calendar.html";

    const COLUMNS: &'static [&'static str] = &[
        "Environment",
        "Order",
        "Status",
        "Used by",
        "Who may promote",
    ];

    fn state<'p>(_: &View<'p>, doc: Doc<'p, Self>) -> Option<State<'p>> {
        status(doc.fields)
    }

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        let environment = doc.fields;
        vec![
            Fact::new("Category", view.choice(environment.category.as_ref())),
            Fact::new("Place on the way to production", order(environment)),
            Fact::new("Next free slot of four hours", next_slot(view, doc.id)),
            Fact::new("Used by", used_by(environment)),
            Fact::new("Who may promote", promoters(view, environment)),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let [freezes, windows] = naming(view, slice::from_ref(&doc.id));
        let mut turnovers: Vec<_> = referrers::<Turnover>(view, doc.id, "environment").collect();
        turnovers.sort_by_key(|turnover| nearness(view.as_of(), days_of(turnover)));
        let turnovers = listed(
            view,
            "Turnovers in this environment",
            "Environment",
            &turnovers,
        );
        vec![
            blocks::section(
                "versions",
                "What is there",
                [blocks::told(versions_in(view, doc))],
            ),
            lane(view, doc),
            blocks::section("turnovers", "Turnovers", turnovers),
            blocks::section("reservations", "Reservations", [reservations(view, doc.id)]),
            freezes,
            windows,
        ]
    }

    fn group<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Value<'p> {
        view.choice(doc.fields.category.as_ref())
    }

    fn order(_: &View<'_>, doc: Doc<'_, Self>) -> Order {
        let category = doc.category.as_ref().map(|category| category.value as i64);
        let order = order(doc.fields);
        (
            (category.is_none(), category.unwrap_or_default()),
            (order.is_none(), order.unwrap_or_default()),
        )
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        let environment = doc.fields;
        vec![
            view.document(doc.id),
            order(environment).into(),
            status(environment).into(),
            used_by(environment),
            promoters(view, environment),
        ]
    }
}

/// Returns what has the environment in the months around today.
fn lane<'p>(view: &View<'p>, doc: Doc<'p, Environment>) -> Section<'p> {
    let first = view
        .as_of()
        .0
        .first_of_month()
        .checked_sub(jiff::Span::new().months(1));
    let first = first.unwrap_or(view.as_of().0);
    let Some(days) = axis::months(first.year(), first.month(), MONTHS) else {
        return Section::new("lane", "When it is taken");
    };
    let taken = Taken::of(view, days, [doc]);
    let told = (!taken.is_empty()).then(|| [Some(taken.drawing()), taken.table()]);
    blocks::section("lane", "When it is taken", told.into_iter().flatten())
}

fn order(environment: &Environment) -> Option<i64> {
    environment
        .order
        .as_ref()
        .map(|order| i64::from(order.value))
}

fn used_by<'p>(environment: &Environment) -> Value<'p> {
    Value::word(match environment.shared {
        true => "several trains at a time",
        false => "one train at a time",
    })
}

fn promoters<'p>(view: &View<'p>, environment: &'p Environment) -> Value<'p> {
    Value::list(environment.promoters.iter().map(|who| view.who(Some(who))))
}

fn status<'p>(environment: &Environment) -> Option<State<'p>> {
    let status = environment.status.as_ref()?.value;
    let tone = match status {
        EnvironmentStatus::Available => Tone::Good,
        EnvironmentStatus::Restricted => Tone::Warn,
        EnvironmentStatus::Offline => Tone::Bad,
    };
    Some(State::new(status.word()).toned(tone))
}

/// Returns who has reserved `environment`, the next one first, and whether that holds today or excludes another.
fn reservations<'p>(view: &View<'p>, environment: DocId) -> Option<Block<'p>> {
    let schedule = &view.portal.schedule;
    let clashes = schedule.clashes();
    let days = |held: &Booking<'p>| {
        held.reservation
            .value
            .planned
            .as_ref()
            .and_then(Period::days)
    };
    let shown = schedule.bookings_of(environment).iter();
    let mut held: Vec<Booking<'p>> = shown
        .filter(|held| view.portal.path(held.holder).is_some())
        .copied()
        .collect();
    held.sort_by_key(|held| nearness(view.as_of(), days(held)));
    let columns = ["Reserved for", "When", "State", "What for", "Use"];
    blocks::told(blocks::table("Reservations", columns, held, |held| {
        let state = reservation_state(view, &clashes, &held);
        let (view, reservation) = (view.of(held.holder), &held.reservation.value);
        [
            view.document(held.holder),
            view.period(reservation.planned.as_ref()),
            state.into(),
            view.text(reservation.purpose.as_ref()),
            Value::word(if reservation.shared {
                "Shared"
            } else {
                "Exclusive"
            }),
        ]
    }))
}
