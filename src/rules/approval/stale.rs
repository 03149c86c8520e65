//! `approval/stale`: what was approved is what is planned now.

use super::ballot;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::lifecycle::{JudgedVote, VoteFault, differences};
use crate::plan::kinds::approval::Decision;
use crate::rules::book::{Context, Rule};

pub(super) const RULE: Rule = Rule::checked(NAME, Severity::Error, include_str!("stale.md"), check);

const NAME: &str = "approval/stale";

fn check(context: &Context<'_>, findings: &mut Findings) {
    findings.extend(ballot::underway(context).filter_map(|vote| stale(context, vote)));
}

fn stale(context: &Context<'_>, judged: &JudgedVote<'_>) -> Option<Finding> {
    let (plan, vote) = (context.plan, &judged.vote);
    let mut now = None;
    for fault in &judged.faults {
        match fault {
            VoteFault::Stale(fingerprint) => now = Some(fingerprint),
            // It does not count any more anyway, whatever it covers.
            VoteFault::BeforeReturn(_) => return None,
            _ => {}
        }
    }
    let (now, covers) = (now?, vote.approval.covers.as_ref()?);
    if vote.decision() != Some(Decision::Approved) {
        return None;
    }
    let differing = differences(covers, now);
    let changed = match &differing {
        Some(parts) => format!("the {} changed since", list(parts)),
        None => "`covers:` is no fingerprint to compare with".to_owned(),
    };
    let (who, what) = (ballot::who(vote), ballot::what(context, vote));
    let message = format!(
        "{who} approved {what}{}, and {changed}",
        ballot::when(judged)
    );
    let finding = Finding::new(NAME, ballot::locate(plan, vote, covers.span), message);
    let finding = finding.label(format!("it is {now} now"));
    let again = match ballot::place(plan, judged) {
        Some(place) => format!("with `trainboard approve {place}`"),
        None => format!("as it is now, and write `covers: {now}`"),
    };
    // Where nobody can tell what changed, nobody can take it back.
    let or_else = differing.map_or("", |_| "; or take the change back");
    Some(finding.hint(format!("have it approved again {again}{or_else}")))
}

/// Returns `parts` as a message lists them, with the verb: `dates and scope have`.
fn list(parts: &[&str]) -> String {
    match parts {
        ["scope"] => "scope has".to_owned(),
        [one] => format!("{one} have"),
        [rest @ .., last] => format!("{} and {last} have", rest.join(", ")),
        [] => "plan has".to_owned(),
    }
}
