//! Trains: where one stands, what travels with it, and what stops it.

use crate::pages::listing::{Nearness, by_train, nearness, referrers};
use crate::pages::notes;
use crate::pages::parts::{Fact, Link, Section, State, Value};
use crate::pages::sections::{self, Heading, MOST_PASSENGERS, listing, of_train};
use crate::pages::show::{Order, Show};
use crate::pages::view::View;
use crate::plan::kinds::{
    change::Change, exception::Exception, note::Note, release::Release, review::Review,
    train::Train, turnover::Turnover,
};
use crate::plan::{Course, Doc};
use crate::time::DayRange;

impl Show for Train {
    const COLUMNS: &'static [&'static str] = &[
        "Train",
        "Type",
        "Stage",
        "Deployment",
        "Next stage",
        "Manager",
        "Boards",
    ];

    fn state<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Option<State<'p>> {
        sections::course_state(view, doc.into())
    }

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        vec![
            Fact::new("Deployment", sections::deployment(view, doc.into())),
            Fact::new("Next stage", sections::next_stage(view, doc.into())),
            Fact::new("Criteria met", sections::readiness(view, doc.into())),
            Fact::new("Needs attention", sections::attention(view, doc.id)),
            Fact::new("Readiness", readiness(view, doc)),
            Fact::new("Program board", program(view, doc)),
            Fact::new("Manager", view.who(doc.fields.manager.as_ref())),
            Fact::new("Outcome", view.state(doc.fields.outcome.as_ref())),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let course = Course::from(doc);
        let replaces = Fact::new("Replaces", view.maybe(doc.fields.supersedes.as_ref()));
        let mut all = vec![
            sections::stages(view, course),
            sections::gates(view, course),
        ];
        all.push(sections::critical_path(view, doc.id));
        all.extend(members(view, doc));
        all.extend([
            sections::reservations(view, course),
            sections::tasks(view, course),
            sections::communications(view, course),
            sections::risks(view, course),
            sections::support(view, course),
            sections::governance(view, course, [replaces]),
        ]);
        all
    }

    fn group<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Value<'p> {
        Value::word(match view.portal.plan.is_under_way(doc.id) {
            true => "On their way",
            false => "Over",
        })
    }

    fn order(view: &View<'_>, doc: Doc<'_, Self>) -> Order {
        match view.portal.plan.is_under_way(doc.id) {
            true => ((false, 0), last_stage(view, doc)),
            false => ((true, 0), by_train(view, Some(doc.id))),
        }
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        vec![
            view.document(doc.id),
            view.own_word(doc.fields.r#type.as_ref()),
            sections::course_state(view, doc.into()).into(),
            sections::deployment(view, doc.into()),
            sections::next_date(view, doc.into()),
            view.who(doc.fields.manager.as_ref()),
            boards(view, doc),
        ]
    }
}

/// Returns links to the sheet on which it is decided whether a train may go, and to the board of its gates.
fn readiness<'p>(view: &View<'p>, doc: Doc<'p, Train>) -> Value<'p> {
    let (plan, locale) = (view.portal.plan, view.portal.locale);
    let sheet = view.href(&plan.readiness_address(doc.id));
    let board = view.href(&plan.gates_address(doc.id, 1));
    Value::list([
        Link::new(sheet, locale.word("Go or no-go sheet")),
        Link::new(board, locale.word("Gate board")),
    ])
}

/// Returns links to the boards of a train, whose further pages are one step from there.
fn boards<'p>(view: &View<'p>, doc: Doc<'p, Train>) -> Value<'p> {
    let (plan, locale) = (view.portal.plan, view.portal.locale);
    let is_long = of_train::<Release>(view, doc.id).len() > MOST_PASSENGERS;
    let releases = is_long.then(|| (plan.releases_address(doc.id, 1), "Releases"));
    let boards = [
        (plan.gates_address(doc.id, 1), "Gates"),
        (plan.program_address(doc.id, 1), "Program"),
    ];
    let boards = boards.into_iter().chain(releases);
    Value::list(boards.map(|(path, word)| Link::new(view.href(&path), locale.word(word))))
}

/// Returns a link to the board that tells what comes when and what it needs.
fn program<'p>(view: &View<'p>, doc: Doc<'p, Train>) -> Value<'p> {
    let path = view.portal.plan.program_address(doc.id, 1);
    Link::new(
        view.href(&path),
        view.portal.locale.word("Who needs what by when"),
    )
    .into()
}

/// Returns the sections of the documents that belong to a train.
fn members<'p>(view: &View<'p>, doc: Doc<'p, Train>) -> [Section<'p>; 8] {
    let heading = |id, title, caption| Heading { id, title, caption };
    let releases = of_train::<Release>(view, doc.id);
    let turnovers = sections::in_order(of_train::<Turnover>(view, doc.id));
    let changes = sections::changes_of(view, &releases, &of_train::<Change>(view, doc.id));
    [
        sections::passengers(view, doc.id, &releases),
        sections::train_milestones(view, doc.id),
        listing(
            view,
            heading("turnovers", "Turnovers", "Turnovers of this train"),
            turnovers,
        ),
        listing(
            view,
            heading("changes", "Changes", "Change requests of this train"),
            changes,
        ),
        sections::other_approvals(view, doc.into()),
        listing(
            view,
            heading(
                "exceptions",
                "Exceptions",
                "Permissions to deploy in a freeze",
            ),
            exceptions(view, doc),
        ),
        listing(
            view,
            heading("notes", "Release notes", "Release notes of this train"),
            of_train::<Note>(view, doc.id),
        )
        .more(notes::link_to(view, doc.id)),
        listing(
            view,
            heading("reviews", "Post mortems", "Post mortems of this train"),
            of_train::<Review>(view, doc.id),
        ),
    ]
}

/// Returns the exceptions in the folder of a train, and those elsewhere that are for it.
fn exceptions<'p>(view: &View<'p>, doc: Doc<'p, Train>) -> Vec<Doc<'p, Exception>> {
    let mut all = of_train::<Exception>(view, doc.id);
    all.extend(referrers::<Exception>(view, doc.id, "for"));
    all.sort_by_key(|exception| exception.id);
    all.dedup_by_key(|exception| exception.id);
    all
}

/// Returns where the last stage that a train plans, most often its deployment, stands among those of others.
fn last_stage(view: &View<'_>, doc: Doc<'_, Train>) -> Nearness {
    let planned = doc
        .fields
        .schedule
        .iter()
        .filter_map(|(_, period)| period.days());
    match planned.map(|days| days.first).max() {
        Some(day) => nearness(view.as_of(), Some(DayRange::day(day))),
        None => (true, i64::MAX),
    }
}
