//! `release/version-scheme`: where a type says which part of the version rises, versions have parts.
//!
//! Whether a version follows its scheme is for `value/invalid-version`; this is about there being none to follow.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::policy::BumpRule;
use crate::plan::kinds::release::Release;
use crate::plan::value::Choices;
use crate::plan::{Doc, Plan};
use crate::rules::book::{Context, Rule, Setting};
use crate::rules::standing::{self, Asked};
use crate::time::VersionScheme;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("version-scheme.md"),
    check,
)
.enforcing(&[Setting::Versioning]);

const NAME: &str = "release/version-scheme";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let open = plan.all::<Release>().filter(|it| plan.is_open(it.id));
    findings.extend(open.filter_map(|release| fault(plan, release)));
}

fn fault(plan: &Plan, release: Doc<'_, Release>) -> Option<Finding> {
    let version = release.fields.version.as_ref()?;
    let asked = Asked::of(plan, release.id)?;
    let bump = asked.of_type.value.bump.as_ref();
    let bump = bump.filter(|bump| bump.value != BumpRule::Free)?;
    let scheme = plan.scheme_of(release);
    if scheme.is_some_and(|(_, scheme)| scheme.value != VersionScheme::Free) {
        return None;
    }
    let (name, part) = (standing::name(plan, release), bump.value.word());
    let because = match scheme {
        Some(_) => "its versions are numbered freely",
        None => "nothing says how its versions are numbered",
    };
    let message = format!("{name} has to raise the {part} part of the version, and {because}");
    let finding = Finding::new(NAME, plan.locate(release.id, version.span), message);
    let finding = finding.also(asked.locate(plan, bump.span), asked.words());
    let finding = match scheme {
        Some((of, scheme)) => finding.also(plan.locate(of, scheme.span), "numbered freely here"),
        None => finding,
    };
    Some(finding.hint("set `versioning:` to semver or calver at the application, or let the type's `bump` be free"))
}
