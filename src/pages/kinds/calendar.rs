//! Business calendars: the days on which nobody works.

use crate::pages::blocks;
use crate::pages::deployment::repeats;
use crate::pages::parts::{Block, Fact, Section, Table, Value};
use crate::pages::show::Show;
use crate::pages::view::View;
use crate::plan::kinds::calendar::{Calendar, Holiday, RollRule};
use crate::plan::{Doc, DocId};

impl Show for Calendar {
    const COLUMNS: &'static [&'static str] = &["Calendar", "Weekend", "Holidays", "Next holiday"];

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        let calendar = doc.fields;
        let roll = calendar.roll.as_ref().map(|roll| match roll.value {
            RollRule::Previous => Value::word("moves to the business day before"),
            RollRule::Next => Value::word("moves to the business day after"),
        });
        vec![
            Fact::new("Next holiday", next(view, doc.id)),
            Fact::new("Weekend", weekend(view, calendar)),
            Fact::new("Holidays", blocks::count(calendar.holidays.len())),
            Fact::new("A date on such a day", roll),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        vec![blocks::section(
            "holidays",
            "Holidays",
            [holidays(view, doc.fields)],
        )]
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        let calendar = doc.fields;
        vec![
            view.document(doc.id),
            weekend(view, calendar),
            blocks::count(calendar.holidays.len()),
            next(view, doc.id),
        ]
    }
}

/// Returns the weekdays on which nobody works; without a word, Saturday and Sunday (content model, `calendar`).
fn weekend<'p>(view: &View<'p>, calendar: &'p Calendar) -> Value<'p> {
    match calendar.weekend.as_slice() {
        [] => Value::list([Value::word("Saturday"), Value::word("Sunday")]),
        days => Value::list(days.iter().map(|day| view.choice(Some(day)))),
    }
}

/// Returns the next holiday and what is celebrated.
fn next<'p>(view: &View<'p>, id: DocId) -> Value<'p> {
    let calendar = view.portal.plan.calendar(id);
    let next = calendar.and_then(|calendar| calendar.holidays.range(view.as_of()..).next());
    next.map_or(Value::Empty, |(day, title)| {
        blocks::several([view.day(*day), Value::from(title.as_str())])
    })
}

/// Returns the holidays, year by year.
fn holidays<'p>(view: &View<'p>, calendar: &'p Calendar) -> Option<Block<'p>> {
    let year = |holiday: &Holiday| {
        let days = holiday.date.as_ref().and_then(|date| date.days());
        days.map(|days| (days.first.0.year(), days.first))
    };
    let mut holidays: Vec<_> = calendar
        .holidays
        .iter()
        .map(|holiday| &holiday.value)
        .collect();
    holidays.sort_by_key(|holiday| year(holiday));
    let mut table = Table::new(
        "Holidays by year",
        ["Day", "Holiday", "Repeats", "But not on"],
    );
    for in_year in holidays
        .chunk_by(|one, other| year(one).map(|(year, _)| year) == year(other).map(|(year, _)| year))
    {
        if let Some((year, _)) = in_year.first().and_then(|holiday| year(holiday)) {
            table.group(year.to_string());
        }
        for holiday in in_year {
            table.row(row(view, holiday));
        }
    }
    blocks::told(table)
}

fn row<'p>(view: &View<'p>, holiday: &'p Holiday) -> [Value<'p>; 4] {
    [
        view.when(holiday.date.as_ref()),
        view.text(holiday.title.as_ref()),
        repeats(view, holiday.repeats.as_ref()),
        Value::list(holiday.except.iter().map(|day| view.when(Some(day)))),
    ]
}
