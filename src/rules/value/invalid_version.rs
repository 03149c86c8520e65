//! `value/invalid-version`: versions follow the scheme of their application.
//!
//! Schemes and constraints are looked at where they are read; a version is not, since only the whole plan says which
//! scheme it follows.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::application::Application;
use crate::plan::kinds::environment::Environment;
use crate::plan::kinds::note::Note;
use crate::plan::kinds::release::Release;
use crate::plan::value::VersionText;
use crate::plan::{DocId, Kind, Plan};
use crate::rules::book::{Context, Rule};
use crate::text::{Location, Spanned};
use crate::time::{Version, VersionScheme};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("invalid-version.md"),
    check,
)
.resting_on(&[
    "application",
    "versioning",
    "policy",
    "train",
    "model",
    "type",
]);

const NAME: &str = "value/invalid-version";

/// A version scheme and the document that sets it.
type Scheme<'p> = (DocId, &'p Spanned<VersionScheme>);

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let mut look = |version: &Spanned<VersionText>, id: DocId, scheme: Scheme<'_>| {
        findings.extend(fault(plan, version, id, scheme));
    };
    for release in plan.all::<Release>() {
        let Some(scheme) = plan.scheme_of(release) else {
            continue;
        };
        release
            .version
            .iter()
            .for_each(|version| look(version, release.id, scheme));
    }
    for note in plan.all::<Note>() {
        let release = note
            .document
            .belongs
            .release
            .and_then(|id| plan.get::<Release>(id));
        let Some(scheme) = release.and_then(|release| plan.scheme_of(release)) else {
            continue;
        };
        let versions = note.version.iter().chain(&note.applies_to);
        versions.for_each(|version| look(version, note.id, scheme));
    }
    for environment in plan.all::<Environment>() {
        for (application, version) in environment.versions.iter() {
            let application = plan.find(Kind::Application, application);
            let application = application.and_then(|id| plan.get::<Application>(id));
            let scheme = application.and_then(|of| Some((of.id, of.fields.versioning.as_ref()?)));
            scheme
                .into_iter()
                .for_each(|scheme| look(version, environment.id, scheme));
        }
    }
}

fn fault(
    plan: &Plan,
    version: &Spanned<VersionText>,
    id: DocId,
    (of, scheme): Scheme<'_>,
) -> Option<Finding> {
    let error = Version::parse(&version.0, scheme).err()?;
    let whole = plan.locate(id, version.span);
    let quote = u32::from(plan.sources.slice(whole).starts_with(['"', '\'']));
    let text = crate::text::Span {
        start: version.span.start + quote,
        end: version.span.end - quote,
    };
    let at = Location::new(
        whole.file,
        if error.range.is_empty() {
            text
        } else {
            text.slice(error.range)
        },
    );
    let finding = Finding {
        hint: error.hint,
        ..Finding::new(error.rule, at, error.message)
    };
    let because = format!(
        "{} `{}` is numbered this way",
        plan.document(of).kind,
        plan.document(of).id
    );
    let finding = finding.also(plan.locate(of, scheme.span), because);
    Some(match error.replacement {
        Some(meant) => finding.fix(format!("write `{meant}`"), text, meant),
        None => finding,
    })
}
