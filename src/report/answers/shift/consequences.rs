//! What a move breaks and what it mends, in the words of `check`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::diff::News;
use crate::text::Sources;

/// The diagnostics that a move brings and takes away.
#[derive(Clone, Debug, Default)]
pub struct Consequences<'d> {
    /// New errors.
    pub breaks: Vec<&'d Diagnostic>,
    /// Errors and warnings that are gone.
    pub mends: Vec<&'d Diagnostic>,
    /// New warnings and infos: worth knowing, and no reason to stay.
    pub notes: Vec<&'d Diagnostic>,
}

/// A move leaves every file where it is.
const NOT_RENAMED: &BTreeMap<String, String> = &BTreeMap::new();

/// What a fault is about, whatever the dates in its message: its rule, its file, and the other files that it names.
type About<'d> = (&'d str, &'d str, Vec<&'d str>);

impl<'d> Consequences<'d> {
    /// Returns what `after` has that `before` has not, and the other way round, each the diagnostics of a plan and its
    /// sources.
    ///
    /// Messages name dates. A fault that is there before and after, on other dates, is neither new nor mended.
    pub fn of(
        before: (&'d [Diagnostic], &'d Sources),
        after: (&'d [Diagnostic], &'d Sources),
    ) -> Self {
        let news = News::of(before, after, NOT_RENAMED);
        let (new, mut fixed) = (news.new, news.fixed);
        let is_new = |diagnostic: &&Diagnostic| {
            let same = about(diagnostic, after.1);
            let known = fixed
                .iter()
                .position(|other| about(other, before.1) == same);
            known.map(|at| fixed.remove(at)).is_none()
        };
        let new: Vec<_> = new.into_iter().filter(is_new).collect();
        let is_error = |of: &&&Diagnostic| of.severity == Severity::Error;
        let told = fixed.iter().filter(|of| of.severity != Severity::Info);
        Self {
            breaks: new.iter().filter(is_error).copied().collect(),
            mends: told.copied().collect(),
            notes: new.iter().filter(|of| !is_error(of)).copied().collect(),
        }
    }
}

impl Consequences<'_> {
    /// Returns whether nothing breaks that would hold if it moved elsewhere. Approvals lapse wherever it goes.
    pub fn fits(&self) -> bool {
        self.breaks
            .iter()
            .all(|diagnostic| diagnostic.finding.rule.0 == "approval/stale")
    }
}

fn about<'d>(diagnostic: &'d Diagnostic, sources: &'d Sources) -> About<'d> {
    let finding = &diagnostic.finding;
    let path = |file| sources.get(file).path.as_str();
    let labels = finding.labels.iter().map(|label| path(label.at.file));
    (finding.rule.0, path(finding.at.file), labels.collect())
}
