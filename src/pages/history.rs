//! What moved in the plan: since last week first, then commit by commit, newest first. Each line names the document, says
//! what the change comes to, and stands below who made it, when and why.

mod words;

use std::collections::BTreeSet;

use super::blocks;
use super::frame::{Layout, Page, shell_of_list};
use super::listing::{pages, thing};
use super::parts::{
    Answer, Block, Document, Empty, Fact, Link, Person, Section, State, Table, Value,
};
use super::sections::{gate_state, title as gate_title};
use super::story::{Line, Seen, anchor, short};
use super::{Portal, Route, Subject, View};
use crate::diff::{MOST_COMMITS, Meaning, Moved, Reach};
use crate::plan::address::{HISTORY, page_address};
use crate::plan::kinds::person;
use crate::time::Day;

pub use words::sentences;

/// How many days count as the last week.
pub const WEEK: i64 = 7;

/// Returns the pages of the history; one when there is none.
pub(super) fn routes<'p>(portal: &'p Portal<'_>) -> impl Iterator<Item = Route> + 'p {
    (1..=portal.story().page_count()).map(|number| Route {
        path: page_address(HISTORY, number),
        subject: Subject::History(number),
    })
}

/// Returns the page.
pub(super) fn layout<'p>(view: &View<'p>, number: usize) -> Layout<'p> {
    context(view, number).with("document.html")
}

fn context<'p>(view: &View<'p>, number: usize) -> Page<'p> {
    let story = view.portal.story();
    let about = "What moved in the plan, by how much, by whom and why";
    let shell = shell_of_list(view, "history", "History of the plan", about, number);
    let since = since(view);
    let shown = story.page(number);
    let recent = shown.partition_point(|seen| seen.day >= since);
    let (recent, earlier) = shown.split_at(recent);
    let mut document = Document {
        pages: pages(view, number, story.page_count(), |number| {
            page_address(HISTORY, number)
        }),
        ..Document::default()
    };
    if number == 1 {
        let week = story.since(since);
        document.answers = vec![moved(view, week), dates(view, week), last(view)];
        document.sections.extend(gates(view));
    }
    if number == 1 || !recent.is_empty() {
        document.sections.push(week_section(view, recent));
    }
    if !earlier.is_empty() {
        let table = table(view, "What moved before, by commit", earlier);
        let section = Section::new("earlier", "Before that");
        document.sections.push(section.block(Block::Table(table)));
    }
    if number == story.page_count() {
        document.sections.extend(end(view));
    }
    Page { shell, document }
}

/// Returns the first day of the last week.
fn since(view: &View<'_>) -> Day {
    view.as_of().plus(-WEEK).unwrap_or(view.as_of())
}

/// How much moved in the last week.
fn moved<'p>(view: &View<'p>, week: &[Seen<'p>]) -> Answer<'p> {
    let paths = week.iter().flat_map(|seen| &seen.paths);
    let documents = paths.collect::<BTreeSet<_>>().len();
    let value: Value<'p> = match documents {
        0 => State::new("on-track").worded("Nothing moved").into(),
        _ => view
            .plural("1 document changed", "{n} documents changed", documents)
            .into(),
    };
    let commits = view.plural("in 1 commit", "in {n} commits", week.len());
    let day = Value::list([Value::word("Since"), view.day(since(view)).bare()]);
    let details = match week.len() {
        0 => vec![day],
        _ => vec![commits.into(), day],
    };
    Answer::new(("moved-since", "Since last week"), value, details)
}

/// Which dates moved in the last week, and the one that moved furthest.
fn dates<'p>(view: &View<'p>, week: &[Seen<'p>]) -> Answer<'p> {
    let named = ("dates-moved", "Dates that moved");
    let lines = week.iter().flat_map(|seen| &seen.lines);
    let moves: Vec<_> = lines
        .filter_map(|line| match line {
            Line::Field(change, id, edit) => match edit.meaning {
                Meaning::Moved(days) => Some((days, *change, *id, *edit)),
                _ => None,
            },
            _ => None,
        })
        .collect();
    let Some((_, change, id, edit)) = moves.iter().max_by_key(|(days, ..)| days.abs()) else {
        let state = State::new("on-track").worded("No date moved");
        return Answer::new(named, state, Vec::new());
    };
    let count = view.plural("1 date moved", "{n} dates moved", moves.len());
    let furthest = Value::list([
        words::name(view, change, *id),
        words::meaning(view, change, edit).into(),
    ]);
    Answer::new(named, count, vec![furthest])
}

/// Who changed the plan last, and why.
fn last<'p>(view: &View<'p>) -> Answer<'p> {
    let named = ("last-change", "Last change");
    match view.portal.story().commits.first() {
        None => Answer::new(named, Value::word("None"), Vec::new()),
        Some(seen) => Answer::new(
            named,
            view.day(seen.day),
            vec![
                author(view, seen.moved),
                seen.moved.commit.subject.as_str().into(),
            ],
        ),
    }
}

