//! `milestone/outside-train`: a promise of a train lies in the time that the train takes.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::milestone::{Milestone, MilestoneCategory};
use crate::plan::value::Period;
use crate::plan::{Course, DocId, Plan};
use crate::rules::book::{Context, Rule};
use crate::time::{Calendar, DayRange};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("outside-train.md"),
    check,
);

const NAME: &str = "milestone/outside-train";

/// The time that a train takes: from its first planned stage to its last, where nothing comes before or after these.
struct Span<'p> {
    train: Course<'p>,
    first: Option<&'p Period>,
    last: Option<&'p Period>,
    /// The last day of early life support.
    support: Option<DayRange>,
    calendar: Calendar,
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let mut spans: FxHashMap<DocId, Option<Span<'_>>> = FxHashMap::default();
    for milestone in plan.all::<Milestone>() {
        let belongs = milestone.document.belongs;
        let Some(owner) = belongs.train.or(belongs.release) else {
            continue;
        };
        let span = spans.entry(owner).or_insert_with(|| Span::of(plan, owner));
        let (Some(span), Some(due)) = (span, milestone.fields.due.as_ref()) else {
            continue;
        };
        let Some(days) = due.days() else { continue };
        let fault = span
            .before(days)
            .or_else(|| span.after(days).filter(|_| !may_come_after(&milestone)));
        let Some((period, why)) = fault else { continue };
        let message = format!(
            "milestone {} is due {}, {why}",
            milestone.document.short_id(),
            due.resolved.words()
        );
        let finding = Finding::new(NAME, plan.locate(milestone.id, due.span), message);
        let finding = finding.also(
            span.train.locate(period.span),
            format!("the schedule of {}", span.train.name()),
        );
        findings.push(
            finding.hint("correct the day, or plan the stages so that it lies in one of them"),
        );
    }
}

/// Returns whether `milestone` may lie after the end of its train.
fn may_come_after(milestone: &Milestone) -> bool {
    let category = milestone.category.as_ref().map(|category| category.value);
    matches!(
        category,
        Some(MilestoneCategory::Event | MilestoneCategory::Thaw)
    )
}

impl<'p> Span<'p> {
    /// Returns the time that the train or release `id` takes; none when it has ended or no stage is planned.
    fn of(plan: &'p Plan, id: DocId) -> Option<Self> {
        let train = plan.course(id).filter(|_| plan.is_open(id))?;
        let planned = plan.planned_stages(&train);
        let ((first, begin), (last, end)) = (planned.first()?, planned.last()?);
        let stages = plan.stages_of(id);
        // Stages that are not planned may come before the first one, or after the last one.
        let opens = stages.position(first)? <= 1;
        let next = stages.names().nth(stages.position(last)? + 1);
        let closes = next.is_none_or(|next| stages.is_final(next));
        let support = train
            .support
            .and_then(|support| support.until.as_ref()?.days());
        let calendar = plan.business_days(id);
        Some(Self {
            train,
            first: opens.then_some(*begin),
            last: closes.then_some(*end),
            support,
            calendar,
        })
    }

    /// Returns the first stage and what is wrong when `days` are certainly before it.
    fn before(&self, days: DayRange) -> Option<(&'p Period, String)> {
        let first = self
            .first
            .filter(|first| first.resolved.extent(&self.calendar).starts_after(days))?;
        let words = format!(
            "before {} begins {}",
            self.train.name(),
            first.resolved.from().words()
        );
        Some((first, words))
    }

    /// Returns the last stage and what is wrong when `days` are certainly after it, and after early life support.
    fn after(&self, days: DayRange) -> Option<(&'p Period, String)> {
        let last = self
            .last
            .filter(|last| last.resolved.extent(&self.calendar).ends_before(days))?;
        let supported = self
            .support
            .is_some_and(|support| !support.certainly_before(days));
        let words = format!(
            "after {} ends {}",
            self.train.name(),
            last.resolved.end_words(&self.calendar)
        );
        (!supported).then_some((last, words))
    }
}
