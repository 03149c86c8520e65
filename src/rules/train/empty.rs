//! `train/empty`: a train whose scope is settled carries something.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Findings, Severity};
use crate::plan::kinds::Kind;
use crate::plan::parts::lifecycle::Stage;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("empty.md"), check);

const NAME: &str = "train/empty";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let releases = plan.of_kind(Kind::Release);
    let loaded: FxHashSet<_> = releases
        .filter_map(|(_, release)| release.belongs.train)
        .collect();
    let trains = plan
        .of_kind(Kind::Train)
        .filter_map(|(id, _)| plan.course(id));
    for train in trains.filter(|train| !loaded.contains(&train.id)) {
        let Some(stage) = plan.running_stage(&train) else {
            continue;
        };
        let past_scoping = plan.stages_of(train.id).reached(stage) > Some(Stage::Scoping);
        if past_scoping {
            let message = format!("{} is in {} and has no release", train.name(), &**stage);
            let finding = context.lacking(NAME, train.id, message);
            let finding = finding.also(
                train.locate(stage.span),
                format!("it entered {} here", &**stage),
            );
            findings.push(finding.hint("add its releases below `releases/`, or abandon the train"));
        }
    }
}
