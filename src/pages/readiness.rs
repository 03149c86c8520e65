//! The readiness page of a train: the sheet on which go or no-go is decided. What is missing, what is waived, what is
//! met, by whom, for the train and each of its releases, and who signs.

use std::fmt::Display;

use super::blocks;
use super::frame::{Below, Page, shell_below};
use super::parts::{Block, Document, Empty, Fact, Link, Section, State, Table, Tally, Tone, Value};
use super::sections::{
    action, actors, attention, course_state, criterion_state, deployment, gate_state, obstacle,
    obstacle_state, of_train, readiness, signature, title,
};
use super::theme::{TemplateError, Theme};
use super::{Portal, Route, Subject, View};
use crate::lifecycle::{CriterionResult, GateResult, NextStep, Obstacle, Standing};
use crate::plan::kinds::release::Release;
use crate::plan::kinds::train::Train;
use crate::plan::{Doc, DocId, Kind};

/// How many rows each table has before the rest is only counted: more than that is no sheet any more.
const MOST_ROWS: usize = 60;

/// What is filled in by hand on paper.
const BY_HAND: [&str; 3] = ["Name", "Date", "Signature"];

/// Returns the page of every published train.
pub(super) fn routes<'p>(portal: &'p Portal<'_>) -> impl Iterator<Item = Route> + 'p {
    portal.published_of(Kind::Train).iter().map(|&id| Route {
        path: portal.plan.readiness_address(id),
        subject: Subject::Readiness(id),
        render,
    })
}

