//! `train/cadence-missed`: trains of one line leave as often as they are meant to.

use std::collections::BTreeMap;

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::release::Release;
use crate::plan::parts::lifecycle::Stage;
use crate::plan::value::{Cadence, When};
use crate::plan::{Course, DocId, Kind, Plan};
use crate::rules::book::{Context, Rule, Setting};
use crate::text::Location;
use crate::time::DayRange;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("cadence-missed.md"),
    check,
)
.resting_on(&[
    "cadence",
    "schedule",
    "planned",
    "status",
    "environment",
    "category",
    "contents",
])
.resting_on_plan()
.enforcing(&[Setting::Cadence]);

const NAME: &str = "train/cadence-missed";

/// What follows one another.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    /// Trains of one policy that follow one model.
    Trains {
        policy: Option<DocId>,
        model: Option<DocId>,
    },
    /// Releases of one application.
    Releases { application: DocId },
}

/// One deployment of a line.
struct Departure<'p> {
    course: Course<'p>,
    days: DayRange,
    at: Location,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for departures in lines(plan).values_mut() {
        departures.sort_by_key(|departure| (departure.days.first, departure.course.id));
        for pair in departures.windows(2) {
            let [last, this] = pair else { continue };
            findings.extend(
                cadence(plan, &this.course).and_then(|cadence| missed(plan, last, this, cadence)),
            );
        }
    }
}

/// Returns the departures of each line, when any has a cadence. What was abandoned never left.
fn lines(plan: &Plan) -> BTreeMap<Line, Vec<Departure<'_>>> {
    let mut lines: BTreeMap<Line, Vec<Departure<'_>>> = BTreeMap::new();
    if !plan
        .courses()
        .any(|course| cadence(plan, &course).is_some())
    {
        return lines;
    }
    for course in plan.courses().filter(|course| !was_abandoned(plan, course)) {
        let Some((days, at)) = departure(plan, &course) else {
            continue;
        };
        lines
            .entry(line(plan, &course))
            .or_default()
            .push(Departure { course, days, at });
    }
    lines
}

/// Returns how often the line of `course` is meant to leave: as it says itself, or, for a train, as its policy does.
fn cadence<'p>(plan: &'p Plan, course: &Course<'p>) -> Option<&'p Cadence> {
    let of_policy = || {
        let policy = plan
            .binding_policy(course.id)
            .filter(|_| course.document.kind == Kind::Train)?;
        policy.fields.cadence.as_ref()
    };
    course
        .cadence
        .or_else(of_policy)
        .map(|cadence| &cadence.value)
}

fn line(plan: &Plan, course: &Course<'_>) -> Line {
    let release = plan.get::<Release>(course.id);
    match release.and_then(|release| release.application.as_ref()?.target) {
        Some(application) => Line::Releases { application },
        None => Line::Trains {
            policy: plan.policy_of(course.id).map(|policy| policy.id),
            model: plan.model_of(course.id).map(|model| model.id),
        },
    }
}

fn was_abandoned(plan: &Plan, course: &Course<'_>) -> bool {
    let stage = course.stage();
    stage.is_some_and(|stage| plan.stages_of(course.id).canonical(stage) == Some(Stage::Abandoned))
}

/// Returns when `course` left, or when it is planned to, and where that is written.
fn departure(plan: &Plan, course: &Course<'_>) -> Option<(DayRange, Location)> {
    let stages = plan.stages_of(course.id);
    let deployment = |name: &str| stages.canonical(name) == Some(Stage::Deployment);
    let mut entered = course
        .history
        .iter()
        .filter(|entry| entry.stage.as_ref().is_some_and(|name| deployment(name)));
    let left = entered.next().and_then(|entry| entry.value.date.as_ref());
    let left = left.and_then(|date| Some((When::days(date)?, course.locate(date.span))));
    left.or_else(|| {
        let (period, at) = plan.deployment_of(course)?;
        Some((period.resolved.from().days()?, at))
    })
}

/// Returns that `this` leaves too long after `last`: a quarter of the cadence is leeway.
fn missed(
    plan: &Plan,
    last: &Departure<'_>,
    this: &Departure<'_>,
    cadence: &Cadence,
) -> Option<Finding> {
    let due = cadence.next(last.days.last, &plan.business_days(this.course.id))?;
    let leeway = (last.days.last.until(due) + 3) / 4;
    if this.days.first <= due.plus(leeway)? || !plan.is_open(this.course.id) {
        return None;
    }
    let (name, last_name) = (this.course.name(), last.course.name());
    let distance = distance(last.days.last.until(this.days.first));
    let message =
        format!("{name} is deployed {distance} after {last_name}; the cadence is {cadence}");
    let finding = Finding::new(NAME, this.at, message);
    let finding = finding.also(
        last.at,
        format!("{last_name} is deployed {}", last.days.words()),
    );
    Some(finding.hint(format!(
        "deploy it around {}, or change `cadence:`",
        due.words()
    )))
}

fn distance(days: i64) -> String {
    if days < 21 {
        format!("{days} days")
    } else {
        format!("{} weeks", days / 7)
    }
}
