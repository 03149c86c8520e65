//! `release/version-not-monotonic`: the versions of an application rise from one deployment to the next.

use std::cmp::Ordering;

use super::line::{self, Member};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Plan;
use crate::rules::book::{Context, Rule, Setting};
use crate::rules::standing;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("version-not-monotonic.md"),
    check,
)
.enforcing(&[Setting::Versioning]);

const NAME: &str = "release/version-not-monotonic";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for line in line::lines(context) {
        findings.extend(repeated(plan, &line));
        findings.extend(falling(plan, &line));
    }
}

/// Returns the releases that have the version of another one. A line is in the order of its versions.
fn repeated(plan: &Plan, line: &[Member<'_>]) -> Vec<Finding> {
    let pairs = line.iter().zip(line.iter().skip(1));
    let same = pairs.filter(|(a, b)| a.version.compare(&b.version) == Some(Ordering::Equal));
    let same = same.filter_map(|(a, b)| {
        // Of two, the one that comes later can still be given another version.
        let (first, second) = if b.is_before(a) { (b, a) } else { (a, b) };
        let open = |it: &Member<'_>| plan.is_open(it.release.id);
        let (earlier, this) = match (open(second), open(first)) {
            (true, _) => (first, second),
            (false, true) => (second, first),
            (false, false) => return None,
        };
        let name = standing::name(plan, this.release);
        let message = format!("{name} is released twice");
        let finding = Finding::new(NAME, this.at, message);
        let other = format!(
            "release {} has this version as well",
            earlier.release.document.id
        );
        Some(
            finding
                .also(earlier.at, other)
                .hint("give each release a version of its own"),
        )
    });
    same.collect()
}

/// Returns the open releases that go to production after a higher version did, and do not mend an older one.
fn falling(plan: &Plan, line: &[Member<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    // From the highest version down: the one that goes first among the higher ones is the one to come before.
    let mut first_above: Option<&Member<'_>> = None;
    for (index, this) in line.iter().enumerate().rev() {
        let higher = |above: &&Member<'_>| {
            above.version.compare(&this.version) == Some(Ordering::Greater) && above.is_before(this)
        };
        let above = first_above.filter(higher);
        if let Some(above) = above.filter(|_| plan.is_open(this.release.id))
            && !line::is_backport(line, index)
        {
            findings.push(fall(plan, above, this));
        }
        let latest = |member: &Member<'_>| member.rollout.map(|it| it.starts.last);
        let earlier = |other| latest(this) < latest(other);
        if this.rollout.is_some() && first_above.is_none_or(earlier) {
            first_above = Some(this);
        }
    }
    findings
}

fn fall(plan: &Plan, above: &Member<'_>, this: &Member<'_>) -> Finding {
    let (name, higher) = (
        standing::name(plan, this.release),
        standing::name(plan, above.release),
    );
    let message = format!("{name} goes to production{} after {higher}", this.when());
    let finding = Finding::new(NAME, this.at, message);
    let finding = finding.also(above.at, format!("{higher} goes{}", above.when()));
    finding.hint(format!(
        "give it a version above {}, or deploy it earlier",
        above.version
    ))
}
