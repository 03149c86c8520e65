//! `closing/review-missing`: where a type asks for a post mortem, it is held in time.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Findings, Severity};
use crate::plan::kinds::review::Review;
use crate::plan::parts::lifecycle::Stage;
use crate::plan::{Course, DocId, Plan};
use crate::rules::book::{Context, Rule, Setting};
use crate::rules::standing::{self, Asked};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("review-missing.md"),
    check,
)
.enforcing(&[Setting::PostMortem]);

const NAME: &str = "closing/review-missing";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let reviewed = reviewed(plan);
    for course in plan.courses().filter(|course| course.stage().is_some()) {
        let train = course.document.belongs.train;
        let is_reviewed = |id: DocId| reviewed.contains(&id);
        // A train is looked back on as a whole, with all of its releases.
        let by_train =
            train.is_some_and(|train| is_reviewed(train) || within(plan, train).is_some());
        if !is_reviewed(course.id) && !by_train {
            findings.extend(fault(context, &course));
        }
    }
}

/// Returns the trains and releases that a post mortem is about, also by one of their turnovers.
fn reviewed(plan: &Plan) -> FxHashSet<DocId> {
    let about = plan.all::<Review>().flat_map(|review| {
        let of = review.fields.of.as_ref().and_then(|of| of.target);
        let of_target = of.map(|of| plan.document(of).belongs);
        let belongs = review.document.belongs;
        let through = of_target.and_then(|belongs| belongs.release.or(belongs.train));
        // A review of one release is none of its train.
        let own = belongs.release.or(belongs.train).filter(|_| of.is_none());
        [of, through.filter(|_| !of_is_release(plan, of)), own]
    });
    about.flatten().collect()
}

fn of_is_release(plan: &Plan, of: Option<DocId>) -> bool {
    of.is_some_and(|of| plan.course(of).is_some())
}

fn within(plan: &Plan, id: DocId) -> Option<Asked<'_>> {
    Asked::of(plan, id).filter(|asked| asked.of_type.value.post_mortem_within.is_some())
}

fn fault(context: &Context<'_>, course: &Course<'_>) -> Option<crate::diagnostic::Finding> {
    let plan = context.plan;
    if !matches!(
        standing::stage(plan, course.id)?,
        Stage::Deployment | Stage::Closed
    ) {
        return None;
    }
    let asked = within(plan, course.id)?;
    let within = asked.of_type.value.post_mortem_within.as_ref()?;
    let deployed = standing::entered(plan, course.id, Stage::Deployment);
    let (date, at) = deployed.or_else(|| standing::closed(plan, course.id))?;
    let due = standing::days_after(plan, course.id, date.days()?.last, within.value)?;
    if context.as_of <= due {
        return None;
    }
    let message = format!(
        "{} has no post mortem, which was due by {}",
        course.name(),
        due.words()
    );
    let finding = context.lacking(NAME, course.id, message);
    let finding = finding.also(at, format!("deployed {}", date.resolved.words()));
    let asks = format!("{} within {}", asked.words(), within.value);
    let finding = finding.also(asked.locate(plan, within.span), asks);
    Some(finding.hint("hold it, and write it down below `reviews/`"))
}
