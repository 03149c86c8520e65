//! What needs attention: what is late and what falls due soon, per owner, and what is stopped. It answers what to do
//! next, and who does it.

use super::frame::{Layout, Page, shell_of_list};
use super::listing::pages;
use super::parts::{Answer, Block, Document, Empty, Link, Section, State, Table, Value};
use super::sections::{blocked_table, due_link, due_where, obstacle, owner, shown, stopped};
use super::{Portal, Route, Subject, View};
use crate::lifecycle::{Blocked, Due, DueKind, Duties, SOON, duties};
use crate::plan::address::{ATTENTION, page_address};

/// How many things stand on one page: with the headings of their owners they stay below 1,500 elements.
const ROWS: usize = 60;

/// How many stopped things are told.
const MOST_STOPPED: usize = 25;

/// Returns the pages of everything that is late or due soon; one when nothing is.
pub(super) fn routes(portal: &Portal<'_>) -> impl Iterator<Item = Route> {
    let view = View::new(portal, super::portal::HOME);
    let count = due_soon(&view).len().div_ceil(ROWS).max(1);
    (1..=count).map(|number| Route {
        path: page_address(ATTENTION, number),
        subject: Subject::Attention(number),
    })
}

/// Returns the page.
pub(super) fn layout<'p>(view: &View<'p>, number: usize) -> Layout<'p> {
    context(view, number).with("document.html")
}

/// Returns everything published that is late or falls due soon, the earliest first.
fn due_soon<'p>(view: &View<'p>) -> Vec<Due<'p>> {
    shown(view, view.portal.progress.due(SOON))
}

fn context<'p>(view: &View<'p>, number: usize) -> Page<'p> {
    let due = due_soon(view);
    let stopped = stopped(view);
    let about = "What is late, due soon and blocked in this plan, and who has to act";
    let shell = shell_of_list(view, "attention", "What needs attention", about, number);
    let mut document = Document {
        sections: vec![owners(view, &due, number)],
        pages: pages(view, number, due.len().div_ceil(ROWS), |number| {
            page_address(ATTENTION, number)
        }),
        ..Document::default()
    };
    if number == 1 {
        let count = due.partition_point(|due| due.is_late(view.as_of()));
        let (late, soon) = due.split_at(count);
        document.answers = vec![
            overdue(view, late),
            falling_due(view, soon),
            blocked(view, &stopped),
        ];
        document.sections.push(stopped_things(view, &stopped));
    }
    Page { shell, document }
}

