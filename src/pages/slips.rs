//! The slips: how far each date of the plan is from where it was first, the worst first; how often it moved, and who moved
//! it last and why. Without a history it tells what came on another day than planned.

use super::frame::{Layout, Page, shell_of_list};
use super::listing::pages;
use super::parts::{Answer, Document, Empty, Section, State, Table, Value};
use super::{Portal, Route, Subject, View};
use crate::diff::{Reach, Slip};
use crate::plan::address::{SLIPS, page_address};
use crate::time::Date;

/// How many slips stand on one page.
const ROWS: usize = 60;

/// What the table shows.
const CAPTION: &str = "Dates that are not where they were first";

/// Returns the pages of the slips; one when there is none.
pub(super) fn routes<'p>(portal: &'p Portal<'_>) -> impl Iterator<Item = Route> + 'p {
    let count = portal.slips().len().div_ceil(ROWS).max(1);
    (1..=count).map(|number| Route {
        path: page_address(SLIPS, number),
        subject: Subject::Slips(number),
    })
}

/// Returns the page.
pub(super) fn layout<'p>(view: &View<'p>, number: usize) -> Layout<'p> {
    context(view, number).with("document.html")
}

fn context<'p>(view: &View<'p>, number: usize) -> Page<'p> {
    let all = view.portal.slips();
    let about = "How far each date of the plan is from where it was first, the worst first";
    let shell = shell_of_list(view, "slips", "Slips", about, number);
    let shown = all.chunks(ROWS).nth(number - 1).unwrap_or_default();
    let columns = [
        "What",
        "Train or release",
        "First planned",
        "Planned now",
        "Came",
        "Slip",
        "Times moved",
        "Last moved",
    ];
    let mut table = Table::new(CAPTION, columns);
    for slip in shown {
        table.row(row(view, slip));
    }
    let empty = Empty::new("Every date is where it was first", None);
    let blocks = super::blocks::told(table);
    let block = blocks.unwrap_or(super::parts::Block::Empty(empty));
    let mut document = Document {
        sections: vec![Section::new("all", CAPTION).block(block)],
        pages: pages(view, number, all.len().div_ceil(ROWS), |number| {
            page_address(SLIPS, number)
        }),
        ..Document::default()
    };
    if number == 1 {
        document.answers = vec![worst(view, all), moved(view, all), compared(view)];
    }
    Page { shell, document }
}

/// The date that slipped most.
fn worst<'p>(view: &View<'p>, all: &[Slip<'p>]) -> Answer<'p> {
    let named = ("worst-slip", "Worst slip");
    match all.first().filter(|slip| slip.days > Some(0)) {
        None => Answer::new(
            named,
            State::new("on-track").worded("Nothing slipped"),
            vec![view.day(view.as_of()).bare()],
        ),
        Some(slip) => Answer::new(
            named,
            days(view, slip),
            vec![what(view, slip), day(view, &slip.planned)],
        ),
    }
}

/// How many dates moved.
fn moved<'p>(view: &View<'p>, all: &[Slip<'p>]) -> Answer<'p> {
    let later = all.iter().filter(|slip| slip.days > Some(0)).count();
    let earlier = all.iter().filter(|slip| slip.days < Some(0)).count();
    let count = |pattern, count: usize| -> Value<'p> { view.counted(pattern, count).into() };
    let details = vec![count("{n} earlier", earlier)];
    Answer::new(
        ("slipped", "Later"),
        count("{n} dates later", later),
        details,
    )
}

/// With what the dates are compared.
fn compared<'p>(view: &View<'p>) -> Answer<'p> {
    let (what, how) = match view.portal.chronicle().map(|of| of.reach) {
        None => (
            "With what is planned now",
            "This portal was not built in a git checkout, so earlier plans are not known",
        ),
        Some(Reach::Beginning) => ("With the first commit that has the date", ""),
        Some(Reach::Shallow | Reach::Limit) => (
            "With the first commit that is known",
            "Older commits were not read for this build",
        ),
    };
    let details = [how].into_iter().filter(|how| !how.is_empty());
    let details = details.map(Value::word);
    Answer::new(("baseline", "Compared"), Value::word(what), details)
}

fn row<'p>(view: &View<'p>, slip: &Slip<'p>) -> [Value<'p>; 8] {
    let belongs = view.portal.plan.document(slip.document).belongs;
    let owner = belongs.release.or(belongs.train);
    let owner = owner.filter(|owner| *owner != slip.document);
    let of = view.of(slip.document);
    let last = slip
        .last
        .map(|commit| [&commit.author, &commit.subject].map(|said| Value::from(said.as_str())));
    [
        what(view, slip),
        owner.map_or(Value::Empty, |owner| view.document(owner)),
        day(&of, &slip.baseline),
        day(&of, &slip.planned),
        slip.actual
            .as_ref()
            .map_or(Value::Empty, |actual| day(&of, actual)),
        days(view, slip),
        match slip.moves {
            0 => Value::Empty,
            moves => super::blocks::count(moves),
        },
        last.map_or(Value::Empty, Value::list),
    ]
}

/// Returns a date without its time of day: slips are told in days.
fn day<'p>(view: &View<'p>, date: &Date) -> Value<'p> {
    match date {
        Date::Moment(moment) => view.day(moment.day()),
        other => view.date(other),
    }
}

/// Returns what slipped: a document, or the start of a stage of it.
fn what<'p>(view: &View<'p>, slip: &Slip<'p>) -> Value<'p> {
    let document = view.document(slip.document);
    match slip.stage {
        None => document,
        Some(stage) => Value::list([document, Value::Word(State::new(stage).word)]),
    }
}

/// Returns how far a date slipped, as a state.
fn days<'p>(view: &View<'p>, slip: &Slip<'p>) -> Value<'p> {
    match slip.days {
        None => Value::Empty,
        Some(0) => State::new("on-track").worded("As first planned").into(),
        Some(days) if days < 0 => State::new("moved-earlier")
            .worded(view.plural("1 day earlier", "{n} days earlier", -days))
            .into(),
        Some(days) => State::new("slipped")
            .worded(view.plural("1 day later", "{n} days later", days))
            .into(),
    }
}