fn render(
    view: &View<'_>,
    theme: &Theme,
    subject: Subject,
    page: &mut Vec<u8>,
) -> Result<(), TemplateError> {
    let Subject::Readiness(id) = subject else {
        return Ok(());
    };
    match view.portal.plan.get::<Train>(id) {
        Some(train) => context(&view.of(id), train).render(theme, "readiness.html", page),
        None => Ok(()),
    }
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
        state: Some(sheet.verdict()),
        facts: sheet.facts(),
        sections: vec![
            sheet.missing(),
            sheet.waived(),
            sheet.members(),
            sheet.passed(),
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
    /// Returns go or no-go, for the train with all of its releases; that it is over once it is.
    fn verdict(&self) -> State<'p> {
        let view = &self.view;
        if !view.portal.plan.is_open(self.train.id) {
            return State::new("closed").worded("Over");
        }
        let ids = std::iter::once(self.train.id).chain(self.releases.iter().map(|of| of.id));
        match ids.into_iter().all(|id| view.portal.progress.is_go(id)) {
            true => State::new("go").worded("Go"),
            false => State::new("no-go").worded("No-go"),
        }
    }

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

    /// What is left to do before it is a go, the worst first.
    fn missing(&self) -> Section<'p> {
        let view = &self.view;
        let columns = ["What", "State", "Who", "Due", "Gate", "Of"];
        let mut table = Table::new("What is missing, and who can do it", columns);
        let ids = std::iter::once(self.train.id).chain(self.releases.iter().map(|of| of.id));
        for blocked in ids.flat_map(|id| view.portal.progress.obstacles(id)) {
            if let Obstacle::Hold(_) = blocked.by {
                let state = obstacle_state(&blocked).into();
                let what = obstacle(view, &blocked);
                let of = view.document(blocked.document);
                table.row([what, state, Value::Empty, Value::Empty, Value::Empty, of]);
            }
        }
        for (id, gate) in self.gates.iter().copied() {
            for step in gate.remaining() {
                if let Some(state) = left(&step) {
                    let due = match step {
                        NextStep::Criterion(of) => {
                            of.criterion.own.and_then(|own| own.value.due.as_ref())
                        }
                        _ => None,
                    };
                    table.row([
                        action(view, gate, &step),
                        state.into(),
                        actors(view, gate, &step),
                        view.of(id).when(due.or(gate.gate.due())),
                        Value::Word(title(gate)),
                        view.document(id),
                    ]);
                }
            }
        }
        let empty = Empty::new("Nothing is missing", None);
        self.section("missing", "Missing", table, Some(empty))
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

    /// Each release with whether it may go.
    fn members(&self) -> Section<'p> {
        let view = &self.view;
        let columns = [
            "Release",
            "Version",
            "Ready",
            "Criteria met",
            "Stage",
            "Needs attention",
        ];
        let mut table = Table::new("Whether each release may go", columns);
        for &release in &self.releases {
            let is_go = view.portal.progress.is_go(release.id);
            let ready = match is_go {
                true => State::new("go").worded("Go"),
                false => State::new("no-go").worded("No-go"),
            };
            let of = view.of(release.id);
            table.row([
                view.document(release.id),
                of.version(release.fields.version.as_ref()),
                ready.into(),
                readiness(&of, release.into()).into(),
                course_state(&of, release.into()).into(),
                attention(&of, release.id),
            ]);
        }
        self.section("releases", "Releases", table, None)
    }

    /// Each gate before the deployment, with its result.
    fn passed(&self) -> Section<'p> {
        let view = &self.view;
        let columns = [
            "Gate",
            "State",
            "Criteria met",
            "Approvals given",
            "Decided",
            "Due",
            "Of",
        ];
        let mut table = Table::new("Gates before the deployment", columns);
        for (id, gate) in self.gates.iter().copied() {
            let count = gate
                .criteria
                .iter()
                .filter(|of| of.standing.passes())
                .count();
            let granted = gate.signoffs.iter().filter(|of| of.is_granted()).count();
            let tally = |count, of| (of > 0).then_some(Tally { count, of });
            let decided = gate
                .decided
                .map(|days| view.portal.dates().days(days.first.0, days.last.0));
            table.row([
                self.gate(id, gate),
                gate_state(view, gate).into(),
                tally(count, gate.criteria.len()).into(),
                tally(granted, gate.signoffs.len()).into(),
                decided.into(),
                view.of(id).when(gate.gate.due()),
                view.document(id),
            ]);
        }
        let empty = Empty::new("Nothing is asked for before the deployment", None);
        self.section("gates", "Gates", table, Some(empty))
    }

    fn met(&self) -> Section<'p> {
        let view = &self.view;
        let columns = ["Criterion", "Shown by", "Evidence of", "Gate", "Of"];
        let mut table = Table::new("What is met, and by whom", columns);
        for (id, gate, result) in self.criteria(Standing::Met) {
            let view = view.of(id);
            let own = result.criterion.own.map(|own| &own.value);
            let evidence = own.and_then(|own| own.evidence.as_ref());
            table.row([
                self.criterion(id, gate, result),
                view.who(result.criterion.owner()),
                view.when(evidence.and_then(|evidence| evidence.date.as_ref())),
                Value::Word(title(gate)),
                view.document(id),
            ]);
        }
        self.section("met", "Met", table, None)
    }

    /// Who signs: what was signed, and a line for what is still to be.
    fn signatures(&self) -> Section<'p> {
        let view = &self.view;
        let columns = [
            "Approval",
            "Role",
            "Gate",
            "Of",
            "Decision",
            "Name",
            "Date",
            "Signature",
        ];
        let mut table = Table::new("Approvals before the deployment", columns);
        for (id, gate) in self.gates.iter().copied() {
            for signoff in &gate.signoffs {
                for [decision, name, date] in signature(&view.of(id), signoff) {
                    let role = signoff.signoff.role;
                    table.row([
                        Value::Word(State::new(signoff.signoff.level).word),
                        role.map_or(Value::Empty, |role| Value::Word(State::new(role).word)),
                        Value::Word(title(gate)),
                        view.document(id),
                        decision,
                        name,
                        date,
                        Value::Empty,
                    ]);
                }
            }
        }
        let section = Section::new("signatures", "Signatures");
        match blocks::told_with(table, &BY_HAND) {
            Some(table) => section.block(table),
            None => section,
        }
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

    fn gate(&self, id: DocId, gate: &GateResult<'p>) -> Value<'p> {
        self.link(
            id,
            &blocks::anchored("gate", gate.gate.id),
            title(gate).into_owned(),
        )
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
            let words = self
                .view
                .portal
                .locale
                .phrase("and {n} more", &[("n", &rest)]);
            Block::List(vec![words.into()])
        });
        let told = blocks::told(table).or(empty.map(Block::Empty));
        blocks::section(id, heading, [told, more])
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