/// How much is late, and what to do about the oldest first.
fn overdue<'p>(view: &View<'p>, late: &[Due<'p>]) -> Answer<'p> {
    let checked = Value::list([Value::word("Checked as of"), view.day(view.as_of()).bare()]);
    let state = State::new("overdue").worded(view.counted("{n} overdue", late.len()));
    answer(
        view,
        ("overdue", "Overdue"),
        late,
        (state, "Nothing is overdue", checked),
    )
}

/// How much falls due soon, and what to do first.
fn falling_due<'p>(view: &View<'p>, soon: &[Due<'p>]) -> Answer<'p> {
    let state = State::new("due-soon").worded(view.counted("{n} due soon", soon.len()));
    let within = view.counted("Looked at: the next {n} days", SOON as usize);
    answer(
        view,
        ("due-soon", "Due soon"),
        soon,
        (state, "Nothing is due soon", within.into()),
    )
}

/// Returns an answer about `due`: its state and the first action, or `nothing` and what was looked at.
fn answer<'p>(
    view: &View<'p>,
    (slug, label): (&'static str, &'static str),
    due: &[Due<'p>],
    (state, nothing, looked_at): (State<'p>, &'static str, Value<'p>),
) -> Answer<'p> {
    let (value, details) = match due.first() {
        Some(first) => {
            let what = Value::list([Value::word(action(first)), due_link(view, first)]);
            let who = Value::list([owner(view, first.by()), view.day(first.due)]);
            let mut details = vec![what, due_where(view, first), who];
            details.retain(|detail| *detail != Value::Empty);
            (state, details)
        }
        None => (State::new("on-track").worded(nothing), vec![looked_at]),
    };
    Answer::new((slug, label), value, details)
}

/// How much is stopped.
fn blocked<'p>(view: &View<'p>, stopped: &[Blocked<'p>]) -> Answer<'p> {
    let (value, details) = match stopped.first() {
        Some(first) => (
            State::new("blocked").worded(view.counted("{n} blocked", stopped.len())),
            vec![obstacle(view, first), view.document(first.document)],
        ),
        None => (
            State::new("on-track").worded("Nothing is blocked"),
            Vec::new(),
        ),
    };
    Answer::new(("blocked", "Blocked"), value, details)
}

/// Returns what has to be done with something that is due, in the words of a release manager.
fn action(due: &Due<'_>) -> &'static str {
    match due.kind {
        DueKind::Criterion => "Meet the criterion",
        DueKind::Approval => "Decide on the approval",
        DueKind::Milestone => "Reach the milestone",
        DueKind::Task => "Do the task",
        DueKind::Communication => "Send the message",
        DueKind::Action => "Carry out the action",
        DueKind::Risk => "Answer the risk",
        DueKind::Training => "Give the training",
        DueKind::Support => "End the support",
        DueKind::Deployment => "Deploy",
        DueKind::Change => "Carry out the change",
    }
}

/// The page `number` of what is late and due soon, under a heading for each owner.
fn owners<'p>(view: &View<'p>, due: &[Due<'p>], number: usize) -> Section<'p> {
    let all = duties(due.iter().copied());
    let columns = ["What", "Next action", "State", "Due", "Where"];
    let mut table = Table::new("Late and due soon, per owner", columns).with_distances();
    let flat = all
        .iter()
        .flat_map(|duties| duties.due.iter().map(move |due| (duties, due)));
    let mut current = None;
    for (duties, due) in flat.skip((number - 1) * ROWS).take(ROWS) {
        if current != Some(duties.owner) {
            table.group(heading(view, duties));
            current = Some(duties.owner);
        }
        let state = match due.is_late(view.as_of()) {
            true => State::new("overdue"),
            false => State::new("due-soon"),
        };
        table.row([
            due_link(view, due),
            Value::word(action(due)),
            state.into(),
            view.day(due.due),
            due_where(view, due),
        ]);
    }
    let nothing = view.counted("Nothing is overdue or due within {n} days", SOON as usize);
    Section::new("due", "Per owner").table(table, Empty::new(nothing, None))
}

/// Returns who has to do `duties`, and how much of it is late.
fn heading<'p>(view: &View<'p>, duties: &Duties<'p>) -> Value<'p> {
    let day = view.as_of();
    let late = duties.due.iter().filter(|due| due.is_late(day)).count();
    let soon = duties.due.len() - late;
    let state = |count: usize, slug: &'static str, pattern| {
        (count > 0).then(|| Value::from(State::new(slug).worded(view.counted(pattern, count))))
    };
    let states = [
        state(late, "overdue", "{n} overdue"),
        state(soon, "due-soon", "{n} due soon"),
    ];
    let who = std::iter::once(owner(view, duties.owner));
    let holders = duties.owner.holders(view.portal.plan, day);
    let holders = holders.iter().map(|person| view.document(person.id));
    Value::list(who.chain(holders).chain(states.into_iter().flatten()))
}

/// What is stopped, and by what.
fn stopped_things<'p>(view: &View<'p>, stopped: &[Blocked<'p>]) -> Section<'p> {
    let table = blocked_table(view, stopped.iter().take(MOST_STOPPED));
    let section =
        Section::new("blocked", "Blocked").table(table, Empty::new("Nothing is blocked", None));
    match stopped.len().saturating_sub(MOST_STOPPED) {
        0 => section,
        rest => section.block(Block::More(Link {
            text: view
                .counted("and {n} more, on the pages of the trains", rest)
                .into(),
            ..view.index(crate::plan::Kind::Train)
        })),
    }
}
