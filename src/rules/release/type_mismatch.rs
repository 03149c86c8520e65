//! `release/type-mismatch`: a release raises the part of the version that its type may raise.

use super::line::{self, Member};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Plan;
use crate::plan::kinds::policy::BumpRule;
use crate::plan::value::Choices;
use crate::rules::book::{Context, Rule, Setting};
use crate::rules::standing::{self, Asked};
use crate::time::{Bump, VersionScheme};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("type-mismatch.md"),
    check,
)
.enforcing(&[Setting::Bump]);

const NAME: &str = "release/type-mismatch";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    for line in line::lines(context) {
        for (index, member) in line.iter().enumerate() {
            if plan.is_open(member.release.id)
                && let Some(older) = line::predecessor(&line, index)
            {
                findings.extend(mismatch(plan, older, member));
            }
        }
    }
}

fn mismatch(plan: &Plan, older: &Member<'_>, this: &Member<'_>) -> Option<Finding> {
    let asked = Asked::of(plan, this.release.id)?;
    let rule = asked.of_type.value.bump.as_ref()?;
    let bump = this.version.bump_from(&older.version)?;
    // Versions may be missing in between; what the version itself looks like is right as well.
    let looks = this.version.level();
    if fits(rule.value, bump, this.scheme)
        || looks.is_some_and(|it| fits(rule.value, it, this.scheme))
    {
        return None;
    }
    let (name, before) = (
        standing::name(plan, this.release),
        standing::name(plan, older.release),
    );
    let r#type = &asked.of_type.id.value;
    let message = format!(
        "{name} is of the type {type}, and raises the {} part of {}",
        word(bump),
        older.version
    );
    let finding = Finding::new(NAME, this.at, message);
    let finding = finding.also(older.at, format!("{before} comes before it"));
    let finding = finding.also(
        asked.locate(plan, rule.span),
        format!("the type {type} raises the {} part", rule.value.word()),
    );
    Some(finding.hint("correct the version or the type"))
}

/// Returns whether a step of the size `bump` is one that `rule` asks for. Versions that tell a date rise with it, so
/// there only the last number tells a patch from the rest.
fn fits(rule: BumpRule, bump: Bump, scheme: &VersionScheme) -> bool {
    match (rule, scheme) {
        (BumpRule::Free, _) => true,
        (BumpRule::Patch, _) => bump == Bump::Patch,
        (_, VersionScheme::Calver(_)) => bump != Bump::Patch,
        (BumpRule::Minor, _) => bump == Bump::Minor,
        (BumpRule::Major, _) => bump == Bump::Major,
    }
}

fn word(bump: Bump) -> &'static str {
    match bump {
        Bump::Major => "major",
        Bump::Minor => "minor",
        Bump::Patch => "patch",
    }
}
