//! The readiness page of a train: the sheet on which go or no-go is decided. What is missing, what is waived, what is
//! met, by whom, for the train and each of its releases, and who signs.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;

use super::blocks;
use super::frame::{Below, Layout, Page, shell_below};
use super::parts::{
    Align, Block, Column, Document, Empty, Fact, Link, Section, State, Table, Tally, Tone, Value,
};
use super::sections::{
    action, actors, course_state, criterion_state, deployment, gate_state, obstacle,
    obstacle_state, of_train, readiness, signature, title, verdict,
};
use super::{Portal, Route, Subject, View};
use crate::lifecycle::{CriterionResult, GateResult, NextStep, Obstacle, Standing};
use crate::plan::kinds::release::Release;
use crate::plan::kinds::train::Train;
use crate::plan::{Doc, DocId, Kind};

/// How many rows each table has before the rest is only counted: more than that is no sheet any more.
const MOST_ROWS: usize = 60;

/// How many trains and releases one row names.
const MOST_NAMED: usize = 8;

/// Where a row stands that has no place of its own in the order.
const LAST: usize = 1000;

/// What is filled in by hand on paper.
const BY_HAND: [&str; 3] = ["Name", "Date", "Signature"];

/// Returns the page of every published train.
pub(super) fn routes<'p>(portal: &'p Portal<'_>) -> impl Iterator<Item = Route> + 'p {
    portal.published_of(Kind::Train).iter().map(|&id| Route {
        path: portal.plan.readiness_address(id),
        subject: Subject::Readiness(id),
    })
}

/// Returns the page; none when there is nothing at its address.
pub(super) fn layout<'p>(view: &View<'p>, id: DocId) -> Option<Layout<'p>> {
    let train = view.portal.plan.get::<Train>(id)?;
    Some(context(&view.of(id), train).with("readiness.html"))
}

/// One gate that is asked about, and whose it is.
type Asked<'p> = (DocId, &'p GateResult<'p>);

/// Everything that is asked about: the train's gates and those of its releases, before the deployment.
struct Sheet<'p> {
    view: View<'p>,
    train: Doc<'p, Train>,
    releases: Vec<Doc<'p, Release>>,
    gates: Vec<Asked<'p>>,
}

fn context<'p>(view: &View<'p>, train: Doc<'p, Train>) -> Page<'p> {
    let releases = of_train::<Release>(view, train.id);
    let progress = &view.portal.progress;
    let courses = std::iter::once(train.id).chain(releases.iter().map(|release| release.id));
    let gates = courses
        .flat_map(|id| progress.gates_to_deployment(id).map(move |gate| (id, gate)))
        .collect();
    let sheet = Sheet {
        view: *view,
        train,
        releases,
        gates,
    };
    let name: &dyn Display = &&*train.document.title;
    let below = Below {
        page_type: "readiness",
        title: view
            .portal
            .locale
            .phrase("{train}: go or no-go", &[("train", name)]),
        description: format!(
            "What is met, missing and waived before {name} is deployed, and who signs"
        ),
    };
    let document = Document {
        kind: Some("Readiness".into()),
        state: Some(verdict(view, train.id)),
        facts: sheet.facts(),
        sections: vec![
            sheet.missing(),
            sheet.waived(),
            sheet.members(),
            sheet.met(),
            sheet.signatures(),
        ]
        .into_iter()
        .filter(|section| !section.blocks.is_empty())
        .collect(),
        ..Document::default()
    };
    Page {
        shell: shell_below(view, train.id, below),
        document,
    }
}

