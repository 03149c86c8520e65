//! `train/overlapping-trains`: two trains do not deploy on the same days.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::Kind;
use crate::plan::{Course, Plan};
use crate::rules::book::{Context, Rule};
use crate::text::Location;
use crate::time::{DayRange, Extent};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Info,
    include_str!("overlapping-trains.md"),
    check,
);

const NAME: &str = "train/overlapping-trains";

/// When one train is deployed.
struct Deployment<'p> {
    train: Course<'p>,
    days: DayRange,
    extent: Extent,
    at: Location,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut planned = deployments(context.plan);
    planned.sort_by_key(|deployment| (deployment.days.first, deployment.train.id));
    for (index, earlier) in planned.iter().enumerate() {
        let next = planned[index + 1..]
            .iter()
            .take_while(|later| later.days.first <= earlier.days.last);
        for later in next.filter(|later| later.extent.certainly_overlaps(earlier.extent)) {
            findings.push(overlap(earlier, later));
        }
    }
}

/// Returns when the trains that are on their way are deployed.
fn deployments(plan: &Plan) -> Vec<Deployment<'_>> {
    let trains = plan
        .of_kind(Kind::Train)
        .filter_map(|(id, _)| plan.course(id));
    let open = trains.filter(|train| plan.is_open(train.id));
    let planned = open.filter_map(|train| {
        let (period, at) = plan.deployment_of(&train)?;
        let extent = period.resolved.extent(&plan.business_days(train.id));
        Some(Deployment {
            train,
            days: period.days()?,
            extent,
            at,
        })
    });
    planned.collect()
}

fn overlap(earlier: &Deployment<'_>, later: &Deployment<'_>) -> Finding {
    let shared = DayRange::new(later.days.first, later.days.last.min(earlier.days.last));
    let (one, other) = (earlier.train.name(), later.train.name());
    let message = format!("{other} is deployed together with {one} {}", shared.words());
    let finding =
        Finding::new(NAME, later.at, message).also(earlier.at, format!("{one} is deployed here"));
    finding.hint("move one of them, or tell the people who deploy both")
}
