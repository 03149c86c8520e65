//! The gate board of a train: how every gate of the train and of its releases stands, the worst first, who acts next where
//! something blocks, and how the criteria were met over time.

mod burn_up;

use std::borrow::Cow;
use std::fmt::Display;

use super::blocks;
use super::frame::{Below, Layout, Page, shell_below};
use super::listing::pages;
use super::parts::{
    Align, Block, Column, Document, Empty, Fact, Link, Section, State, Table, Tone, Value,
};
use super::sections::{action, actors, course_state, deployment, of_train, title};
use super::{Portal, Route, Subject, View};
use crate::lifecycle::{GateResult, GateStanding};
use crate::plan::kinds::release::Release;
use crate::plan::kinds::train::Train;
use crate::plan::{Doc, DocId, Kind};

/// How many blocked gates are told with what happens next.
const MOST_BLOCKED: usize = 12;

/// How many elements the rows of one page may have: a page has fewer than 1,500 in all.
const ELEMENTS: usize = 750;

/// Returns the pages of every published train.
pub(super) fn routes<'p>(portal: &'p Portal<'_>) -> impl Iterator<Item = Route> + 'p {
    let view = View::new(portal, super::portal::HOME);
    let trains = portal.published_of(Kind::Train).iter();
    trains.flat_map(move |&id| {
        let train = portal.plan.get::<Train>(id);
        let count = train.map_or(0, |train| Board::of(&view, train).pages());
        (1..=count).map(move |number| Route {
            path: portal.plan.gates_address(id, number),
            subject: Subject::Gates(id, number),
        })
    })
}

/// Returns the page; none when there is nothing at its address.
pub(super) fn layout<'p>(view: &View<'p>, id: DocId, number: usize) -> Option<Layout<'p>> {
    let train = view.portal.plan.get::<Train>(id)?;
    Some(context(&Board::of(&view.of(id), train), number).with("gates.html"))
}

/// The gates of a train or a release.
struct Row<'p> {
    of: DocId,
    gates: &'p [GateResult<'p>],
    worst: GateStanding,
}

/// How every gate of a train and its releases stands.
struct Board<'p> {
    view: View<'p>,
    train: Doc<'p, Train>,
    /// What has gates, the worst first; the train itself before all.
    rows: Vec<Row<'p>>,
    /// The gates in the order of their stages: id and title.
    gates: Vec<(&'p str, Cow<'p, str>)>,
    /// How many releases have no gate of their own.
    without: usize,
    /// How many releases travel with the train.
    releases: usize,
}

impl<'p> Board<'p> {
    fn of(view: &View<'p>, train: Doc<'p, Train>) -> Self {
        let portal = view.portal;
        let releases = of_train::<Release>(view, train.id);
        let members = releases.iter().map(|release| release.id);
        let members: Vec<DocId> = members
            .filter(|&id| !portal.plan.is_abandoned(id))
            .collect();
        let row = |of: DocId| {
            let gates = portal.progress.gates(of);
            let (_, worst) = portal.progress.worst(gates)?;
            Some(Row { of, gates, worst })
        };
        let mut rows: Vec<_> = members.iter().filter_map(|&id| row(id)).collect();
        rows.sort_by_key(|row| (row.worst, row.of));
        let without = members.len() - rows.len();
        rows.splice(0..0, row(train.id));
        let mut gates: Vec<(Option<usize>, &'p str, Cow<'p, str>)> = Vec::new();
        for gate in rows.iter().flat_map(|row| row.gates) {
            if !gates.iter().any(|(_, id, _)| *id == gate.gate.id) {
                gates.push((gate.gate.position, gate.gate.id, title(gate)));
            }
        }
        gates.sort_by_key(|(position, ..)| (position.is_none(), *position));
        Self {
            view: *view,
            train,
            rows,
            gates: gates
                .into_iter()
                .map(|(_, id, title)| (id, title))
                .collect(),
            without,
            releases: members.len(),
        }
    }

    /// Returns how many rows a page has: each of five elements and two for every gate.
    fn height(&self) -> usize {
        (ELEMENTS / (5 + 2 * self.gates.len())).clamp(10, 60)
    }

    fn pages(&self) -> usize {
        self.rows.len().div_ceil(self.height()).max(1)
    }

    /// Returns every gate of every row with how it stands.
    fn cells(&self) -> impl Iterator<Item = (&'p GateResult<'p>, GateStanding)> {
        let progress = &self.view.portal.progress;
        let gates = self.rows.iter().flat_map(|row| row.gates);
        gates.map(move |gate| (gate, progress.standing(gate)))
    }

