//! The home page: what ships next, what is frozen, what needs attention, the latest notes, and where each train stands.

use super::frame::{Layout, Page};
use super::freezing::{frozen_now, next_freeze};
use super::parts::{Answer, Block, Document, Empty, Link, Section, Shell, State, Table, Value};
use super::portal::HOME;
use super::sections::{
    blocked_table, due_link, due_where, next_date, obstacle, shown, stopped, verdict,
};
use super::{Route, Subject, View};
use crate::lifecycle::{Blocked, Due};
use crate::plan::address::{ATTENTION, REPORTS, page_address, schedule_address, year_address};
use crate::plan::kinds::note::Note;
use crate::plan::kinds::train::Train;
use crate::plan::{Doc, DocId, Kind};
use crate::schedule::{self, Deployment};

/// How many rows each list of the home page has before the rest is left to its own page.
const ROWS: usize = 8;

/// Returns the route of the page.
pub(super) fn route() -> Route {
    Route {
        path: HOME.to_owned(),
        subject: Subject::Plan,
    }
}

/// Returns the page.
pub(super) fn layout<'p>(view: &View<'p>) -> Layout<'p> {
    context(view).with("home.html")
}

fn context<'p>(view: &View<'p>) -> Page<'p> {
    let plan = view.portal.plan;
    let title = plan
        .config
        .title
        .as_ref()
        .map_or("Release plan", |title| &*title.value);
    let mut shell = Shell::new("home", view.path, title);
    shell.window_title = format!("{title} · Home").into();
    shell.description = format!("Release trains, freeze periods and deployments of {title}").into();
    let deployments = schedule::next_deployments(plan, view.as_of());
    let stopped = stopped(view);
    let late = shown(view, view.portal.progress.late());
    let answers = vec![
        next_release(view, &deployments),
        frozen_now(view),
        next_freeze(view),
        blocked(view, &stopped),
        overdue(view, &late),
        latest_note(view),
    ];
    let sections = vec![
        trains(view),
        coming(view, &deployments),
        stopped_things(view, &stopped),
        late_things(view, &late),
        notes(view),
    ];
    Page {
        shell,
        document: Document {
            answers,
            sections,
            ..Document::default()
        },
    }
}

/// What ships next: the next production deployment, else the next train that has a date.
fn next_release<'p>(view: &View<'p>, deployments: &[Deployment<'p>]) -> Answer<'p> {
    let (slug, label) = ("next-release", "Next release");
    let Some(next) = deployments.first() else {
        return next_train(view, slug, label);
    };
    let turnover = next.turnover;
    let what = turnover
        .document
        .belongs
        .release
        .or(turnover.document.belongs.train)
        .unwrap_or(turnover.id);
    let mut details = vec![
        view.of(turnover.id)
            .period(turnover.fields.planned.as_ref()),
        view.document(turnover.id),
    ];
    details.extend(readiness(view, turnover.document.belongs.train));
    let state = view.portal.plan.stage_of(what).map(State::new);
    Answer {
        state,
        ..Answer::new((slug, label), view.document(what), details)
    }
}

/// Which train is next, where no deployment is planned.
fn next_train<'p>(view: &View<'p>, slug: &'static str, label: &'static str) -> Answer<'p> {
    let Some(train) = on_their_way(view).next() else {
        return Answer::new(
            (slug, label),
            Value::word("No deployment is planned"),
            vec![view.index(Kind::Train).into()],
        );
    };
    let state = view.portal.plan.stage_of(train.id).map(State::new);
    let mut details = vec![next_date(&view.of(train.id), train.into())];
    details.extend(readiness(view, Some(train.id)));
    Answer {
        state,
        ..Answer::new((slug, label), view.document(train.id), details)
    }
}

/// Returns whether the train may go, and a link to the sheet on which that is decided.
fn readiness<'p>(view: &View<'p>, train: Option<DocId>) -> Option<Value<'p>> {
    let train = train.filter(|train| view.portal.path(*train).is_some())?;
    let sheet = view.portal.plan.readiness_address(train);
    let sheet = Link::new(view.href(&sheet), view.portal.locale.word("Readiness"));
    Some(Value::list([
        Value::from(verdict(view, train)),
        sheet.into(),
    ]))
}