impl<'p> Sheet<'p> {
    fn facts(&self) -> Vec<Fact<'p>> {
        let (view, train) = (&self.view, self.train);
        let ready = self.releases.iter();
        let count = ready
            .filter(|release| view.portal.progress.is_go(release.id))
            .count();
        let releases = (!self.releases.is_empty()).then_some(Tally {
            count,
            of: self.releases.len(),
        });
        let facts = vec![
            Fact::new("Train", view.document(train.id)),
            Fact::new("Stage", course_state(view, train.into())),
            Fact::new("Deployment", deployment(view, train.into())),
            Fact::new("Criteria met", readiness(view, train.into())),
            Fact::new("Releases ready", releases),
            Fact::new("Manager", view.who(train.fields.manager.as_ref())),
        ];
        facts
            .into_iter()
            .filter(|fact| fact.value != Value::Empty)
            .collect()
    }

    /// What is left to do before it is a go, the worst first; what several have to do is told once.
    fn missing(&self) -> Section<'p> {
        let view = &self.view;
        let columns = ["What", "State", "Who", "Due", "Gate", "For"];
        let mut rows = Grouped::new();
        let ids = self.courses();
        for blocked in ids.flat_map(|id| view.portal.progress.obstacles(id)) {
            if let Obstacle::Hold(_) = blocked.by {
                let what = obstacle(view, &blocked);
                let state = obstacle_state(&blocked).into();
                let cells = [what, state, Value::Empty, Value::Empty, Value::Empty];
                rows.add((0, String::new()), cells, blocked.document);
            }
        }
        for (id, gate) in self.gates.iter().copied() {
            for step in gate.remaining() {
                self.add_missing(&mut rows, id, gate, &step);
            }
        }
        let table = rows.table(self, "What is missing, and who can do it", columns);
        let empty = Empty::new("Nothing is missing", None);
        self.section("missing", "Missing", table, Some(empty))
    }

    fn add_missing(
        &self,
        rows: &mut Grouped<'p, 5>,
        id: DocId,
        gate: &'p GateResult<'p>,
        step: &NextStep<'p, 'p>,
    ) {
        let Some(state) = left(step) else { return };
        let (rank, name, own) = match step {
            NextStep::Criterion(of) => {
                let criterion = &of.criterion;
                (of.standing as usize, criterion.id, criterion.own)
            }
            NextStep::Signoff(of) => (LAST, of.signoff.level, None),
            NextStep::Gate(name) => (LAST, *name, None),
        };
        let due = own.and_then(|own| own.value.due.as_ref());
        let cells = [
            action(&self.view, gate, step),
            state.into(),
            actors(&self.view, gate, step),
            self.view.of(id).when(due.or(gate.gate.due())),
            Value::Word(title(gate)),
        ];
        // What different people do, or by different days, is told apart.
        let key = format!("{} {name} {:?} {:?}", gate.gate.id, cells[2], cells[3]);
        rows.add((rank + 1, key), cells, id);
    }

    /// The train, then its releases.
    fn courses(&self) -> impl Iterator<Item = DocId> {
        std::iter::once(self.train.id).chain(self.releases.iter().map(|release| release.id))
    }

    /// Returns whom something concerns: all, or which.
    fn whom(&self, ids: &[DocId]) -> Value<'p> {
        let locale = self.view.portal.locale;
        if ids.len() > 1 && ids.len() == self.courses().count() {
            return Value::word("Train and all releases");
        }
        let rest = ids.len().saturating_sub(MOST_NAMED);
        let more = (rest > 0).then(|| locale.phrase("and {n} more", &[("n", &rest)]));
        let named = ids
            .iter()
            .take(MOST_NAMED)
            .map(|&id| self.view.document(id));
        Value::list(named.chain(more.map(Value::from)))
    }

    fn waived(&self) -> Section<'p> {
        let view = &self.view;
        let columns = [
            "Criterion",
            "Waived by",
            "Reason",
            "Waived until",
            "Gate",
            "Of",
        ];
        let mut table = Table::new("What is excused, by whom and until when", columns);
        for (id, gate, result) in self.criteria(Standing::Waived) {
            let view = view.of(id);
            let waiver = result
                .criterion
                .own
                .and_then(|own| own.value.waiver.as_ref());
            table.row([
                self.criterion(id, gate, result),
                view.who(waiver.and_then(|waiver| waiver.by.as_ref())),
                view.text(waiver.and_then(|waiver| waiver.reason.as_ref())),
                view.when(waiver.and_then(|waiver| waiver.expires.as_ref())),
                Value::Word(title(gate)),
                view.document(id),
            ]);
        }
        let empty = Empty::new("No waiver granted", None);
        self.section("waived", "Waived", table, Some(empty))
    }

    /// The train and each release: whether it may go, and how each of its gates stands.
    fn members(&self) -> Section<'p> {
        let mut names: Vec<(&str, Cow<'p, str>)> = Vec::new();
        for (_, gate) in &self.gates {
            if !names.iter().any(|(id, _)| *id == gate.gate.id) {
                names.push((gate.gate.id, title(gate)));
            }
        }
        let first = ["For", "Version", "Ready"].map(Column::from);
        let gates = names.iter().map(|(_, title)| Column {
            label: title.clone(),
            align: Align::Start,
        });
        let columns = first
            .into_iter()
            .chain(gates)
            .chain([Column::from("Criteria met")]);
        let mut table = Table::new("Whether each may go, and how its gates stand", columns);
        for id in self.courses() {
            table.row(self.member(id, names.iter().map(|(name, _)| *name)));
        }
        self.section("releases", "Train and releases", table, None)
    }

    /// Returns the row of the train or release `id`, with a cell for each of `gates`.
    fn member<'g>(&self, id: DocId, gates: impl Iterator<Item = &'g str>) -> Vec<Value<'p>> {
        let (view, plan) = (self.view.of(id), self.view.portal.plan);
        let version = plan
            .get::<Release>(id)
            .and_then(|of| of.fields.version.as_ref());
        let ready = match view.portal.progress.is_go(id) {
            true => State::new("go").worded("Go"),
            false => State::new("no-go").worded("No-go"),
        };
        let state = |name: &str| {
            let mut own = self.gates.iter().filter(|(of, _)| *of == id);
            let gate = own.find(|(_, gate)| gate.gate.id == name);
            gate.map(|(_, gate)| gate_state(&view, gate)).into()
        };
        let met = plan.course(id).and_then(|course| readiness(&view, course));
        let mut cells = vec![view.document(id), view.version(version), ready.into()];
        cells.extend(gates.map(state));
        cells.push(met.into());
        cells
    }

    /// What is met, told once for all who met it.
    fn met(&self) -> Section<'p> {
        let columns = ["Criterion", "Gate", "Met by"];
        let mut rows = Grouped::new();
        for (id, gate, result) in self.criteria(Standing::Met) {
            let cells = [self.criterion(id, gate, result), Value::Word(title(gate))];
            let order = gate.gate.position.unwrap_or(LAST);
            rows.add((order, result.criterion.id.to_owned()), cells, id);
        }
        let table = rows.table(self, "What is met, and for which", columns);
        self.section("met", "Met", table, None)
    }

    /// Who signs: what was signed, and a line for what is still to be.
    fn signatures(&self) -> Section<'p> {
        let columns = [
            "Approval",
            "Role",
            "Gate",
            "Decision",
            "Name",
            "Date",
            "Signature",
            "For",
        ];
        let mut rows = Grouped::new();
        for (id, gate) in self.gates.iter().copied() {
            for signoff in &gate.signoffs {
                let lines = signature(&self.view.of(id), signoff).into_iter();
                for (line, [decision, name, date]) in lines.enumerate() {
                    let role = signoff.signoff.role;
                    let level = signoff.signoff.level;
                    let key = format!("{} {level} {line} {name:?} {date:?}", gate.gate.id);
                    let cells = [
                        Value::Word(State::new(level).word),
                        role.map_or(Value::Empty, |role| Value::Word(State::new(role).word)),
                        Value::Word(title(gate)),
                        decision,
                        name,
                        date,
                        Value::Empty,
                    ];
                    rows.add((gate.gate.position.unwrap_or(LAST), key), cells, id);
                }
            }
        }
        let table = rows.table(self, "Approvals before the deployment", columns);
        let told = blocks::told_with(table, &BY_HAND);
        blocks::section("signatures", "Signatures", [told])
    }

    /// Returns the criteria that stand as `standing` says, with their gates.
    fn criteria(
        &self,
        standing: Standing,
    ) -> impl Iterator<Item = (DocId, &'p GateResult<'p>, &'p CriterionResult<'p>)> {
        let gates = self.gates.iter().copied();
        gates.flat_map(move |(id, gate)| {
            let criteria = gate.criteria.iter();
            criteria
                .filter(move |result| result.standing == standing)
                .map(move |result| (id, gate, result))
        })
    }

    fn criterion(
        &self,
        id: DocId,
        gate: &GateResult<'p>,
        result: &CriterionResult<'p>,
    ) -> Value<'p> {
        let criterion = &result.criterion;
        let of_gate = blocks::anchored("criterion", gate.gate.id);
        let name = criterion.title().map_or(criterion.id, |title| &title.value);
        self.link(
            id,
            &blocks::anchored(&of_gate, criterion.id),
            name.to_owned(),
        )
    }

    /// Returns a link to the anchor `anchor` of the page of the document `id`.
    fn link(&self, id: DocId, anchor: &str, text: String) -> Value<'p> {
        match self.view.portal.path(id) {
            Some(path) => Link::new(self.view.href(&format!("{path}#{anchor}")), text).into(),
            None => text.into(),
        }
    }

    /// Returns a section of the first rows of `table`, with `empty` where there is none; without either it is left out.
    fn section(
        &self,
        id: &'static str,
        heading: &'static str,
        mut table: Table<'p>,
        empty: Option<Empty<'p>>,
    ) -> Section<'p> {
        let rest = table.cap(MOST_ROWS);
        let more = (rest > 0).then(|| {
            let words = self.view.counted("and {n} more", rest);
            Block::List(vec![words.into()])
        });
        let told = blocks::told(table).or(empty.map(Block::Empty));
        blocks::section(id, heading, [told, more])
    }
}

