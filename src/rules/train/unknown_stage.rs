//! `train/unknown-stage`: the schedule and the history name stages that exist.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::model::Model;
use crate::plan::value::Text;
use crate::plan::{Course, Plan, Stages};
use crate::rules::book::{Context, Rule};
use crate::text::nearest;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("unknown-stage.md"),
    check,
);

const NAME: &str = "train/unknown-stage";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for course in context.plan.courses() {
        let stages = context.plan.stages_of(course.id);
        let mut seen = FxHashSet::default();
        let excused = |stage: &Text| {
            context.plan.model_of(course.id).is_none() && is_modelled(context, stage)
        };
        let unknown =
            named(&course).filter(|stage| stages.position(stage).is_none() && !excused(stage));
        // The same slip in the schedule and in the history is one fault.
        for stage in unknown.filter(|stage| seen.insert(&*stage.value)) {
            findings.push(unknown_stage(context, &course, &stages, stage));
        }
    }
}

/// Returns whether some model of the plan has the stage `name`: a course that follows no model may still speak its
/// language.
fn is_modelled(context: &Context<'_>, name: &str) -> bool {
    context
        .plan
        .all::<Model>()
        .any(|model| model.fields.stages.get(name).is_some())
}

/// Returns the stages that a course names.
fn named<'p>(course: &Course<'p>) -> impl Iterator<Item = &'p Text> {
    let entered = course
        .history
        .iter()
        .filter_map(|entry| entry.value.stage.as_ref());
    course
        .schedule
        .iter()
        .map(|(stage, _)| stage)
        .chain(entered)
}

fn unknown_stage(
    context: &Context<'_>,
    course: &Course<'_>,
    stages: &Stages<'_>,
    stage: &Text,
) -> Finding {
    let model = context.plan.model_of(course.id);
    let whose = model.map_or("there is".to_owned(), |model| {
        format!("model {} has", model.document.id)
    });
    let finding = Finding::new(
        NAME,
        course.locate(stage.span),
        format!("{whose} no stage `{}`", &**stage),
    );
    let finding = match model {
        Some(model) => finding.also(
            context.plan.head(model.id),
            format!("model {}", model.document.id),
        ),
        None => finding,
    };
    let finding = finding.hint(hint(context.plan, stages, stage));
    let meant = stages.names().find(|name| name.eq_ignore_ascii_case(stage));
    // Only its case is wrong; a key that is there already is not written a second time.
    let meant = meant.filter(|meant| course.schedule.get(meant).is_none());
    let written = context.plan.sources.slice(course.locate(stage.span));
    match meant.filter(|_| *written == *stage.value) {
        Some(meant) => finding.fix(format!("write `{meant}`"), stage.span, meant),
        None => finding,
    }
}

fn hint(plan: &Plan, stages: &Stages<'_>, wrong: &str) -> String {
    if let Some(best) = nearest(wrong, stages.names()).first() {
        return format!("did you mean `{best}`?");
    }
    let mut models = plan.all::<Model>();
    if let Some(other) = models.find(|model| model.stages.get(wrong).is_some()) {
        return format!("model {0} has it: write `model: {0}`", other.document.id);
    }
    let names: Vec<_> = stages.names().map(|name| format!("`{name}`")).collect();
    format!("the stages are {}", names.join(", "))
}
