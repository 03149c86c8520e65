//! The line of an application's versions: its releases, when each goes to production, and which came before which.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::plan::kinds::release::Release;
use crate::plan::{Doc, DocId, Plan};
use crate::rules::book::Context;
use crate::rules::standing::{Rollout, Rollouts};
use crate::text::{Location, Spanned};
use crate::time::{Bump, Version, VersionScheme};

/// One release of a line.
pub(super) struct Member<'p> {
    pub(super) release: Doc<'p, Release>,
    pub(super) version: Version,
    pub(super) scheme: &'p VersionScheme,
    /// Where the version is written.
    pub(super) at: Location,
    pub(super) rollout: Option<Rollout>,
}

impl Member<'_> {
    /// Returns whether this one certainly goes to production before `other`.
    pub(super) fn is_before(&self, other: &Self) -> bool {
        let (Some(own), Some(others)) = (self.rollout, other.rollout) else {
            return false;
        };
        own.starts.certainly_before(others.starts)
    }

    /// Returns when it goes to production, in words, with a blank before: ` on 6 December 2026`.
    pub(super) fn when(&self) -> String {
        self.rollout
            .map_or_else(String::new, |it| format!(" {}", it.starts.words()))
    }
}

/// Returns the releases of each application whose versions have an order, lowest version first. What was abandoned has
/// left the line.
pub(super) fn lines<'p>(context: &Context<'p>) -> Vec<Vec<Member<'p>>> {
    let plan = context.plan;
    let mut lines: BTreeMap<DocId, Vec<Member<'p>>> = BTreeMap::new();
    for release in plan.all::<Release>() {
        let application = release.fields.application.as_ref().and_then(|of| of.target);
        let (Some(application), Some(version)) = (application, &release.fields.version) else {
            continue;
        };
        let Some(scheme) = plan.scheme_of(release).map(|(_, scheme)| scheme) else {
            continue;
        };
        let line = lines.entry(application);
        if let Some((version, at)) = ordered(plan, release.id, version, scheme) {
            line.or_default().push(Member {
                release,
                version,
                scheme: &scheme.value,
                at,
                rollout: None,
            });
        }
    }
    let mut lines: Vec<_> = lines.into_values().filter(|line| line.len() > 1).collect();
    if lines.is_empty() {
        return lines;
    }
    let rollouts = Rollouts::of_plan(context);
    for line in &mut lines {
        line.retain(|member| !plan.is_abandoned(member.release.id));
        for member in line.iter_mut() {
            member.rollout = rollouts.of(member.release.id);
        }
        line.sort_by(|a, b| order(a, b).then(a.release.id.cmp(&b.release.id)));
    }
    lines
}

fn ordered(
    plan: &Plan,
    id: DocId,
    version: &Spanned<crate::plan::value::VersionText>,
    scheme: &VersionScheme,
) -> Option<(Version, Location)> {
    if *scheme == VersionScheme::Free {
        return None;
    }
    let read = Version::parse(&version.value.0, scheme).ok()?;
    Some((read, plan.locate(id, version.span)))
}

fn order(one: &Member<'_>, other: &Member<'_>) -> Ordering {
    one.version
        .compare(&other.version)
        .unwrap_or(Ordering::Equal)
}

/// Returns the release that `line[index]` raises the version of: the highest below it that is not planned after it.
pub(super) fn predecessor<'l, 'p>(line: &'l [Member<'p>], index: usize) -> Option<&'l Member<'p>> {
    let this = &line[index];
    let below = line[..index].iter().rev();
    let mut lower = below.filter(|other| order(other, this) == Ordering::Less);
    lower.find(|other| !this.is_before(other))
}

/// Returns whether `line[index]` only mends an older version, which is kept alive beside the newer ones: a backport.
pub(super) fn is_backport(line: &[Member<'_>], index: usize) -> bool {
    let older = predecessor(line, index);
    older.is_some_and(|older| line[index].version.bump_from(&older.version) == Some(Bump::Patch))
}