/// Rows that several trains or releases share, in the order of their keys.
struct Grouped<'p, const N: usize> {
    rows: BTreeMap<(usize, String), ([Value<'p>; N], Vec<DocId>)>,
}

impl<'p, const N: usize> Grouped<'p, N> {
    fn new() -> Self {
        Self {
            rows: BTreeMap::new(),
        }
    }

    /// Adds the row `cells` for the train or release `of`; only `of` to the row that stands there under the same key.
    fn add(&mut self, key: (usize, String), cells: [Value<'p>; N], of: DocId) {
        let (_, whom) = self.rows.entry(key).or_insert((cells, Vec::new()));
        whom.push(of);
    }

    /// Returns the rows as a table, whose last column names whom each concerns.
    fn table<const M: usize>(
        self,
        sheet: &Sheet<'p>,
        caption: &'static str,
        columns: [&'static str; M],
    ) -> Table<'p> {
        let mut table = Table::new(caption, columns);
        for (cells, of) in self.rows.into_values() {
            table.row(cells.into_iter().chain([sheet.whom(&of)]));
        }
        table
    }
}

/// Returns how something that is left stands; none for a gate before, whose own demands are told.
fn left<'p>(step: &NextStep<'_, '_>) -> Option<State<'p>> {
    match step {
        NextStep::Criterion(result) => Some(criterion_state(result)),
        NextStep::Signoff(result) if result.granted.is_empty() => {
            Some(State::new("not-requested").worded("Not approved yet"))
        }
        NextStep::Signoff(_) => Some(
            State::new("needed")
                .worded("Not enough approvals")
                .toned(Tone::Warn),
        ),
        NextStep::Gate(_) => None,
    }
}
