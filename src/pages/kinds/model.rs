//! Release models: the template of a train, with its dates relative to the deployment.

use crate::pages::blocks;
use crate::pages::decisions::approvals_table;
use crate::pages::deployment::{run_sheet, smoke_tests, way_back};
use crate::pages::parts::{Block, Fact, Section, Value};
use crate::pages::show::Show;
use crate::pages::view::View;
use crate::plan::Doc;
use crate::plan::kinds::model::Model;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::gate::Gate;
use crate::plan::value::{Inline, Item, Text};

impl Show for Model {
    const COLUMNS: &'static [&'static str] = &[
        "Model",
        "Stages",
        "Gates",
        "Milestones",
        "Turnovers",
        "Owner",
    ];

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        vec![
            Fact::new("Owner", view.who(doc.document.common.owner.as_ref())),
            Fact::new(
                "Dates",
                Value::word("T is the start of the deployment, bd are business days"),
            ),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let model = doc.fields;
        let gates = model.gates.iter().map(|gate| gate_of_model(view, gate));
        let turnovers = blocks::section("model-turnovers", "Turnovers", [turnovers(view, model)]);
        let run_sheets = model
            .turnovers
            .iter()
            .map(|turnover| run_sheet_of_model(view, turnover));
        vec![
            blocks::section("stages", "Stages", [stages(view, model)]),
            blocks::section(
                "transitions",
                "Moves that are allowed",
                [transitions(view, model)],
            ),
            gates.fold(Section::new("model-gates", "Gates"), Section::section),
            blocks::section("milestones", "Milestones", [milestones(view, model)]),
            run_sheets
                .filter(|sheet| !sheet.blocks.is_empty())
                .fold(turnovers, Section::section),
            blocks::section("tasks", "Tasks", [tasks(view, model)]),
            blocks::section(
                "communications",
                "Communications",
                [communications(view, model)],
            ),
        ]
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        let model = doc.fields;
        vec![
            view.document(doc.id),
            blocks::count(model.stages.len()),
            blocks::count(model.gates.len()),
            blocks::count(model.milestones.len()),
            blocks::count(model.turnovers.len()),
            view.who(doc.document.common.owner.as_ref()),
        ]
    }
}

fn stages<'p>(view: &View<'p>, model: &'p Model) -> Option<Block<'p>> {
    let columns = ["Stage", "Id", "Stands for"];
    blocks::told(blocks::keyed(
        "Stages in order",
        columns,
        "stage",
        &model.stages,
        |stage| {
            let title = stage
                .title
                .as_ref()
                .map(|title| view.prose(&title.value).into());
            [
                title.unwrap_or_else(|| view.own_word(Some(&stage.id))),
                Value::code(&*stage.id.value),
                view.choice(stage.canonical.as_ref()),
            ]
        },
    ))
}

/// Returns the moves; without any, those of the default model are allowed (semantics, Lifecycle).
fn transitions<'p>(view: &View<'p>, model: &'p Model) -> Option<Block<'p>> {
    let columns = ["From", "To", "After the gates"];
    let moves = blocks::table(
        "Moves from stage to stage",
        columns,
        &model.transitions,
        |transition| {
            let transition = &transition.value;
            [
                stage_name(view, model, transition.from.as_ref()),
                stage_name(view, model, transition.to.as_ref()),
                Value::list(
                    transition
                        .requires
                        .iter()
                        .map(|gate| view.own_word(Some(gate))),
                ),
            ]
        },
    );
    let as_usual = [Fact::new(
        "Moves",
        Value::word("those of the default model"),
    )];
    blocks::told(moves).or_else(|| blocks::facts(as_usual))
}

/// Returns the name that `model` gives to a stage.
fn stage_name<'p>(view: &View<'p>, model: &'p Model, stage: Option<&'p Text>) -> Value<'p> {
    let of_model = stage.and_then(|stage| model.stages.get(&stage.value)?.title.as_ref());
    match of_model {
        Some(title) => view.text(Some(title)),
        None => view.own_word(stage),
    }
}