/// Which gates opened or closed in the last week.
fn gates<'p>(view: &View<'p>) -> Option<Section<'p>> {
    let plan = view.portal.plan;
    let columns = ["Gate", "Train or release", "Before", "Now"];
    let mut table = Table::new("Gates that opened or closed since last week", columns);
    for moved in &view.portal.chronicle()?.gates {
        let course = plan.find(moved.kind, &moved.id);
        let Some(course) = course.filter(|&id| view.portal.path(id).is_some()) else {
            continue;
        };
        let Some(result) = view.portal.progress.gate(course, &moved.gate) else {
            continue;
        };
        table.row([
            thing(
                view,
                course,
                &blocks::anchored("gate", result.gate.id),
                gate_title(result),
            ),
            view.document(course),
            State::new(moved.before.word()).into(),
            gate_state(view, result).into(),
        ]);
    }
    let section = Section::new("gates", "Gates that moved");
    (!table.is_empty()).then(|| section.block(Block::Table(table)))
}

fn week_section<'p>(view: &View<'p>, recent: &[Seen<'p>]) -> Section<'p> {
    let table = table(view, "What moved since last week, by commit", recent);
    Section::new("week", "Since last week").table(table, empty(view))
}

/// What stands where nothing moved.
fn empty<'p>(view: &View<'p>) -> Empty<'p> {
    match view.portal.chronicle().map(|of| of.reach) {
        None => {
            let how = "Keep the plan in git and build it in a checkout: each commit is told here, by whom and why.";
            Empty::new(
                "This portal was not built in a git checkout",
                Some(view.prose(how)),
            )
        }
        Some(_) => {
            let day = view.portal.dates().day(since(view).0).text;
            let fact = view
                .portal
                .locale
                .phrase("No change since {date}", &[("date", &day)]);
            Empty::new(fact, None)
        }
    }
}

/// Returns the table of `commits`, a group of rows for each.
fn table<'p>(view: &View<'p>, caption: &'static str, commits: &[Seen<'p>]) -> Table<'p> {
    let columns = ["Document", "What", "Before", "After", "What it means"];
    let mut table = Table::new(caption, columns);
    for seen in commits {
        table.group(heading(view, seen).bare());
        for (at, line) in seen.lines.iter().enumerate() {
            let cells = words::cells(view, line);
            match at {
                0 => table.anchored_row(anchor(seen.moved), cells),
                _ => table.row(cells),
            }
        }
    }
    table
}

/// When a commit was made, by whom and why.
fn heading<'p>(view: &View<'p>, seen: &Seen<'p>) -> Value<'p> {
    Value::list([
        view.day(seen.day),
        author(view, seen.moved),
        seen.moved.commit.subject.as_str().into(),
        commit(view, seen.moved),
    ])
}

/// Returns the author of a commit: the person of the plan with that address for mail, else the name that git has.
pub(super) fn author<'p>(view: &View<'p>, moved: &'p Moved) -> Value<'p> {
    let plan = view.portal.plan;
    let is_author = |person: &person::Person| {
        let email = person.email.as_ref();
        email.is_some_and(|email| email.value.eq_ignore_ascii_case(&moved.email))
    };
    let mut people = plan.all::<person::Person>();
    let known = people.find(|person| is_author(person.fields));
    match known.filter(|person| view.portal.path(person.id).is_some()) {
        Some(person) => view.document(person.id),
        None => Person {
            name: moved.commit.author.as_str().into(),
            href: None,
            role: None,
        }
        .into(),
    }
}

/// Returns the short name of a commit, linked where the plan says where its repository is.
pub(super) fn commit<'p>(view: &View<'p>, moved: &'p Moved) -> Value<'p> {
    let repository = view.portal.plan.config.repository.as_ref();
    let url = repository.and_then(|repository| repository.url.as_ref());
    match url {
        None => Value::code(short(moved)),
        Some(url) => {
            let url = url.value.0.trim_end_matches('/').trim_end_matches(".git");
            Link::new(format!("{url}/commit/{}", moved.commit.id), short(moved)).into()
        }
    }
}

/// Says why nothing older is told; none when there is nothing older.
fn end<'p>(view: &View<'p>) -> Option<Section<'p>> {
    let why = match view.portal.chronicle()?.reach {
        Reach::Beginning => return None,
        Reach::Shallow => Value::list([
            Value::word("Older commits were not fetched for this build"),
            view.prose("`git fetch --unshallow`, or `fetch-depth: 0` in a pipeline")
                .into(),
        ]),
        Reach::Limit => view
            .counted("The newest {n} commits are told", MOST_COMMITS)
            .into(),
    };
    let section = Section::new("end", "Where the history ends");
    Some(section.block(Block::Facts(vec![Fact::new("Why", why)])))
}
