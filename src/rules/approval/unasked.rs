//! `approval/unasked`: a decision is on something, at a gate and at a level that somebody asks for.

use super::{ballot, placement};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::JudgedVote;
use crate::plan::Doc;
use crate::plan::kinds::approval::Approval;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("unasked.md"), check);

const NAME: &str = "approval/unasked";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for file in context.plan.all::<Approval>() {
        findings.extend(for_nothing(context, file));
    }
    for judged in ballot::underway(context) {
        findings.extend(astray(context, judged));
    }
}

/// Returns that the approval `file` neither says what it is for nor lies below it.
fn for_nothing(context: &Context<'_>, file: Doc<'_, Approval>) -> Option<Finding> {
    let belongs = file.document.belongs;
    if file.fields.r#for.is_some() || belongs.release.or(belongs.train).is_some() {
        return None;
    }
    let message = format!("approval {} does not say what it is for", file.document.id);
    let finding = context.lacking(NAME, file.id, message);
    Some(finding.hint("name the train, release, change or turnover under `for:`"))
}

fn astray(context: &Context<'_>, judged: &JudgedVote<'_>) -> Option<Finding> {
    let (plan, vote) = (context.plan, &judged.vote);
    let astray = placement::astray(plan, judged)?;
    let (word, subject) = (&astray.word.value, context.name(vote.subject));
    let who = ballot::who(vote);
    let message = match astray.what {
        "gate" => format!("{who} decides on gate {word}, which {subject} does not have"),
        _ => {
            let on = ballot::what(context, vote);
            format!("{who} decides at the level {word}, which {on} does not ask for")
        }
    };
    let finding = Finding::new(NAME, ballot::locate(plan, vote, astray.word.span), message);
    Some(finding.hint(match astray.meant() {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("name one of {}", astray.known.join(", ")),
    }))
}
