//! How a change is told: the document, the field, what stood there, what stands there now, and what that means.

use crate::diff::{Change, Content, Edit, Fate, Meaning, Step};
use crate::load::CONFIG;
use crate::markdown;
use crate::pages::frame::capitalised;
use crate::pages::parts::{State, Tone, Value};
use crate::pages::portal::HOME;
use crate::pages::story::{Line, Seen};
use crate::pages::{Portal, View};
use crate::plan::{DocId, Kind};
use crate::time::{Date, Until};

/// Returns the cells of `line`: document, field, before, after, meaning.
pub(super) fn cells<'p>(view: &View<'p>, line: &Line<'p>) -> [Value<'p>; 5] {
    let nothing = || Value::Empty;
    match line {
        Line::Whole(change, id) => {
            let (before, meaning) = whole(change);
            let name = name(view, change, *id);
            [name, kind(change), before, nothing(), meaning.into()]
        }
        Line::Field(change, id, edit) => [
            name(view, change, *id),
            field(view, &edit.field).into(),
            content(view, *id, &edit.before),
            content(view, *id, &edit.after),
            meaning(view, change, edit).into(),
        ],
        Line::MoreFields(change, id, count) => {
            let more = Value::from(view.counted("and {n} more fields", count));
            let name = name(view, change, *id);
            [
                name,
                more,
                nothing(),
                nothing(),
                State::new("changed").into(),
            ]
        }
        Line::Added(count) => {
            let state = State::new("added").into();
            let documents = Value::from(view.counted("{n} documents", count));
            [documents, nothing(), nothing(), nothing(), state]
        }
        Line::Removed(count) => {
            let state = State::new("removed").into();
            let documents = Value::from(view.counted("{n} documents", count));
            [documents, nothing(), nothing(), nothing(), state]
        }
        Line::More(count) => {
            let more = Value::from(view.counted("and {n} more changes", count));
            [more, nothing(), nothing(), nothing(), nothing()]
        }
    }
}

/// Returns the document, as a link where it still is.
pub(super) fn name<'p>(view: &View<'p>, change: &'p Change, id: Option<DocId>) -> Value<'p> {
    match id {
        Some(id) => view.document(id),
        None if change.path == CONFIG => Value::word("Settings of the plan"),
        None => change.title.as_str().into(),
    }
}

fn kind<'p>(change: &Change) -> Value<'p> {
    match change.kind {
        Some(kind) => Value::word(capitalised(kind.one())),
        None => Value::Empty,
    }
}

/// Returns what a document was called, and what became of it.
fn whole<'p>(change: &'p Change) -> (Value<'p>, State<'p>) {
    match &change.fate {
        Fate::Added => (Value::Empty, State::new("added")),
        Fate::Removed => (Value::Empty, State::new("removed").toned(Tone::Warn)),
        Fate::Renamed { from } => (Value::code(from.as_str()), State::new("renamed")),
        Fate::Unreadable => (Value::Empty, unreadable()),
        Fate::Changed => (Value::Empty, State::new("changed")),
    }
}

fn unreadable<'p>() -> State<'p> {
    let state = State::new("unreadable").worded("Changed, could not be read then");
    state.toned(Tone::Warn)
}

/// Returns the way to a field in words: `Gates › Scoping › Due`.
pub(super) fn field(view: &View<'_>, steps: &[Step]) -> String {
    let locale = view.portal.locale;
    let mut words = Vec::new();
    let mut above = "";
    for step in steps {
        match step {
            Step::Field(name) => {
                let field = capitalised(&name.replace('_', " "));
                words.push(locale.word(&field).to_owned());
                above = name;
            }
            // A stage is named as everywhere else.
            Step::Item(name) if matches!(above, "schedule" | "gates") => {
                let stage = State::new(name.as_str()).word;
                words.push(locale.word(&stage).to_owned());
                above = "";
            }
            Step::Item(name) => words.push(name.clone()),
        }
    }
    words.join(" › ")
}

/// Returns what stands in a field of the document `id`.
fn content<'p>(view: &View<'p>, id: Option<DocId>, content: &'p Content) -> Value<'p> {
    let view = &id.map_or(*view, |id| view.of(id));
    match content {
        Content::Nothing => Value::Empty,
        Content::Date(date) => view.date(date),
        Content::Period(interval) => view.interval(interval),
        Content::Word(word) => {
            let state = State::new(word.as_str());
            match state.tone {
                Tone::Quiet => Value::Word(state.word),
                _ => state.into(),
            }
        }
        Content::Code(code) => Value::code(code.as_str()),
        Content::Reference(kinds, id) => match meant(view, kinds, id) {
            Some(id) => view.document(id),
            None => Value::code(id.as_str()),
        },
        Content::Text(text) => markdown::plain(text).into(),
        Content::Many(all) => Value::list(all.iter().map(|one| self::content(view, id, one))),
    }
}

/// Returns the published document of one of `kinds` that `written` still means.
fn meant(view: &View<'_>, kinds: &[Kind], written: &str) -> Option<DocId> {
    let (kinds, id) = match written.split_once(':') {
        Some((kind, id)) => (vec![Kind::named(kind)?], id),
        None => (kinds.to_vec(), written),
    };
    let mut found = kinds
        .iter()
        .filter_map(|&kind| view.portal.plan.find(kind, id));
    found.find(|&id| view.portal.path(id).is_some())
}