    /// Returns how all gates stand together.
    fn verdict(&self) -> Option<State<'p>> {
        let worst = self.rows.iter().map(|row| row.worst).min()?;
        Some(match worst {
            GateStanding::Waived => state(worst).worded("All gates passed, some by waiver"),
            GateStanding::Passed | GateStanding::Empty => {
                State::new("passed").worded("All gates passed")
            }
            _ => state(worst),
        })
    }

    fn facts(&self) -> Vec<Fact<'p>> {
        let (view, train) = (&self.view, self.train);
        let facts = vec![
            Fact::new("Train", view.document(train.id)),
            Fact::new("Stage", course_state(view, train.into())),
            Fact::new("Deployment", deployment(view, train.into())),
            Fact::new("Worst gate", self.worst()),
            Fact::new("Releases", blocks::count(self.releases)),
        ];
        facts
            .into_iter()
            .filter(|fact| fact.value != Value::Empty)
            .collect()
    }

    /// Returns the worst gate of all, and whose it is.
    fn worst(&self) -> Value<'p> {
        let Some((gate, standing)) = self.cells().min_by_key(|(_, standing)| *standing) else {
            return Value::Empty;
        };
        match standing {
            GateStanding::Passed | GateStanding::Empty => Value::Empty,
            _ => blocks::several([
                self.cell(gate, standing),
                Value::Word(title(gate)),
                self.view.document(gate.gate.of),
            ]),
        }
    }

    /// Returns a state that leads to the gate on the page of whose it is.
    fn cell(&self, gate: &GateResult<'p>, standing: GateStanding) -> Value<'p> {
        let state = state(standing);
        match self.view.portal.path(gate.gate.of) {
            Some(path) => {
                let anchor = blocks::anchored("gate", gate.gate.id);
                let href = self.view.href(&format!("{path}#{anchor}"));
                Value::Told(state, href.into())
            }
            None => state.into(),
        }
    }

    /// How many gates stand how.
    fn counts(&self) -> Section<'p> {
        let number = |standing: &GateStanding| Column::number(state(*standing).word);
        let counted = GateStanding::ALL.iter().map(number);
        let first = [Column::from("Gate"), Column::from("Worst")];
        let mut table = Table::new("How many gates stand how", first.into_iter().chain(counted));
        for (id, title) in &self.gates {
            let own = self.cells().filter(|(gate, _)| gate.gate.id == *id);
            table.row(count(Value::Word(title.clone()), own));
        }
        if self.gates.len() > 1 {
            table.row(count(Value::word("All gates"), self.cells()));
        }
        blocks::section("counts", "Gates", [blocks::told(table)])
    }

    /// What blocks, what happens next there, and who does it.
    fn blocked(&self) -> Section<'p> {
        let view = &self.view;
        let mut blocked: Vec<_> = self
            .cells()
            .filter(|(_, standing)| standing.needs_action())
            .collect();
        blocked.sort_by_key(|(_, standing)| *standing);
        let columns = ["Gate", "For", "State", "Next action", "Who", "Due"];
        let mut table = Table::new("Gates that are blocked or overdue", columns);
        for (gate, standing) in blocked.iter().take(MOST_BLOCKED) {
            let remaining = gate.remaining();
            let first = remaining.first();
            table.row([
                Value::Word(title(gate)),
                view.document(gate.gate.of),
                self.cell(gate, *standing),
                first.map_or(Value::Empty, |step| action(view, gate, step)),
                first.map_or(Value::Empty, |step| actors(view, gate, step)),
                view.of(gate.gate.of).when(gate.gate.due()),
            ]);
        }
        let rest = blocked.len().saturating_sub(MOST_BLOCKED);
        let more = (rest > 0).then(|| {
            let locale = view.portal.locale;
            let words = locale.phrase("and {n} more, first on the board", &[("n", &rest)]);
            Block::List(vec![Link::new("#board", words).into()])
        });
        let told = blocks::told(table).unwrap_or_else(|| Block::Empty(self.unblocked()));
        blocks::section("blocked", "Blocked", [Some(told), more])
    }

    /// Returns what is said where nothing is blocked.
    fn unblocked(&self) -> Empty<'p> {
        let is_passed = |row: &Row<'p>| row.worst >= GateStanding::Waived;
        if self.rows.is_empty() {
            let how = self
                .view
                .prose("Add `gates` to the train, or to its policy.");
            return Empty::new("There is no gate yet", Some(how));
        }
        match self.rows.iter().all(is_passed) {
            true => Empty::new("All gates passed", None),
            false => Empty::new("Nothing is blocked", None),
        }
    }

    /// The board itself: the rows of the page `number`.
    fn board(&self, number: usize) -> Section<'p> {
        let (view, height) = (&self.view, self.height());
        let first = [Column::from("For"), Column::from("Worst")];
        let gates = self.gates.iter().map(|(_, title)| Column {
            label: title.clone(),
            align: Align::Start,
        });
        let columns = first.into_iter().chain(gates);
        let mut table = Table::new("How each gate stands, the worst first", columns);
        for row in self.rows.iter().skip((number - 1) * height).take(height) {
            let cells = self.gates.iter().map(|(id, _)| {
                let gate = row.gates.iter().find(|gate| gate.gate.id == *id);
                gate.map_or(Value::Empty, |gate| {
                    self.cell(gate, view.portal.progress.standing(gate))
                })
            });
            let first = [view.document(row.of), state(row.worst).into()];
            table.row(first.into_iter().chain(cells));
        }
        blocks::section(
            "board",
            "Board",
            [self.joined(), blocks::told(table), self.rest()],
        )
    }

    /// Returns how the first release joins a train without any.
    fn joined(&self) -> Option<Block<'p>> {
        (self.releases == 0).then(|| {
            let how = self
                .view
                .prose("Add a file below `releases/` in the folder of the train, or name the train in its `train:`.");
            Block::Empty(Empty::new("No application has joined yet", Some(how)))
        })
    }

    /// Returns how many releases have no gate of their own.
    fn rest(&self) -> Option<Block<'p>> {
        (self.without > 0).then(|| {
            let locale = self.view.portal.locale;
            let words = locale.phrase(
                "Releases without gates of their own, for which those of the train hold: {n}",
                &[("n", &self.without)],
            );
            let path = self.view.portal.path(self.train.id).unwrap_or_default();
            let to = self.view.href(&format!("{path}#releases"));
            Block::More(Link::new(to, words))
        })
    }
}