fn gate_of_model<'p>(view: &View<'p>, gate: &'p Item<Gate>) -> Section<'p> {
    let id = blocks::anchored("gate", &gate.id.value);
    let title = gate
        .title
        .as_ref()
        .map_or(&*gate.id.value, |title| &*title.value);
    let due = blocks::facts([Fact::new("Due", view.when(gate.due.as_ref()))]);
    let columns = ["Criterion", "Owner", "Environment", "Due"];
    let anchor = format!("criterion-{}", gate.id.value);
    let criteria = blocks::keyed("Criteria", columns, &anchor, &gate.criteria, |criterion| {
        [
            blocks::name(view, criterion.title.as_ref(), &criterion.id.value),
            view.who(criterion.owner.as_ref()),
            view.maybe(criterion.environment.as_ref()),
            view.when(criterion.due.as_ref()),
        ]
    });
    let approvals = gate.approvals.iter().map(|approval| &approval.value);
    let approvals = approvals_table(view, "Approvals", approvals);
    blocks::section(
        id,
        title,
        [due, blocks::told(criteria), blocks::told(approvals)],
    )
}

fn milestones<'p>(view: &View<'p>, model: &'p Model) -> Option<Block<'p>> {
    let columns = ["Milestone", "Due", "Category", "Gate", "Binds", "Owner"];
    blocks::told(blocks::keyed(
        "Milestones",
        columns,
        "milestone",
        &model.milestones,
        |milestone| {
            let detail = &milestone.detail;
            [
                blocks::name(view, milestone.common.title.as_ref(), &milestone.id.value),
                view.when(detail.due.as_ref()),
                view.choice(detail.category.as_ref()),
                view.own_word(detail.gate.as_ref()),
                view.references(&detail.applies_to),
                view.who(milestone.common.owner.as_ref()),
            ]
        },
    ))
}

fn tasks<'p>(view: &View<'p>, model: &'p Model) -> Option<Block<'p>> {
    let columns = ["Task", "Category", "Owner", "Due"];
    blocks::told(blocks::keyed(
        "Tasks",
        columns,
        "task",
        &model.tasks,
        |task| {
            [
                blocks::name(view, task.title.as_ref(), &task.id.value),
                view.choice(task.category.as_ref()),
                view.who(task.owner.as_ref()),
                view.when(task.due.as_ref()),
            ]
        },
    ))
}

fn communications<'p>(view: &View<'p>, model: &'p Model) -> Option<Block<'p>> {
    let columns = ["Message", "For", "Through", "Owner", "Due"];
    blocks::told(blocks::keyed(
        "Communications",
        columns,
        "communication",
        &model.communications,
        |message| {
            [
                blocks::name(view, message.title.as_ref(), &message.id.value),
                view.text(message.audience.as_ref()),
                view.text(message.channel.as_ref()),
                view.who(message.owner.as_ref()),
                view.when(message.due.as_ref()),
            ]
        },
    ))
}

fn turnovers<'p>(view: &View<'p>, model: &'p Model) -> Option<Block<'p>> {
    let columns = [
        "Turnover",
        "Environment",
        "Planned",
        "Promoted from",
        "Owner",
    ];
    blocks::told(blocks::keyed(
        "Turnovers",
        columns,
        "turnover",
        &model.turnovers,
        |turnover| {
            let detail = &turnover.detail;
            [
                blocks::name(view, turnover.common.title.as_ref(), &turnover.id.value),
                view.maybe(detail.environment.as_ref()),
                view.period(detail.planned.as_ref()),
                view.maybe(detail.from.as_ref()),
                view.who(turnover.common.owner.as_ref()),
            ]
        },
    ))
}

/// Returns the run sheet that a turnover of a model begins with.
fn run_sheet_of_model<'p>(view: &View<'p>, turnover: &'p Item<Inline<Turnover>>) -> Section<'p> {
    let id = &*turnover.id.value;
    let title = turnover
        .common
        .title
        .as_ref()
        .map_or(id, |title| &*title.value);
    let detail = &turnover.detail;
    let steps = run_sheet(view, "Run sheet", &format!("{id}-task"), &detail.tasks, &[]);
    let smoke = smoke_tests(view, &format!("{id}-smoke"), &detail.smoke);
    let back = way_back(
        view,
        &format!("{id}-back-out-task"),
        detail.backout.as_ref(),
    );
    blocks::section(
        blocks::anchored("run-sheet", id),
        title,
        [steps, smoke].into_iter().chain(back),
    )
}
