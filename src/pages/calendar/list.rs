//! What takes place, as lists: of the same rank as the grids.

use std::collections::BTreeMap;

use crate::pages::agenda::{Happening, Sort};
use crate::pages::blocks;
use crate::pages::deployment::scope_words;
use crate::pages::listing::referrers;
use crate::pages::parts::{Block, Empty, Fact, Section, State, Table, Tone, Value};
use crate::pages::view::View;
use crate::plan::DocId;
use crate::plan::kinds::exception::{Exception, RulingResult};
use crate::plan::kinds::freeze::Freeze;
use crate::plan::kinds::milestone::Milestone;
use crate::plan::kinds::turnover::Turnover;
use crate::schedule::Freezing;
use crate::time::{DayRange, weekday_name};

/// How many rows the list of a month has before the rest is only counted.
const MOST_ROWS: usize = 100;

/// On how many days of a month a window opens before its weekdays are told instead of its days.
pub(super) const MOST_DAYS: usize = 6;

/// Returns the list of what takes place in the month of the days `days`.
pub(super) fn agenda<'p>(view: &View<'p>, days: DayRange, happenings: &[Happening]) -> Section<'p> {
    let columns = ["What", "When", "Sort"];
    let mut table = Table::new("What takes place, in order", columns);
    let once = happenings.iter().filter(|of| of.sort != Sort::Window);
    for of in once {
        table.row([view.document(of.id), when(view, of), state(of.sort).into()]);
    }
    let mut openings: BTreeMap<DocId, Vec<DayRange>> = BTreeMap::new();
    for of in happenings.iter().filter(|of| of.sort == Sort::Window) {
        openings.entry(of.id).or_default().push(of.days);
    }
    for (id, opened) in openings {
        let when = opened_on(view, days, &opened);
        table.row([view.document(id), when, state(Sort::Window).into()]);
    }
    let rest = table.cap(MOST_ROWS);
    let more = (rest > 0).then(|| {
        let words = view.counted("and {n} more", rest);
        Block::List(vec![words.into()])
    });
    let empty = (!happenings.iter().any(|of| of.sort.is_freeze()))
        .then(|| Block::Empty(Empty::new("No freeze this month", None)));
    let next = empty.as_ref().and_then(|_| next(view, days));
    blocks::section("agenda", "Agenda", [empty, next, blocks::told(table), more])
}

/// Returns the list of the freezes of the year of the days `days`.
pub(super) fn freezes<'p>(
    view: &View<'p>,
    days: DayRange,
    happenings: &[Happening],
) -> Section<'p> {
    let columns = [
        "Freeze",
        "When",
        "Severity",
        "Covers",
        "Reason",
        "Exceptions granted",
    ];
    let mut table = Table::new("Freezes of the year", columns);
    for of in happenings.iter().filter(|of| of.sort.is_freeze()) {
        let Some(freeze) = view.portal.plan.get::<Freeze>(of.id) else {
            continue;
        };
        let own = view.of(of.id);
        let granted = referrers::<Exception>(view, of.id, "freeze")
            .filter(|exception| is_granted(exception, of.days));
        table.row([
            view.document(of.id),
            when(view, of),
            state(of.sort).into(),
            scope_words(&own, freeze.fields.scope.as_ref()),
            own.text(freeze.fields.reason.as_ref()),
            Value::list(granted.map(|exception| view.document(exception.id))),
        ]);
    }
    let told = blocks::told(table)
        .unwrap_or_else(|| Block::Empty(Empty::new("No freeze this year", None)));
    let next = matches!(told, Block::Empty(_))
        .then(|| next(view, days))
        .flatten();
    blocks::section("freezes", "Freezes", [Some(told), next])
}

/// Returns whether `exception` was granted for the occurrence of its freeze on the days `days`.
fn is_granted(exception: &Exception, days: DayRange) -> bool {
    let Some(ruling) = &exception.decision else {
        return false;
    };
    let result = ruling.result.as_ref().map(|result| result.value);
    let decided = ruling.date.as_ref().and_then(|date| date.days());
    let expires = exception.expires.as_ref().and_then(|date| date.days());
    result == Some(RulingResult::Approved)
        && decided.is_none_or(|decided| decided.first <= days.last)
        && expires.is_none_or(|expires| expires.last >= days.first)
}

/// Returns the days of what takes place; what is coarse is told as it was written.
fn when<'p>(view: &View<'p>, of: &Happening) -> Value<'p> {
    let (own, plan) = (view.of(of.id), view.portal.plan);
    if let Some(turnover) = plan.get::<Turnover>(of.id) {
        return own.period(view.portal.schedule.period(turnover));
    }
    if of.is_exact {
        let (first, last) = (of.days.first.0, of.days.last.0);
        return view.portal.dates().days(first, last).into();
    }
    let milestone = plan.get::<Milestone>(of.id);
    own.when(milestone.and_then(|milestone| milestone.fields.due.as_ref()))
}

/// Returns the days on which a window opens in the month of the days `days`: by weekday where there are many.
fn opened_on<'p>(view: &View<'p>, days: DayRange, opened: &[DayRange]) -> Value<'p> {
    let locale = view.portal.locale;
    if opened.len() <= MOST_DAYS {
        return Value::list(opened.iter().map(|of| view.day(of.first).bare()));
    }
    let mut weekdays: Vec<_> = opened.iter().map(|of| of.first.weekday()).collect();
    weekdays.sort_by_key(|day| day.to_monday_zero_offset());
    weekdays.dedup();
    let whole = i64::try_from(opened.len()).unwrap_or(0) == days.count();
    let names = weekdays
        .into_iter()
        .map(|day| locale.word(weekday_name(day)));
    let names: Vec<_> = names.collect();
    let words = match whole {
        true => return Value::word("every day"),
        false => locale.phrase(
            "{n} times: {days}",
            &[("n", &opened.len()), ("days", &names.join(", "))],
        ),
    };
    words.into()
}

fn state<'p>(sort: Sort) -> State<'p> {
    let tone = match sort {
        Sort::Hard => Tone::Bad,
        Sort::Soft => Tone::Warn,
        Sort::Deployment => Tone::Active,
        Sort::Milestone | Sort::Window => Tone::Quiet,
    };
    State::new(sort.slug()).worded(sort.word()).toned(tone)
}

/// Returns the freeze that comes first after the days `days`, for where there is none in them.
fn next<'p>(view: &View<'p>, days: DayRange) -> Option<Block<'p>> {
    let Freezing { freeze, days } = view.portal.schedule.next_freeze(days.last)?;
    let when = view.portal.dates().days(days.first.0, days.last.0);
    let value = Value::list([view.document(freeze.id), when.into()]);
    blocks::facts([Fact::new("Next is", value)])
}
