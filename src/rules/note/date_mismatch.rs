//! `note/date-mismatch`: the date of a note is that of its release.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::note::Note;
use crate::rules::book::{Context, Rule};
use crate::rules::standing::{self, Rollouts};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("date-mismatch.md"),
    check,
);

const NAME: &str = "note/date-mismatch";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let dated = plan
        .all::<Note>()
        .filter(|note| note.date.is_some() && note.fragment.is_none());
    let dated: Vec<_> = dated.collect();
    if dated.is_empty() {
        return;
    }
    let rollouts = Rollouts::of_plan(context);
    for note in dated {
        let (Some(date), Some(id)) = (&note.fields.date, note.document.belongs.release) else {
            continue;
        };
        let Some(rollout) = rollouts.of(id).filter(|_| !standing::is_exempt(plan, id)) else {
            continue;
        };
        let Some(days) = date.days() else { continue };
        let before = days.certainly_before(rollout.starts);
        if !before && days.first <= rollout.last {
            continue;
        }
        let (name, release) = (note.document.short_id(), &plan.document(id).id);
        let (when, starts) = (date.resolved.words(), rollout.starts.words());
        let verb = if rollout.done { "went" } else { "goes" };
        let message = format!(
            "note {name} is dated {}, and {release} {verb} to production {starts}",
            when.trim_start_matches("on ")
        );
        let finding = Finding::new(NAME, plan.locate(note.id, date.span), message);
        let finding = finding.also(rollout.at, format!("{release} {verb} {starts}"));
        findings.push(finding.hint("write the day on which the release is there"));
    }
}
