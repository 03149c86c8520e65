//! Which diagnostics are new, and which were fixed.
//!
//! Lines move with every edit, so a diagnostic is known by its rule, its file, its message and the text that it points
//! at. A renamed file is the same file; since its name is often a document's id, which messages repeat, messages do not
//! count there.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::{Diagnostic, RuleName};
use crate::text::Sources;

/// What makes two diagnostics the same one: rule, path, message (none in a renamed file), text at fault.
type Identity<'d> = (RuleName, &'d str, Option<&'d str>, &'d str);

/// The diagnostics that only one of two plans has.
#[derive(Clone, Debug, Default)]
pub struct News<'d> {
    /// Those of the new plan, in their order.
    pub new: Vec<&'d Diagnostic>,
    /// Those of the old one, in their order.
    pub fixed: Vec<&'d Diagnostic>,
}

impl<'d> News<'d> {
    /// Returns what `old` and `new` differ in, each the diagnostics of a plan and its sources; `renames` holds old paths
    /// by new ones.
    pub fn of(
        old: (&'d [Diagnostic], &'d Sources),
        new: (&'d [Diagnostic], &'d Sources),
        renames: &'d BTreeMap<String, String>,
    ) -> Self {
        let old_names: HashSet<&str> = renames.values().map(String::as_str).collect();
        let before = old.0.iter().map(|diagnostic| {
            let path = path(old.1, diagnostic);
            let identity = identity(old.1, diagnostic, path, old_names.contains(path));
            (identity, diagnostic)
        });
        let mut known: HashMap<Identity<'d>, Vec<&'d Diagnostic>> = HashMap::new();
        // The first one is the first to be known again.
        for (identity, diagnostic) in before.collect::<Vec<_>>().into_iter().rev() {
            known.entry(identity).or_default().push(diagnostic);
        }
        let mut kept: HashSet<*const Diagnostic> = HashSet::new();
        let mut news = Self::default();
        for diagnostic in new.0 {
            let path = path(new.1, diagnostic);
            let earlier = renames.get(path).map(String::as_str);
            let identity = identity(
                new.1,
                diagnostic,
                earlier.unwrap_or(path),
                earlier.is_some(),
            );
            match known.get_mut(&identity).and_then(Vec::pop) {
                Some(same) => _ = kept.insert(std::ptr::from_ref(same)),
                None => news.new.push(diagnostic),
            }
        }
        let is_fixed = |diagnostic: &&Diagnostic| !kept.contains(&std::ptr::from_ref(*diagnostic));
        news.fixed = old.0.iter().filter(is_fixed).collect();
        news
    }
}

/// Returns the path of the file in which `diagnostic` is.
pub(super) fn path<'s>(sources: &'s Sources, diagnostic: &Diagnostic) -> &'s str {
    &sources.get(diagnostic.finding.at.file).path
}

fn identity<'d>(
    sources: &'d Sources,
    diagnostic: &'d Diagnostic,
    path: &'d str,
    is_renamed: bool,
) -> Identity<'d> {
    let finding = &diagnostic.finding;
    let message = (!is_renamed).then_some(finding.message.as_str());
    (finding.rule, path, message, sources.slice(finding.at))
}