fn context<'p>(board: &Board<'p>, number: usize) -> Page<'p> {
    let (view, train) = (&board.view, board.train);
    let (plan, locale) = (view.portal.plan, view.portal.locale);
    let name: &dyn Display = &&*train.document.title;
    let pattern = match number {
        1 => "{train}: gate board",
        _ => "{train}: gate board, page {page}",
    };
    let below = Below {
        page_type: "gate-board",
        title: locale.phrase(pattern, &[("train", name), ("page", &number)]),
        description: match number {
            1 => format!("How every gate of {name} and its releases stands, and who acts next"),
            _ => format!("How every gate of {name} and its releases stands, page {number}"),
        },
    };
    let sections = match number {
        1 => vec![
            board.counts(),
            board.blocked(),
            board.board(1),
            burn_up::section(view, train),
        ],
        _ => vec![board.board(number)],
    };
    let document = Document {
        kind: Some("Gate board".into()),
        state: board.verdict(),
        facts: if number == 1 {
            board.facts()
        } else {
            Vec::new()
        },
        sections: sections
            .into_iter()
            .filter(|section| !section.blocks.is_empty())
            .collect(),
        pages: pages(view, number, board.pages(), |number| {
            plan.gates_address(train.id, number)
        }),
        ..Document::default()
    };
    Page {
        shell: shell_below(view, train.id, below),
        document,
    }
}

/// Returns how a gate stands, as a state.
fn state<'p>(standing: GateStanding) -> State<'p> {
    let state = State::new(standing.word());
    match standing {
        GateStanding::Reopened => state.worded("Re-opened").toned(Tone::Warn),
        GateStanding::Waived => state.worded("By waiver"),
        GateStanding::Empty => state.worded("Nothing asked for"),
        _ => state,
    }
}

/// Returns a row that counts how `gates` stand.
fn count<'g, 'p: 'g>(
    name: Value<'p>,
    gates: impl Iterator<Item = (&'g GateResult<'p>, GateStanding)>,
) -> Vec<Value<'p>> {
    let all: Vec<_> = gates.map(|(_, standing)| standing).collect();
    let mut row = vec![name, all.iter().min().map(|worst| state(*worst)).into()];
    row.extend(GateStanding::ALL.iter().map(|standing| {
        match all.iter().filter(|of| *of == standing).count() {
            0 => Value::Empty,
            many => blocks::count(many),
        }
    }));
    row
}