/// Returns the trains that are under way, the next one first.
fn on_their_way<'p>(view: &View<'p>) -> impl Iterator<Item = Doc<'p, Train>> + use<'p> {
    let plan = view.portal.plan;
    let trains = view
        .portal
        .index_of(Kind::Train)
        .iter()
        .filter_map(|&id| plan.get::<Train>(id));
    trains.filter(|train| plan.is_under_way(train.id))
}

/// How much is stopped.
fn blocked<'p>(view: &View<'p>, stopped: &[Blocked<'p>]) -> Answer<'p> {
    let (slug, label) = ("blocked", "Blocked");
    let Some(first) = stopped.first() else {
        return Answer::new(
            (slug, label),
            State::new("on-track").worded("Nothing is blocked"),
            Vec::new(),
        );
    };
    let count = view.counted("{n} blocked", stopped.len());
    let details = vec![obstacle(view, first), view.document(first.document)];
    Answer::new((slug, label), State::new("blocked").worded(count), details)
}

/// How much is late.
fn overdue<'p>(view: &View<'p>, late: &[Due<'p>]) -> Answer<'p> {
    let (slug, label) = ("overdue", "Overdue");
    let Some(worst) = late.first() else {
        return Answer::new(
            (slug, label),
            State::new("on-track").worded("Nothing is overdue"),
            Vec::new(),
        );
    };
    let count = view.counted("{n} overdue", late.len());
    let details = vec![view.document(worst.document), view.day(worst.due)];
    Answer::new((slug, label), State::new("overdue").worded(count), details)
}

/// What was told last.
fn latest_note<'p>(view: &View<'p>) -> Answer<'p> {
    let (slug, label) = ("latest-note", "Latest release note");
    match latest(view).first() {
        None => Answer::new(
            (slug, label),
            Value::word("None with a date"),
            vec![view.index(Kind::Note).into()],
        ),
        Some(note) => Answer::new(
            (slug, label),
            view.document(note.id),
            vec![view.when(note.fields.date.as_ref())],
        ),
    }
}

/// Returns the published whole notes up to today, newest first.
fn latest<'p>(view: &View<'p>) -> Vec<Doc<'p, Note>> {
    let day = |note: &Doc<'p, Note>| {
        note.fields
            .date
            .as_ref()
            .and_then(|date| date.days())
            .map(|days| days.first)
    };
    let published = view
        .portal
        .published_of(Kind::Note)
        .iter()
        .filter_map(|&id| view.portal.plan.get::<Note>(id));
    let whole = published.filter(|note| note.fragment.is_none());
    let mut notes: Vec<_> = whole
        .filter(|note| day(note).is_some_and(|day| day <= view.as_of()))
        .collect();
    notes.sort_by_key(|note| (std::cmp::Reverse(day(note)), note.id));
    notes
}

/// The trains that are on their way, the next one first.
fn trains<'p>(view: &View<'p>) -> Section<'p> {
    let plan = view.portal.plan;
    let mut table = Table::new(
        "Trains",
        ["Train", "Stage", "Ready", "Deployment", "Manager"],
    )
    .with_distances();
    for train in on_their_way(view).take(ROWS) {
        let stage = plan.stage_of(train.id).map(State::new);
        let when = view
            .of(train.id)
            .period(train.fields.schedule.get("deployment"));
        table.row([
            view.document(train.id),
            stage.into(),
            verdict(view, train.id).into(),
            when,
            view.who(train.fields.manager.as_ref()),
        ]);
    }
    let how = view.prose("Add one as `trains/<id>/index.md`.");
    let section =
        Section::new("trains", "Trains").table(table, Empty::new("No train is planned", Some(how)));
    let words = view.portal.locale.word("Timeline of all trains");
    let timeline = Link::new(view.href(&schedule_address(None, None)), words);
    let words = view.portal.locale.word("Readiness of all trains");
    let report = page_address(&format!("{REPORTS}/readiness"), 1);
    let report = Link::new(view.href(&report), words);
    let section = rest(view, section, Kind::Train).block(Block::More(timeline));
    // The year leads to all years and to its months, so that no month is further than three steps.
    let today = view.as_of().0.year();
    let nearest = view
        .portal
        .agenda()
        .years()
        .min_by_key(|year| year.abs_diff(today));
    let calendar = nearest.map(|year| {
        let words = view.portal.locale.word("Freeze calendar");
        Block::More(Link::new(view.href(&year_address(year)), words))
    });
    calendar
        .into_iter()
        .fold(section.block(Block::More(report)), Section::block)
}

