//! `approval/stale`: what was approved is what is planned now.

use super::ballot;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{JudgedVote, VoteFault};
use crate::plan::kinds::approval::Decision;
use crate::plan::{DocId, Plan};
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(NAME, Severity::Error, include_str!("stale.md"), check);

const NAME: &str = "approval/stale";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let votes = ballot::judged(context);
    let approvals = votes.filter(|vote| vote.vote.decision() == Some(Decision::Approved));
    for vote in approvals.filter(|vote| has_not_ended(context.plan, vote.vote.subject)) {
        findings.extend(stale(context, &vote));
    }
}

/// Returns whether neither `id` nor what it belongs to has ended: what has ended is not approved again.
fn has_not_ended(plan: &Plan, id: DocId) -> bool {
    let belongs = plan.document(id).belongs;
    let mut ways = [Some(id), belongs.release, belongs.train]
        .into_iter()
        .flatten();
    ways.all(|way| plan.is_open(way))
}

fn stale(context: &Context<'_>, judged: &JudgedVote<'_>) -> Option<Finding> {
    let (plan, vote) = (context.plan, &judged.vote);
    let mut now = None;
    for fault in &judged.faults {
        match fault {
            VoteFault::Stale(fingerprint) => now = Some(fingerprint),
            // It does not count any more anyway, whatever it covers.
            VoteFault::BeforeReturn(_) | VoteFault::Superseded(_) => return None,
            _ => {}
        }
    }
    let (now, covers) = (now?, vote.approval.covers.as_ref()?);
    let message = format!(
        "{} has changed since {} approved {}{}",
        context.name(vote.subject),
        ballot::who(vote),
        if vote.gate.is_some() {
            ballot::what(context, vote)
        } else {
            "it".to_owned()
        },
        ballot::when(judged)
    );
    let finding = Finding::new(NAME, ballot::locate(plan, vote, covers.span), message);
    let finding = finding.label(format!("it is {now} now"));
    Some(finding.hint(format!(
        "have it approved as it is now, and write `covers: {now}`; or take the change back"
    )))
}