/// Returns what an edit comes to.
pub(super) fn meaning<'p>(view: &View<'p>, change: &Change, edit: &Edit) -> State<'p> {
    let is_freeze = change.kind == Some(Kind::Freeze);
    match edit.meaning {
        Meaning::Moved(days) if days < 0 => State::new("moved-earlier").worded(view.plural(
            "1 day earlier",
            "{n} days earlier",
            -days,
        )),
        Meaning::Moved(days) => {
            State::new("slipped").worded(view.plural("1 day later", "{n} days later", days))
        }
        Meaning::Retimed => State::new("changed").worded("Other time of day"),
        Meaning::Settled => State::new("settled").worded("Date settled"),
        Meaning::Opened => State::new("reopened").worded("Date open again"),
        Meaning::Widened(days) if is_freeze => State::new("widened")
            .worded(view.plural(
                "Freeze widened by 1 day",
                "Freeze widened by {n} days",
                days,
            ))
            .toned(Tone::Warn),
        Meaning::Narrowed(days) if is_freeze => State::new("narrowed").worded(view.plural(
            "Freeze narrowed by 1 day",
            "Freeze narrowed by {n} days",
            days,
        )),
        Meaning::Widened(days) => {
            State::new("widened").worded(view.plural("1 day longer", "{n} days longer", days))
        }
        Meaning::Narrowed(days) => {
            State::new("narrowed").worded(view.plural("1 day shorter", "{n} days shorter", days))
        }
        Meaning::Entered => State::new("entered")
            .worded("Stage entered")
            .toned(Tone::Active),
        Meaning::Decided => decided(&edit.after),
        Meaning::Withdrawn => State::new("withdrawn")
            .worded("Decision withdrawn")
            .toned(Tone::Bad),
        Meaning::Waived => State::new("waived"),
        Meaning::Added => State::new("added"),
        Meaning::Removed => State::new("removed"),
        Meaning::Changed => State::new("changed"),
        Meaning::Reworded => State::new("reworded"),
        Meaning::Unreadable => unreadable(),
    }
}

/// Returns the state that the word of a decision stands for.
fn decided<'p>(after: &Content) -> State<'p> {
    match after {
        Content::Word(word) => State::new(word.clone()),
        Content::Many(all) => all.first().map_or(State::new("changed"), decided),
        _ => State::new("changed"),
    }
}

/// Returns what `seen` changed, a sentence for each line, in plain text.
pub fn sentences(portal: &Portal<'_>, seen: &Seen<'_>) -> Vec<String> {
    let view = View::new(portal, HOME);
    seen.lines
        .iter()
        .map(|line| sentence(&view, line))
        .collect()
}

fn sentence(view: &View<'_>, line: &Line<'_>) -> String {
    let locale = view.portal.locale;
    let told = |state: State<'_>| locale.word(&state.word).to_owned();
    let title = |change: &Change, id: &Option<DocId>| match id {
        Some(id) => view.portal.plan.document(*id).title.to_string(),
        None if change.path == CONFIG => locale.word("Settings of the plan").to_owned(),
        None => change.title.clone(),
    };
    match line {
        Line::Whole(change, id) => {
            let (_, state) = whole(change);
            format!("{}: {}", title(change, id), told(state))
        }
        Line::Field(change, id, edit) => {
            let (before, after) = (text(view, &edit.before), text(view, &edit.after));
            let values = match (before.is_empty(), after.is_empty()) {
                (true, true) => String::new(),
                (false, true) => format!(" ({before})"),
                (true, false) => format!(" ({after})"),
                (false, false) => format!(" ({before} → {after})"),
            };
            let field = field(view, &edit.field);
            let meaning = told(meaning(view, change, edit));
            format!("{}: {field}: {meaning}{values}", title(change, id))
        }
        Line::MoreFields(change, id, count) => {
            let more = view.counted("and {n} more fields", count);
            format!("{}: {more}", title(change, id))
        }
        Line::Added(count) => {
            let documents = view.counted("{n} documents", count);
            format!("{documents}: {}", told(State::new("added")))
        }
        Line::Removed(count) => {
            let documents = view.counted("{n} documents", count);
            format!("{documents}: {}", told(State::new("removed")))
        }
        Line::More(count) => view.counted("and {n} more changes", count),
    }
}

/// Returns what stands in a field, in plain text.
fn text(view: &View<'_>, content: &Content) -> String {
    let day = |date: &Date| match date.days().and_then(|days| days.exact()) {
        Some(day) if matches!(date, Date::Day(_)) => view.portal.dates().day(day.0).text,
        _ => date.to_string(),
    };
    match content {
        Content::Nothing => String::new(),
        Content::Date(date) => day(date),
        Content::Period(interval) => match interval.until() {
            Until::Date(to) => format!("{} – {}", day(interval.from()), day(to)),
            Until::After(_) => interval.to_string(),
        },
        Content::Word(word) => {
            let word = State::new(word.as_str()).word;
            view.portal.locale.word(&word).to_owned()
        }
        Content::Code(code) => code.clone(),
        Content::Reference(kinds, id) => meant(view, kinds, id).map_or_else(
            || id.clone(),
            |id| view.portal.plan.document(id).title.to_string(),
        ),
        Content::Text(words) => markdown::plain(words),
        Content::Many(all) => {
            let all: Vec<String> = all.iter().map(|one| text(view, one)).collect();
            all.join(", ")
        }
    }
}