/// Returns `section` with a link to every document of `kind`, of which it shows the first.
fn rest<'p>(view: &View<'p>, section: Section<'p>, kind: Kind) -> Section<'p> {
    let count = view.portal.published_of(kind).len();
    let values: [(&str, &dyn std::fmt::Display); 2] = [
        ("n", &count),
        ("kind", &view.portal.locale.word(kind.many())),
    ];
    let text = view.portal.locale.phrase("All {n} {kind}", &values);
    match count {
        0 => section,
        _ => section.block(Block::More(Link {
            text: text.into(),
            ..view.index(kind)
        })),
    }
}

/// The deployments to come.
fn coming<'p>(view: &View<'p>, deployments: &[Deployment<'p>]) -> Section<'p> {
    let mut table =
        Table::new("Next deployments", ["Turnover", "When", "Train", "Status"]).with_distances();
    for deployment in deployments.iter().take(ROWS) {
        let turnover = deployment.turnover;
        let when = view
            .of(turnover.id)
            .period(turnover.fields.planned.as_ref());
        let train = turnover
            .document
            .belongs
            .train
            .map_or(Value::Empty, |train| view.document(train));
        table.row([
            view.document(turnover.id),
            when,
            train,
            view.state(turnover.fields.status.as_ref()).into(),
        ]);
    }
    let section = Section::new("deployments", "Next deployments");
    rest(
        view,
        section.table(table, Empty::new("No deployment is planned", None)),
        Kind::Turnover,
    )
}

/// What is stopped, and by what.
fn stopped_things<'p>(view: &View<'p>, stopped: &[Blocked<'p>]) -> Section<'p> {
    let table = blocked_table(view, stopped.iter().take(ROWS));
    let section = Section::new("blocked", "Blocked");
    more(
        view,
        section.table(table, Empty::new("Nothing is blocked", None)),
        stopped.len(),
    )
}

/// What is late, the latest first.
fn late_things<'p>(view: &View<'p>, late: &[Due<'p>]) -> Section<'p> {
    let mut table = Table::new("Overdue", ["What", "Where", "Due"]).with_distances();
    for item in late.iter().take(ROWS) {
        table.row([
            due_link(view, item),
            due_where(view, item),
            view.day(item.due),
        ]);
    }
    let section = Section::new("overdue", "Overdue");
    more(
        view,
        section.table(table, Empty::new("Nothing is overdue", None)),
        late.len(),
    )
}

/// Returns `section`, which shows the first of `count` things that need attention, with a link to all of them.
fn more<'p>(view: &View<'p>, section: Section<'p>, count: usize) -> Section<'p> {
    match count {
        0 => section,
        _ => section.block(Block::More(Link::new(
            view.href(&page_address(ATTENTION, 1)),
            "What needs attention",
        ))),
    }
}

/// The latest notes.
fn notes<'p>(view: &View<'p>) -> Section<'p> {
    let mut table = Table::new("Release notes", ["Note", "Date", "About"]);
    for note in latest(view).iter().take(ROWS) {
        let about = note
            .document
            .belongs
            .release
            .or(note.document.belongs.train);
        let about = about.map_or(Value::Empty, |about| view.document(about));
        table.row([
            view.document(note.id),
            view.when(note.fields.date.as_ref()),
            about,
        ]);
    }
    let how = view.prose("Add a Markdown file below `notes/` of a train.");
    let section = Section::new("notes", "Release notes");
    let empty = match view.portal.published_of(Kind::Note).is_empty() {
        true => Empty::new("No release note yet", Some(how)),
        false => Empty::new("No release note has a date", None),
    };
    rest(view, section.table(table, empty), Kind::Note)
}
